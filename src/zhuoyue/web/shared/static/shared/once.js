// On every page: a form is sent once, visibly; a stale token is renewed; the error summary takes the focus.

const cookie = (name) => document.cookie.split("; ").find((row) => row.startsWith(`${name}=`))?.slice(name.length + 1);

document.addEventListener("submit", (event) => {
  const form = event.target;
  // By attribute: a field named "method" would answer for form.method.
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  const fresh = cookie("csrftoken");
  if (token && fresh) token.value = fresh;
  form.dataset.sent = "1";
  const button = event.submitter;
  if (!button) return;
  // After this turn: a disabled button would not be part of what is sent.
  setTimeout(() => {
    button.classList.add("is-busy");
    button.setAttribute("aria-disabled", "true");
    button.dataset.busy = document.documentElement.dataset.busy;
  });
});

// A key as the server makes them. crypto.randomUUID is kept from pages without TLS.
const newKey = () => {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};

// The page came back from the history: its forms may be sent again, each as a form of its own.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    const key = form.elements.namedItem("once");
    if (key) key.value = newKey();
  }
  for (const button of document.querySelectorAll(".is-busy")) {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-disabled");
  }
});

// A menu closes with Escape and with a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.zy-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.zy-menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.querySelector("[data-focus]")?.focus();
