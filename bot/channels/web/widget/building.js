// Small makers of DOM: elements, icons, lines with links, furigana. Nothing is ever parsed as HTML.

const make = (tag, given = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
};

const button = (kind, label, press, given = {}) => make("button", { type: "button", class: kind, click: press, ...given }, label);

const icon = (path) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(name, value);
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
};

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const outward = (address, ...children) => make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);

// Addresses of the web, of mail, and telephone numbers; in an emergency the short numbers too. No lookbehind: Safari before 16.4.
const LINKS = /(https?:\/\/[\w./?%&=~#:;,+@!$-]*[\w/%&=~#+@$-])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?:\b0\d{1,4}-\d{1,4}-\d{3,5}|(#\d{4}|\b1(?:10|18|19|71|88|89)))(?![\d-])/g;

const linked = (line, urgent) => {
  const pieces = [];
  let at = 0;
  for (const found of line.matchAll(LINKS)) {
    const [shown, web, mail, short] = found;
    const within = !web && !mail && /[\d-]/.test(line[found.index - 1]);
    if (within || (short && !urgent)) continue;
    pieces.push(line.slice(at, found.index));
    if (web) pieces.push(outward(web, shown));
    else pieces.push(make("a", { href: mail ? `mailto:${mail}` : `tel:${shown.replace(/-/g, "").replace("#", "%23")}` }, shown));
    at = found.index + shown.length;
  }
  return [...pieces, line.slice(at)];
};

// 申請《しんせい》 with the reading above the characters before it; ｜ marks where they begin, if they are not all kanji.
const furigana = (line) => {
  const pieces = [];
  let at = 0;
  for (const found of line.matchAll(/(?:｜([^｜《]+)|([\p{Script=Han}々〆ヶ\d０-９]+))《([^》]+)》/gu)) {
    pieces.push(line.slice(at, found.index));
    pieces.push(make("ruby", {}, found[1] || found[2], make("rp", {}, "（"), make("rt", {}, found[3]), make("rp", {}, "）")));
    at = found.index + found[0].length;
  }
  return [...pieces, line.slice(at)];
};
