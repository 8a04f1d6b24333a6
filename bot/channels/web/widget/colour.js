// The town's colour, where white text on it can be read (WCAG 2.2, 1.4.3: 4.5 to 1); else ours.

const OWN_COLOUR = "#0017c1";
const LEAST_CONTRAST = 4.5;

const luminance = (colour) =>
  [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
    .reduce((sum, share, place) => sum + share * [0.2126, 0.7152, 0.0722][place], 0);

const readable = (colour) => {
  if (!colour) return OWN_COLOUR;
  const whole = colour.trim().replace(/^#(\w)(\w)(\w)$/, "#$1$1$2$2$3$3");
  if (/^#[0-9a-f]{6}$/i.test(whole) && 1.05 / (luminance(whole) + 0.05) >= LEAST_CONTRAST) return whole;
  console.warn(`dx-annai: ${colour} では白い文字が読みにくいため、標準の色を使います。#rrggbb の濃い色にしてください。`);
  return OWN_COLOUR;
};
