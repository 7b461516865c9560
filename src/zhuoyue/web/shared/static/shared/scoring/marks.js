// Marking a passage of the dossier: it goes into a box of its own, and its number into the comment being written.

const pane = document.querySelector(".zy-read");
const list = document.querySelector("[data-points=mark]");
const button = document.querySelector("[data-key=m]");
const circled = (number) => String.fromCodePoint(0x245f + number);
let comment = null;

const within = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("p");

// The chosen words, if they lie in one paragraph of the dossier and on one line.
function chosen() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const paragraph = within(range.startContainer);
  if (!paragraph || !pane.contains(paragraph) || within(range.endContainer) !== paragraph) return null;
  const words = selection.toString().split("\n")[0].trim();
  return words ? { range, words } : null;
}

function cite(number) {
  if (!comment?.isConnected) return;
  const [start, end] = [comment.selectionStart, comment.selectionEnd];
  comment.setRangeText(circled(number), start, end, "end");
  comment.dispatchEvent(new Event("input", { bubbles: true }));
}

function keep({ range, words }) {
  const boxes = [...list.querySelectorAll("textarea")];
  const known = boxes.findIndex((box) => box.value === words);
  if (known >= 0) return cite(known + 1);
  const place = boxes.findIndex((box) => !box.value);
  boxes[place].value = words;
  boxes[place].dispatchEvent(new Event("input", { bubbles: true }));
  show(range, place + 1);
  cite(place + 1);
}

function show(range, number) {
  if (range.startContainer !== range.endContainer) return; // across another mark: shown with the next page
  const mark = document.createElement("mark");
  mark.id = `m-${number}`;
  range.surroundContents(mark);
  const link = document.createElement("a");
  link.className = "zy-ref";
  link.href = `#q-${number}`;
  link.dataset.cite = number;
  link.textContent = number;
  mark.after(link);
  document.getSelection().removeAllRanges();
}

if (pane && list && button) {
  document.addEventListener("selectionchange", () => {
    button.disabled = chosen() === null;
  });
  // a press must not take the selection, nor the place in the comment, away
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const found = chosen();
    if (found) keep(found);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-points=strength] textarea, [data-points=gap] textarea")) comment = target;
  });
  pane.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cite]");
    if (!link || !comment?.isConnected) return;
    event.preventDefault();
    cite(Number(link.dataset.cite));
    comment.focus();
  });
  button.hidden = false;
}
