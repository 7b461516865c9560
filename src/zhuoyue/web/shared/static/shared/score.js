// The scorebook's keyboard and its two panes. Keys do nothing while a text is typed; Escape leaves the text.

const scale = document.querySelector("[data-score]");
const typing = (target) => target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])");
const bands = () => [...scale.querySelectorAll(".zy-bands:first-child input")];
const steps = () => [...scale.querySelectorAll(".zy-bands--steps input")];
const bandOf = (step) => [...scale.querySelectorAll(".zy-bands--steps")].indexOf(step.closest(".zy-bands--steps"));

function choose(step) {
  step.checked = true;
  bands()[bandOf(step)].checked = true;
  step.dispatchEvent(new Event("change", { bubbles: true }));
}

function chooseBand(place) {
  const band = bands()[place];
  if (!band) return;
  band.checked = true;
  const rows = scale.querySelectorAll(".zy-bands--steps")[place].querySelectorAll("input");
  if (![...rows].some((step) => step.checked)) {
    // A percent of another band must not stay behind, unseen; none is taken for the person either.
    for (const step of steps()) step.checked = false;
    band.dispatchEvent(new Event("change", { bubbles: true }));
  }
  rows[0].focus();
}

function shift(by) {
  const all = steps();
  const at = all.findIndex((step) => step.checked);
  if (at >= 0) return choose(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  const open = scale.querySelectorAll(".zy-bands--steps")[bands().findIndex((band) => band.checked)];
  if (open) choose(open.querySelector("input"));
}

function help() {
  const note = document.getElementById("key-help");
  if (!note) return;
  note.hidden = !note.hidden;
  if (!note.hidden) note.focus();
}

const press = (selector) => {
  const found = document.querySelector(selector);
  if (!found) return;
  if (found.matches("a, button")) found.click();
  else found.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const key = event.key.toLowerCase();
  // Arrows within another group of choices stay with that group.
  const elsewhere = event.target.type === "radio" && !(scale?.contains(event.target) && event.target.closest(".zy-bands--steps"));
  if (scale && /^[1-9]$/.test(key)) chooseBand(Number(key) - 1);
  else if (scale && key === "arrowright" && !elsewhere) shift(1);
  else if (scale && key === "arrowleft" && !elsewhere) shift(-1);
  else if (key === "s") press("[data-strength]");
  else if (key === "o") press("[data-gap]");
  else if (key === "n") press("[data-key=n]");
  else if (key === "m") press("[data-key=m]");
  else if (key === "?") help();
  else if (key === "escape" && document.getElementById("key-help")?.hidden === false) help();
  else return;
  event.preventDefault();
});

// A click on a band also clears the percent of another one.
scale?.addEventListener("change", (event) => {
  const place = bands().indexOf(event.target);
  if (place >= 0) for (const step of steps()) if (step.checked && bandOf(step) !== place) step.checked = false;
});

// On a phone the two panes follow each other; the switch says which one is in view.
const links = [...document.querySelectorAll("[data-switch] a")];
if (links.length && "IntersectionObserver" in window) {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries)
        if (entry.isIntersecting)
          for (const link of links)
            if (link.hash === `#${entry.target.id}`) link.setAttribute("aria-current", "true");
            else link.removeAttribute("aria-current");
    },
    { rootMargin: "0px 0px -60% 0px" },
  );
  for (const link of links) {
    const target = document.querySelector(link.hash);
    if (target) seen.observe(target);
  }
}
