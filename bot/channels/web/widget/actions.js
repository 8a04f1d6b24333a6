// What can be done with the last reply: choices, follow-ups, its source, easy Japanese, copy, and a vote.

const group = (name, title, ...children) => make("div", { class: name, role: "group", "aria-label": title }, make("p", { class: "small", "aria-hidden": "true" }, title), ...children);

const actionsFor = (reply, item, talk) => {
  const { words } = talk;
  const made = [];
  if (reply.choices.length) made.push(choiceButtons(reply, talk));
  if (reply.followups.length) {
    const asks = reply.followups.filter((facet) => words.facets[facet]);
    made.push(group("chips", words.more, ...asks.map((facet) => button("outlined", words.facets[facet], () => talk.take({ facet }, words.facets[facet], "followup")))));
  }
  if (reply.kind === "answer") made.push(sourceDetails(reply, words), tools(reply, item, talk), vote(reply, talk));
  return made;
};

const choiceButtons = (reply, talk) => {
  const { words } = talk;
  const take = (number, label) => button("outlined wide", label, () => talk.take({ choice: { turn: reply.turn, number } }, label, "choice"), { lang: number ? "ja" : undefined });
  const offered = reply.choices.map((choice, place) => take(place + 1, choice.label));
  if (reply.kind === "choices") offered.push(take(0, words.none));
  return group("choices", reply.kind === "choices" ? words.choose : words.near, ...offered);
};

const sourceDetails = (reply, words) => {
  const sources = reply.parts.flatMap((part) => part.sources);
  const told = sources.map((source) => {
    const edition = [source.edition, source.published.replace(/^(\d+)-0?(\d+).*/, "$1年$2月")].filter(Boolean).join("、");
    const title = isWebAddress(source.address) ? outward(source.address, source.title, make("span", { class: "heard" }, words.new_tab)) : source.title;
    const lines = source.lines ? ` ${filled(words.source_lines, source)}` : "";
    return make("li", { lang: "ja" }, title, edition ? `（${edition}）` : "", ` ${source.section}${lines}`);
  });
  return make("details", {}, make("summary", {}, words.source), make("ul", {}, ...told));
};

const tools = (reply, item, talk) => {
  const { words } = talk;
  const made = [];
  if (easyTexts(reply).length) {
    const toggle = button("outlined", words.easy, () => {
      const easy = toggle.getAttribute("aria-pressed") !== "true";
      toggle.setAttribute("aria-pressed", String(easy));
      item.replaceChildren(item.firstChild, ...replyBlocks(reply, easy));
      talk.panel.reveal(item);
    }, { "aria-pressed": "false" });
    made.push(toggle);
  }
  made.push(button("outlined", words.copy, async () => talk.panel.tell((await copied(reply.text, item)) ? words.copied : words.not_copied)));
  return make("div", { class: "chips" }, ...made);
};

// Pages without https have no clipboard; the old way copies what is selected.
const copied = async (text, beside) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { class: "heard", "aria-hidden": "true", tabindex: "-1" }, text);
    const focused = beside.getRootNode().activeElement;
    beside.after(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return done;
  }
};

const vote = (reply, talk) => {
  const { words, panel } = talk;
  const send = async (helpful, reason) => {
    try {
      await talk.requests.vote({ conversation: reply.conversation, turn: reply.turn, helpful, ...(reason ? { reason } : {}) });
      talk.report("feedback", { helpful });
      return true;
    } catch {
      panel.tell(words.failures.vote, true);
      return false;
    }
  };
  const press = async (helpful) => {
    if (!(await send(helpful))) return;
    yes.setAttribute("aria-pressed", String(helpful));
    no.setAttribute("aria-pressed", String(!helpful));
    why.hidden = helpful;
    panel.tell(words.thanks, true);
    if (!helpful) panel.reveal(why);
  };
  const yes = button("outlined", words.helpful, () => press(true), { "aria-pressed": "false" });
  const no = button("outlined", words.unhelpful, () => press(false), { "aria-pressed": "false" });
  const field = make("input", { type: "text", maxlength: "500", autocomplete: "off" });
  const why = make("form", { class: "why", hidden: true }, make("label", {}, words.reason, field), make("button", { class: "outlined" }, words.send_reason));
  why.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim() || !(await send(false, field.value.trim()))) return;
    why.hidden = true;
    no.focus();
    panel.tell(words.thanks, true);
  });
  return group("chips vote", words.vote, yes, no, why);
};
