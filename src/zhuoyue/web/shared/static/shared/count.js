// Counts Chinese text while it is typed, by the rule of the server (zhuoyue.kernel.formats.characters):
// one for each CJK character or full-width mark, one for each run of anything else between blanks.

const WIDE =
  "\\u00b7\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026" +
  "\\u203b\\u2460-\\u24ff\\u25a0-\\u26ff\\u2e80-\\u2fdf\\u3001-\\u30ff\\u3100-\\u31ff\\u3200-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff01-\\uffee" +
  "\\u{20000}-\\u{3ffff}";
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
// Python's \s: what JavaScript's has, without the byte order mark, with the separators of old terminals.
const BLANK = "\\s\\x1c-\\x1f\\x85";
const COUNTED = new RegExp(`[^${BLANK}${WIDE}]+(?:\\u2019[^${BLANK}${WIDE}]+)*|[${WIDE}]`, "gu");

export const characters = (text) => text.replace(UNSEEN, "").match(COUNTED)?.length ?? 0;

const shown = (number) => number.toLocaleString("en-US");

function follow(line) {
  const field = document.getElementById(line.dataset.countFor);
  if (!field) return;
  const limit = Number(line.dataset.limit);
  const update = () => {
    const n = characters(field.value);
    const over = limit > 0 && n > limit;
    const words = over ? line.dataset.over : line.dataset.words;
    line.textContent = words.replace("{n}", shown(n)).replace("{limit}", shown(limit)).replace("{over}", shown(n - limit));
    line.classList.toggle("is-over", over);
    line.setAttribute("aria-live", over ? "polite" : "off");
  };
  field.addEventListener("input", update);
  field.addEventListener("zy:restored", update);
  update();
}

if (typeof document !== "undefined") for (const line of document.querySelectorAll("[data-count-for]")) follow(line);
