// What stands in the conversation: questions as they were typed, and replies as the town's templates say them.

const saidItem = (words, said) => make("div", { class: "said", "aria-live": "off" }, make("span", { class: "heard" }, words.you), said);

const replyItem = (words, reply) => {
  const urgent = reply.notice === "emergency";
  const item = make("div", { class: `reply ${urgent ? "urgent" : ""}` }, make("span", { class: "heard" }, words.reply), ...replyBlocks(reply, false));
  if (urgent) item.append(calls(words, item));
  return item;
};

// Each telephone number of the text again, as large as a thumb.
const calls = (words, item) => {
  const numbers = new Map([...item.querySelectorAll("a[href^='tel:']")].map((link) => [link.href, link.textContent]));
  const links = [...numbers].map(([href, telephone]) => make("a", { class: "filled call", href }, filled(words.call, { telephone })));
  return make("p", {}, ...links);
};

const replyBlocks = (reply, easy) => {
  const lines = linesOf(reply);
  const from = easy ? Math.max(lines.findIndex(isSource), 0) : 0;
  const begun = easy ? easyTexts(reply).map((text) => make("p", { lang: "ja", class: "easy" }, ...furigana(text))) : [];
  return [...begun, ...blocks(lines.slice(from), reply)];
};

const easyTexts = (reply) => [...new Set(reply.parts.map((part) => part.easy).filter(Boolean))].flatMap((text) => text.split("\n"));

// The template numbers the choices for channels without buttons; here each is a button.
const linesOf = (reply) => {
  const numbered = new Set(reply.choices.map((choice, place) => `${place + 1}. ${choice.label}`));
  return reply.text.split("\n").filter((line) => !numbered.has(line) && !(reply.kind === "choices" && line.startsWith("0. ")));
};

const isSource = (line) => line.startsWith("出典：");

const blocks = (lines, reply) => {
  const made = [];
  let list = null;
  let citing = false;
  for (const line of lines) {
    citing = line.trim() !== "" && (citing || isSource(line));
    if (line.startsWith("・")) {
      if (!list) made.push((list = make("ul", { lang: "ja" })));
      list.append(make("li", {}, ...linked(line.slice(1))));
      continue;
    }
    list = null;
    if (line.trim()) made.push(make("p", { lang: "ja", class: citing ? "source" : undefined }, ...(isSource(line) ? cited(line, reply) : linked(line, reply.notice === "emergency"))));
  }
  return made;
};

// The title leads to the document, where staff entered its address.
const cited = (line, reply) => {
  const sources = reply.parts.flatMap((part) => part.sources);
  const source = sources.find((one) => isWebAddress(one.address) && line.startsWith(`出典：${one.title}`));
  if (!source) return [line];
  return ["出典：", outward(source.address, source.title), line.slice(3 + source.title.length)];
};

const isWebAddress = (address) => /^https?:\/\//i.test(address || "");
