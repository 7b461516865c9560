// Select all, and the count in the bulk bar. Without it every box is ticked by hand.

function follow(scope) {
  const all = scope.querySelector("[data-all]");
  const rows = [...scope.querySelectorAll("[data-row]")];
  const bar = scope.querySelector("[data-bulk-bar]");
  const count = scope.querySelector("[data-bulk-count]");
  if (!rows.length) return;
  let last = null;
  const update = () => {
    const chosen = rows.filter((row) => row.checked).length;
    for (const row of rows) row.closest("tr")?.classList.toggle("is-selected", row.checked);
    if (all) {
      all.checked = chosen === rows.length;
      all.indeterminate = chosen > 0 && chosen < rows.length;
    }
    if (count) count.textContent = chosen;
    if (bar) bar.hidden = chosen === 0;
  };
  all?.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
    update();
  });
  for (const row of rows)
    row.addEventListener("click", (event) => {
      // With the shift key, everything between this box and the last one follows it.
      if (event.shiftKey && last) {
        const [from, to] = [rows.indexOf(last), rows.indexOf(row)].sort((a, b) => a - b);
        for (const between of rows.slice(from, to + 1)) between.checked = row.checked;
      }
      last = row;
      update();
    });
  window.addEventListener("pageshow", update);
  update();
}

for (const scope of document.querySelectorAll("[data-table]")) follow(scope);
