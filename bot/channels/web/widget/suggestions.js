// Suggestions while typing: WAI-ARIA's combobox with a list; keys that belong to the input method are left to it.

const PAUSE = 150; // milliseconds without a key

class Suggestions {
  constructor(field, list, requests, take, tell) {
    Object.assign(this, { field, list, requests, take, tell, asked: 0, at: -1 });
    field.addEventListener("input", () => this.typed());
    field.addEventListener("blur", () => this.hide());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isShown() {
    return !this.list.hidden;
  }

  typed() {
    clearTimeout(this.timer);
    const typed = this.field.value.trim();
    if (!typed || typed.length > 40) return this.hide();
    this.timer = setTimeout(() => this.look(typed), PAUSE);
  }

  async look(typed) {
    const asked = ++this.asked;
    try {
      const { suggestions } = await this.requests.suggest(typed);
      if (asked === this.asked && this.field.value.trim() === typed) this.show(suggestions.filter((one) => one !== typed));
    } catch {
      this.hide(); // Suggestions are a help; where there is none, the question can be sent all the same.
    }
  }

  show(titles) {
    if (!titles.length || this.field.getRootNode().activeElement !== this.field) return this.hide();
    const rows = titles.map((title, place) => make("li", { role: "option", id: `option-${place}`, "aria-selected": "false", lang: "ja", click: () => this.pick(place) }, title));
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.at = -1;
    this.field.setAttribute("aria-expanded", "true");
    this.field.removeAttribute("aria-activedescendant");
    this.tell(titles.length);
  }

  hide() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.at = -1;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const rows = [...this.list.children];
    this.at = (this.at + step + rows.length + (this.at < 0 && step < 0 ? 1 : 0)) % rows.length;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === this.at)));
    rows[this.at].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", rows[this.at].id);
  }

  pick(place) {
    const title = this.list.children[place].textContent;
    this.hide();
    this.take(title);
  }

  // Whether the key was meant for the list.
  key(event) {
    if (!this.isShown) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") this.hide();
    else if (event.key === "Enter" && this.at >= 0) this.pick(this.at);
    else return false;
    event.preventDefault();
    return true;
  }
}
