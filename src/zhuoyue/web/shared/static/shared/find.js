// Ctrl K, or Command K, leads to the search of the installation. Without it the link stands in the person's menu.

const place = document.querySelector("script[data-find]")?.dataset.find;

document.addEventListener("keydown", (event) => {
  if (!place || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const field = document.querySelector("[data-find-field]");
  if (field) field.focus();
  else window.location.assign(place);
});
