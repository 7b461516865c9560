// Keeps what is typed: on the server while it answers, in this browser while it does not.
//
//   <form data-autosave="/address/" …><input type="hidden" name="version" value="3"> …
//
// The server answers 200 {version, at}, 400 or 422 {errors}, 401 when the session has ended, and 409 when the same was
// edited elsewhere: the form is then sent as a whole, and its view shows both texts.

const WAIT = 800; // ms of quiet before a save
const RETRY = [2000, 5000, 15000, 30000];
const SENDING = new Set(["csrfmiddlewaretoken", "once", "version"]);
const cookie = (name) => document.cookie.split("; ").find((row) => row.startsWith(`${name}=`))?.slice(name.length + 1);

class Autosave {
  constructor(form) {
    this.form = form;
    const id = form.getAttribute("id"); // form.id may be a field of that name
    this.state = document.querySelector(`[data-save-state][data-for="${id}"]`) ?? document.querySelector("[data-save-state]");
    this.words = this.state?.dataset ?? {};
    this.place = `zy:${location.pathname}:${id}:`;
    this.changed = new Map(); // field -> turn of its latest change
    this.turn = 0;
    this.tries = 0;
    this.offerKept();
    form.addEventListener("input", (event) => this.touch(event.target));
    form.addEventListener("change", (event) => this.touch(event.target));
    form.addEventListener("submit", () => this.leave());
    window.addEventListener("online", () => this.changed.size && this.save());
    window.addEventListener("focus", () => this.expired && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.changed.size && this.save());
    window.addEventListener("beforeunload", (event) => {
      if (this.changed.size && !this.leaving) event.preventDefault();
    });
  }

  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !SENDING.has(name));
  }

  touch(field) {
    if (!field.name || SENDING.has(field.name) || field.type === "file") return;
    this.changed.set(field.name, ++this.turn);
    this.keep(field.name);
    if (!this.clash && !this.expired) this.show("idle", this.words.typing);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  keep(name) {
    try {
      localStorage.setItem(this.place + name, JSON.stringify(new FormData(this.form).getAll(name)));
    } catch {
      // Private windows and full disks keep nothing; the server still does.
    }
  }

  forget(name) {
    try {
      localStorage.removeItem(this.place + name);
    } catch {
      // As above.
    }
  }

  async save() {
    if (this.clash || !this.changed.size) return;
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    clearTimeout(this.timer);
    const sent = new Map(this.changed);
    // The way back in stays where it is: coming back by a click on it saves first, and must not take it away.
    if (!this.expired) this.show("busy", this.words.busy);
    try {
      const body = new FormData(this.form);
      for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
      body.delete("once");
      const headers = { "X-Autosave": "1", "X-CSRFToken": cookie("csrftoken") ?? "", Accept: "application/json" };
      const answer = await fetch(this.form.dataset.autosave, { method: "POST", body, headers, credentials: "same-origin", redirect: "error" });
      await this.take(answer, sent);
    } catch {
      this.retry();
    } finally {
      this.busy = false;
      if (this.again) {
        this.again = false;
        this.save();
      }
    }
  }

  async take(answer, sent) {
    const shown = this.expired;
    this.expired = answer.status === 401;
    if (answer.ok) return this.saved(await answer.json(), sent);
    if (this.expired && shown) return;
    if (this.expired) return this.show("late", this.words.expired, { url: document.documentElement.dataset.signIn });
    if (answer.status === 409) {
      this.clash = true;
      return this.show("clash", this.words.clash, { send: true });
    }
    if (answer.status === 400 || answer.status === 422) return this.refused(await answer.json());
    return this.retry();
  }

  saved(answer, sent) {
    this.tries = 0;
    const version = this.form.elements.namedItem("version");
    if (version && answer.version !== undefined) version.value = answer.version;
    for (const [name, turn] of sent)
      if (this.changed.get(name) === turn) {
        this.changed.delete(name);
        this.forget(name);
      }
    if (this.changed.size) this.again = true;
    else this.show("", `${this.words.saved} ${answer.at ?? ""}`);
  }

  refused(answer) {
    const first = Object.values(answer.errors ?? {})[0];
    this.show("late", [this.words.refused, first].filter(Boolean).join("："));
  }

  retry() {
    this.show("late", this.words.late);
    this.timer = setTimeout(() => this.save(), RETRY[Math.min(this.tries++, RETRY.length - 1)]);
  }

  show(kind, words, { url, send } = {}) {
    if (!this.state) return;
    this.state.className = `zy-save${kind ? ` zy-save--${kind}` : ""}`;
    this.state.textContent = url || send ? "" : (words ?? "");
    if (url) this.state.append(Object.assign(document.createElement("a"), { href: url, target: "_blank", textContent: words }));
    if (!send) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn-link", textContent: words });
    button.addEventListener("click", () => this.form.requestSubmit());
    this.state.append(button);
  }

  // The form itself is on its way: what is kept stays until a page shows that it has arrived.
  leave() {
    this.leaving = true;
    clearTimeout(this.timer);
  }

  kept() {
    const now = new FormData(this.form);
    const rows = [];
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(this.place)) continue;
      const name = key.slice(this.place.length);
      const values = JSON.parse(localStorage.getItem(key));
      if (JSON.stringify(now.getAll(name)) === JSON.stringify(values)) this.forget(name);
      else if (this.form.elements.namedItem(name)) rows.push([name, values]);
    }
    return rows;
  }

  offerKept() {
    let rows = [];
    try {
      rows = this.kept();
    } catch {
      return;
    }
    if (!rows.length) return;
    const note = Object.assign(document.createElement("div"), { className: "zy-note zy-note--back mb-4" });
    note.setAttribute("role", "status");
    const button = (words, then) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: words });
      made.addEventListener("click", () => {
        then();
        note.remove();
      });
      return made;
    };
    const actions = Object.assign(document.createElement("div"), { className: "zy-actions" });
    actions.append(
      button(this.words.restoreYes, () => rows.forEach(([name, values]) => this.restore(name, values))),
      button(this.words.restoreNo, () => rows.forEach(([name]) => this.forget(name))),
    );
    note.append(Object.assign(document.createElement("p"), { className: "mb-2", textContent: this.words.restore }), actions);
    this.form.before(note);
  }

  restore(name, values) {
    const fields = [...this.form.elements].filter((field) => field.name === name);
    fields.forEach((field, place) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
      else field.value = values[place] ?? "";
      field.dispatchEvent(new Event("zy:restored"));
    });
    if (fields[0]) this.touch(fields[0]);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
