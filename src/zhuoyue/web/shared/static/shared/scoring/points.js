// One more box as soon as the last one is written in, and boxes as high as their text.

const grow = (box) => {
  box.rows = 1;
  while (box.scrollHeight > box.clientHeight && box.rows < 12) box.rows += 1;
};

for (const list of document.querySelectorAll("[data-points]")) {
  for (const box of list.querySelectorAll("textarea")) grow(box);
  list.addEventListener("input", (event) => {
    grow(event.target);
    const last = list.lastElementChild;
    if (!last.querySelector("textarea").value) return;
    const next = last.cloneNode(true);
    const box = next.querySelector("textarea");
    box.value = "";
    box.rows = 1;
    const kind = list.dataset.points;
    for (const old of list.querySelectorAll(`[data-${kind}]`)) delete old.dataset[kind];
    next.id = next.id.replace(/\d+$/, String(list.children.length + 1));
    list.append(next);
  });
}
