// The button and the dialog: what is seen of the widget, and where the focus goes.

const NARROW = "(max-width: 40em), (max-height: 30em)";
const BUBBLE = "M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-6 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z";
const isComposing = (event) => event.isComposing || event.keyCode === 229; // 229: Safari, at the Enter that ends a composition

class Panel {
  constructor(root, words, lang, opener) {
    Object.assign(this, { root, words });
    this.launcher = button("launcher", "", undefined, { "aria-haspopup": "dialog", lang });
    this.launcher.append(icon(BUBBLE), opener || words.opener);
    this.title = make("h2", { id: "title", tabindex: "-1" }, words.untitled);
    this.size = button("tool", words.size);
    this.eraser = button("tool", words.erase, undefined, { "aria-label": words.erase_named });
    this.closer = button("tool", words.close);
    this.beginning = make("div", { class: "beginning" });
    this.log = make("div", { role: "log", "aria-label": words.talk, "aria-live": "polite", class: "log" });
    this.waiting = make("p", { class: "waiting", hidden: true }, words.searching);
    this.failure = make("div", { class: "failure", role: "alert" });
    this.actions = make("div", { class: "actions" });
    this.scroller = make("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": words.talk }, this.beginning, this.log, this.waiting, this.failure, this.actions);
    this.status = make("p", { role: "status", class: "status" });
    this.field = make("input", {
      id: "question", type: "text", role: "combobox", autocomplete: "off", enterkeyhint: "send",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "options",
    });
    this.options = make("ul", { id: "options", role: "listbox", "aria-label": words.topics, hidden: true });
    const label = make("label", { for: "question" }, words.ask);
    this.form = make("form", { class: "form" }, this.options, label, make("div", { class: "row" }, this.field, make("button", { class: "filled" }, words.send)));
    const header = make("div", { class: "header" }, this.title, make("div", { class: "bar" }, this.size, this.eraser, this.closer));
    this.dialog = make("dialog", { "aria-labelledby": "title", lang }, header, this.scroller, this.status, this.form);
    this.dialog.addEventListener("keydown", (event) => this.keepFocus(event));
    root.append(this.launcher, this.dialog);
    for (const name of ["resize", "scroll"]) window.visualViewport?.addEventListener(name, () => this.fit());
  }

  // A phone's keyboard covers what it does not shrink: the dialog keeps to what is seen, unless that is zoomed in on.
  fit() {
    const { height, offsetTop, scale } = window.visualViewport;
    const seen = matchMedia(NARROW).matches && Math.abs(scale - 1) < 0.05;
    Object.assign(this.dialog.style, seen ? { top: `${offsetTop}px`, bottom: "auto", height: `${height}px` } : { top: "", bottom: "", height: "" });
  }

  get isOpen() {
    return this.dialog.open;
  }

  // On a phone the dialog covers the page, which is then out of reach; on a wide screen both can be used.
  open() {
    if (this.isOpen) return;
    const narrow = matchMedia(NARROW).matches;
    if (narrow) this.dialog.showModal();
    else this.dialog.show();
    this.launcher.hidden = true;
    (narrow ? this.title : this.field).focus();
  }

  // After a page change, where the resident did not ask for the focus to move.
  reopen() {
    if (matchMedia(NARROW).matches) return;
    this.dialog.setAttribute("open", "");
    this.launcher.hidden = true;
  }

  close() {
    if (!this.isOpen) return;
    this.dialog.close();
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  keepFocus(event) {
    if (event.key !== "Tab") return;
    const all = [...this.dialog.querySelectorAll("button, input, a[href], summary, [tabindex='0']")].filter((one) => one.getClientRects().length);
    const [edge, other] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    const focused = this.root.activeElement;
    if (focused !== edge && !(event.shiftKey && focused === this.title)) return;
    event.preventDefault();
    other.focus();
  }

  begin(look, talk) {
    const { words } = this;
    this.title.textContent = look ? filled(words.title, { town: look.name }) : words.untitled;
    const told = make("p", { class: "small" }, words.automatic);
    if (!look) return this.beginning.replaceChildren(told);
    const privacy = make("p", { class: "small" }, outward(talk.addressOf(look.privacy), words.privacy, make("span", { class: "heard" }, words.new_tab)));
    const greeting = words.greeting ? make("p", {}, words.greeting) : make("p", { lang: "ja" }, look.greeting);
    const lines = [look.closed, look.notice].flatMap((text) => (text ? text.split("\n") : []));
    const notices = lines.map((line) => make("p", { class: "notice", lang: "ja" }, ...linked(line)));
    if (look.closed && look.telephone) notices.push(this.office(look));
    if (look.closed) notices.push(make("p", {}, ...linked(words.danger, true)));
    return this.beginning.replaceChildren(greeting, ...notices, told, privacy);
  }

  office(look) {
    const [before, after] = filled(this.words.office, { office: look.office, telephone: "\n" }).split("\n");
    return make("p", {}, before, ...linked(look.telephone), after);
  }

  // The reply from its beginning, under the question it belongs to.
  reveal(item) {
    const frame = getComputedStyle(this.scroller).overflowY === "visible" ? this.dialog : this.scroller; // all of it, if low
    frame.scrollTop += item.getBoundingClientRect().top - frame.getBoundingClientRect().top - 8;
  }

  act(...children) {
    const held = this.actions.contains(this.root.activeElement);
    this.actions.replaceChildren(...children);
    if (held) this.scroller.focus();
  }

  wait(waiting) {
    this.waiting.hidden = !waiting;
    this.dialog.setAttribute("aria-busy", String(waiting));
  }

  // `of` names what failed, where it is not the last question.
  fail(sentence, retryLabel, retry, look, of = "") {
    const held = this.failure.contains(this.root.activeElement);
    this.failure.dataset.of = of;
    this.failure.replaceChildren();
    if (sentence) this.failure.append(make("p", {}, sentence));
    if (sentence && look?.telephone) this.failure.append(this.office(look));
    if (retry) this.failure.append(button("outlined", retryLabel, retry));
    if (held) this.scroller.focus();
    if (sentence) this.reveal(this.failure);
  }

  // Said to all readers; `seen` to the eye too.
  tell(sentence, seen = true) {
    this.status.classList.toggle("heard", !seen);
    this.status.textContent = sentence;
  }
}
