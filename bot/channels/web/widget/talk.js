// The conversation: asks, shows, remembers; what failed can be sent again, and nothing typed is lost.

class Talk {
  constructor(panel, memory, requests, base, report) {
    Object.assign(this, { panel, memory, requests, base, report, words: panel.words, busy: false });
    panel.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendTyped("typed");
    });
    panel.field.value = memory.kept.draft;
    panel.field.addEventListener("input", () => memory.keep({ draft: panel.field.value }));
    panel.eraser.addEventListener("click", () => this.confirmErasing());
  }

  addressOf(path) {
    return new URL(path.replace(/^\//, ""), this.base).href;
  }

  // What the tab remembers, shown again; nothing of it is announced, since the dialog is not there yet.
  restore() {
    try {
      this.showKept(this.memory.kept);
    } catch {
      // Kept by another release of this script, or written by the page: begun afresh.
      this.memory.keep({ items: [], failed: null, look: null });
      this.panel.log.replaceChildren();
      this.showKept(this.memory.kept);
    }
    this.retryErasing();
  }

  showKept({ look, items, failed }) {
    this.panel.begin(look, this);
    let last = null;
    for (const item of items) {
      const shown = item.reply ? replyItem(this.words, item.reply) : saidItem(this.words, item.said);
      this.panel.log.append(shown);
      last = item.reply ? [item.reply, shown] : null;
    }
    if (last) this.panel.act(...actionsFor(...last, this));
    else if (look && !items.length) this.panel.act(this.topics(look));
    if (failed) this.showFailure(failed);
  }

  // The town's greeting and topics, asked for when the dialog is first opened.
  async start() {
    if (this.started) return;
    this.started = true;
    try {
      const look = await this.requests.look();
      this.memory.keep({ look });
      this.panel.begin(look, this);
      this.report("look", {}, look);
      if (!this.memory.kept.items.length && !this.busy) this.panel.act(this.topics(look));
      this.over("start");
    } catch (failure) {
      this.started = false;
      if (this.memory.kept.look) return;
      const sentence = this.words.failures[failure.kind === "unknown" ? "unknown" : "start"];
      this.panel.fail(sentence, this.words.retry_start, () => this.start(), null, "start");
      this.report("error", { kind: failure.kind });
    }
  }

  // None while the town closed the service: each would be answered by that.
  topics(look) {
    if (look.closed) return "";
    return group("choices", this.words.topics, ...look.topics.map((topic) => button("outlined wide", topic, () => this.take({ text: topic }, topic, "topic"), { lang: "ja" })));
  }

  sendTyped(by) {
    const typed = this.panel.field.value.trim();
    if (!typed || this.busy) return;
    this.panel.field.value = "";
    this.memory.keep({ draft: "" });
    this.take({ text: typed }, typed, by);
  }

  // A message: shown at once, asked, and the reply under it.
  async take(message, said, by) {
    if (this.busy) return false;
    const item = saidItem(this.words, said);
    this.panel.log.append(item);
    this.memory.kept.items.push({ said });
    this.report("ask", { by });
    await this.ask(message, item);
    return true;
  }

  async ask(message, item) {
    this.busy = true;
    this.clearFailure();
    this.panel.act();
    this.panel.tell("");
    this.panel.wait(true);
    this.panel.reveal(item);
    const { conversation } = this.memory.kept;
    try {
      const reply = await this.requests.ask(conversation ? { ...message, conversation } : message);
      this.show(reply, item);
    } catch (failure) {
      const failed = { message, kind: failure.kind, wait: failure.wait };
      this.memory.keep({ failed });
      this.panel.wait(false);
      this.showFailure(failed);
      this.report("error", { kind: failure.kind });
    } finally {
      this.busy = false;
    }
  }

  show(reply, asked) {
    this.panel.wait(false);
    if (reply.masked) {
      asked.replaceChildren(asked.firstChild, this.words.masked);
      this.memory.kept.items.at(-1).said = this.words.masked;
    }
    const item = replyItem(this.words, reply);
    this.panel.log.append(item);
    this.memory.kept.items.push({ reply });
    this.memory.keep({ conversation: reply.conversation, failed: null });
    this.panel.act(...actionsFor(reply, item, this));
    this.panel.reveal(asked);
    this.report("reply", { kind: reply.kind, notice: reply.notice });
  }

  showFailure({ message, kind, wait }) {
    const sentence = filled(this.words.failures[kind], { wait });
    const retry = kind === "long" || kind === "unknown" ? undefined : () => this.ask(message, this.panel.log.lastElementChild);
    this.panel.fail(sentence, this.words.retry, retry, this.memory.kept.look);
    // What is too long has to be shortened: it goes back to where it can be.
    if (kind !== "long" || !message.text || this.panel.field.value) return;
    this.panel.field.value = message.text;
    this.memory.keep({ draft: message.text });
  }

  clearFailure() {
    this.panel.fail("");
    this.memory.keep({ failed: null });
  }

  // What failed beside the questions is well; a question that failed can be sent again as before.
  over(what) {
    const { failed } = this.memory.kept;
    if (this.panel.failure.dataset.of !== what) return;
    this.panel.fail("");
    if (failed) this.showFailure(failed);
  }

  confirmErasing() {
    const { words, panel } = this;
    if (this.busy || panel.actions.querySelector(".erasing")) return;
    const before = [...panel.actions.childNodes];
    const no = button("outlined", words.erase_no, () => {
      panel.act(...before);
      panel.eraser.focus();
    });
    const yes = button("filled", words.erase_yes, () => this.erase());
    panel.act(group("chips erasing", words.confirm_erase, yes, no));
    panel.reveal(panel.actions);
    no.focus();
  }

  // The screen first, since others may look at it; then the town's record, again and again until it is gone.
  async erase() {
    const { conversation, erasing, look } = this.memory.kept;
    this.memory.keep({ conversation: null, items: [], draft: "", erasing: conversation ? [...erasing, conversation] : erasing });
    this.clearFailure();
    this.panel.log.replaceChildren();
    this.panel.field.value = "";
    this.panel.act(...(look ? [this.topics(look)] : []));
    this.report("clear", {});
    await this.retryErasing(true);
  }

  async retryErasing(told) {
    const { erasing } = this.memory.kept;
    try {
      for (const conversation of erasing) {
        await this.requests.erase(conversation);
        this.memory.keep({ erasing: this.memory.kept.erasing.filter((one) => one !== conversation) });
      }
      this.over("erase");
      if (told) this.panel.tell(this.words.erased);
    } catch {
      this.panel.fail(this.words.failures.erase, this.words.retry_erase, () => this.retryErasing(true), this.memory.kept.look, "erase");
    }
  }
}
