// <dx-annai town="toin" position="left" colour="#0017c1" opening="質問する" lang="ja">, and the script that puts it there.

const ELEMENT = "dx-annai";
const SOURCE = document.currentScript;
const BASE = new URL(".", SOURCE ? SOURCE.src : location.href).href;
const ATTRIBUTES = ["town", "position", "colour", "opening", "lang"];
// What is typed stays inside: the page's own shortcuts and its listeners on the document do not get it.
const OURS = ["keydown", "keyup", "keypress", "beforeinput", "input", "compositionstart", "compositionupdate", "compositionend", "copy", "cut", "paste"];

// Safari before 15.4 and Chrome before 92 lack one of these.
const CAPABLE = "HTMLDialogElement" in window && "at" in Array.prototype && "replaceChildren" in Element.prototype;

class DxAnnai extends HTMLElement {
  connectedCallback() {
    if (document.querySelector(ELEMENT) !== this) return;
    if (!this.shadowRoot) this.build();
    this.rise();
  }

  build() {
    const town = this.getAttribute("town") || "";
    if (!/^[a-z0-9-]{1,40}$/.test(town)) {
      console.error('dx-annai: data-town="toin" のように、自治体の id を書いてください。');
      return;
    }
    const lang = this.getAttribute("lang") === "en" ? "en" : "ja";
    const root = this.attachShadow({ mode: "open" });
    this.dress(root);
    this.town = town;
    if (!CAPABLE) return this.lead(root, lang);
    this.memory = new Memory(town);
    this.panel = new Panel(root, WORDS[lang], lang, this.getAttribute("opening"));
    this.talk = new Talk(this.panel, this.memory, new Requests(BASE, town), BASE, (...told) => this.report(...told));
    this.suggestions = this.suggest();
    this.listen(root);
    this.paint(this.memory.kept.look);
    this.resize(0);
    this.talk.restore();
    if (this.memory.kept.open) {
      this.panel.reopen();
      this.talk.start();
    }
  }

  // Style sheets made by script work where the page's policy forbids all styles; Safari before 16.4 has none of them.
  dress(root) {
    const sheets = ["", ""].map(() => {
      try {
        return new CSSStyleSheet();
      } catch {
        const style = make("style");
        root.append(style);
        style.replaceSync = (text) => (style.textContent = text);
        return style;
      }
    });
    this.sheet = sheets[1];
    sheets[0].replaceSync(STYLE);
    if (!root.firstChild) root.adoptedStyleSheets = sheets;
  }

  // Where there are no dialogs the panel would lie over the page for good: the button leads to the page without scripts.
  lead(root, lang) {
    const link = make("a", { class: "launcher", href: `${BASE}t/${this.town}`, lang }, icon(BUBBLE), this.getAttribute("opening") || WORDS[lang].opener);
    root.append(link);
    this.paint(null, [link]);
  }

  paint(look, shown = [this.panel.launcher, this.panel.dialog]) {
    const colour = readable(this.getAttribute("colour") || look?.colour);
    this.sheet.replaceSync(`:host{--colour:${colour}!important}`);
    for (const one of shown) one.classList.toggle("left", this.getAttribute("position") === "left");
  }

  // The browser's top layer: no stacking, clipping or transformation of the page reaches it.
  rise() {
    if (!this.shadowRoot || !this.showPopover || this.matches(":popover-open")) return;
    this.popover = "manual";
    this.showPopover();
  }

  suggest() {
    const { panel, talk } = this;
    const take = (title) => {
      if (talk.busy) return;
      panel.field.value = title;
      talk.sendTyped("suggestion");
    };
    return new Suggestions(panel.field, panel.options, talk.requests, take, (count) => panel.tell(filled(panel.words.options, { count }), false));
  }

  listen(root) {
    const { panel, suggestions } = this;
    for (const name of OURS) root.addEventListener(name, (event) => event.stopPropagation());
    panel.launcher.addEventListener("click", () => this.open());
    panel.closer.addEventListener("click", () => this.close());
    panel.size.addEventListener("click", () => this.resize(1));
    panel.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    panel.dialog.addEventListener("keydown", (event) => {
      if (isComposing(event) || (event.target === panel.field && suggestions.key(event))) return;
      if (event.key === "Escape") {
        event.preventDefault();
        this.close();
      }
    });
    panel.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && isComposing(event)) event.preventDefault();
    });
  }

  resize(step) {
    const { words, dialog, size } = this.panel;
    const chosen = (this.memory.kept.size + step) % words.sizes.length;
    this.memory.keep({ size: chosen });
    dialog.dataset.size = chosen;
    size.setAttribute("aria-label", filled(words.size_named, { size: words.sizes[chosen] }));
  }

  // Tells the page what happened, for its statistics: kinds, never a resident's words.
  report(name, detail, look) {
    if (look) return this.paint(look);
    return this.dispatchEvent(new CustomEvent(`dx-annai:${name}`, { bubbles: true, composed: true, detail: { town: this.town, ...detail } }));
  }

  open() {
    if (!this.panel || this.panel.isOpen) return;
    this.panel.open();
    this.memory.keep({ open: true });
    this.talk.start();
    this.report("open", {});
  }

  close() {
    if (!this.panel?.isOpen) return;
    this.suggestions.hide();
    this.panel.close();
    this.memory.keep({ open: false });
    this.report("close", {});
  }

  // Whether it was asked: nothing is while the dialog waits for a reply, or without words.
  async ask(text = "") {
    this.open();
    const said = String(text).trim();
    return Boolean(said && (await this.talk?.take({ text: said }, said, "api")));
  }
}

if (!customElements.get(ELEMENT)) {
  customElements.define(ELEMENT, DxAnnai);
  const insert = () => {
    if (document.querySelector(ELEMENT) || !SOURCE?.dataset.town) return;
    const element = document.createElement(ELEMENT);
    for (const name of ATTRIBUTES) if (SOURCE.dataset[name]) element.setAttribute(name, SOURCE.dataset[name]);
    document.body.append(element);
  };
  if (document.body) insert();
  else addEventListener("DOMContentLoaded", insert);
}
