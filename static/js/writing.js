/* Nothing typed is lost: a form with data-writing is kept by the server while it is written, and by this
   browser until the server has it. What is said stands in words that the page brings along.
   The other half is publishing/writing.py. */

const QUIET = 2_000; // after the last key
const PATIENCE = 10_000; // at most, while typing goes on
const RETRY = 10_000; // without network or sign-in
const HEARTBEAT = 30_000; // publishing/presence.py reckons with three of them
const BESIDE = ["csrfmiddlewaretoken", "edit_number", "session"];

/* What the browser keeps: a small database, because it outlives a browser that is killed. */
const store = new Promise((resolve) => {
  const asked = indexedDB.open("writing", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("texts");
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => resolve(null); // a private window: the server alone keeps the text
});

async function stored(mode, act) {
  const database = await store;
  if (!database) return undefined;
  return new Promise((resolve) => {
    const changed = database.transaction("texts", mode);
    const asked = act(changed.objectStore("texts"));
    changed.oncomplete = () => resolve(asked.result);
    changed.onerror = changed.onabort = () => resolve(undefined);
  });
}

const copies = {
  get: (key) => stored("readonly", (texts) => texts.get(key)),
  put: (key, copy) => stored("readwrite", (texts) => texts.put(copy, key)),
  remove: (key) => stored("readwrite", (texts) => texts.delete(key)),
};

/* crypto.randomUUID needs https, this does not. */
const newName = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/* A tab keeps its name when the page is loaded again, so that nobody is told of oneself. Whose save it
   is, the open page's own name says: a tab that is duplicated has the same name as the first. */
function tabName() {
  const name = sessionStorage.getItem("writing") || newName();
  sessionStorage.setItem("writing", name);
  return name;
}

const wordsOf = (markup) =>
  new DOMParser().parseFromString(markup.replace(/<\/(p|h2|h3|li)>|<br>/g, " $&"), "text/html")
    .body.textContent.replace(/\s+/g, " ").trim();

class Writing {
  constructor(form) {
    this.form = form;
    this.words = JSON.parse(form.dataset.writingWords);
    this.address = form.dataset.writing;
    this.key = form.dataset.writingKey;
    this.page = form.closest("[data-writing-page]") || document;
    this.status = this.page.querySelector("[data-writing-status]");
    this.session = newName();
    this.tab = tabName();
    this.form.elements.session.value = this.session;
    this.choosing = "writingChoosing" in form.dataset;
    this.changes = 0; // counted, so that an answer knows whether it is still true
    this.kept = 0;
    this.waiting = null;
  }

  start() {
    this.opened = this.text();
    this.found = this.offer();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.send());
    // A page that comes back as it was left may be older than what was saved since.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("pagehide", () => this.unsent() && this.post(this.body(), { keepalive: true }).catch(() => {}));
    document.addEventListener("visibilitychange", () => !document.hidden && this.speak());
    setInterval(() => !document.hidden && this.speak(), HEARTBEAT);
    // Refused by the server, or typed before this script was there.
    const typed = [...this.form.elements].some((field) => field.type !== "hidden" && field.value !== (field.defaultValue ?? field.value));
    if (typed || "writingUnsaved" in this.form.dataset) this.changed();
    else this.speak();
  }

  text() {
    return [...new FormData(this.form)].filter(([name]) => !BESIDE.includes(name));
  }

  unsent() {
    return this.changes > this.kept && !this.leaving && !this.choosing;
  }

  changed() {
    this.changes += 1;
    this.first ??= Date.now();
    this.found.then(() => copies.put(this.key, this.copy()));
    if (this.choosing) return;
    clearTimeout(this.waiting);
    const left = Math.max(0, this.first + PATIENCE - Date.now());
    this.waiting = setTimeout(() => this.send(), Math.min(QUIET, left));
  }

  copy() {
    return { at: Date.now(), revision: this.form.elements.edit_number.value, session: this.session, text: this.text() };
  }

  body() {
    const body = new FormData(this.form);
    body.delete("do");
    body.set("tab", this.tab);
    return body;
  }

  post(body, options = {}) {
    return fetch(this.address, { method: "POST", body, redirect: "manual", ...options });
  }

  async send() {
    if (!this.unsent() || this.sending) return;
    this.sending = true;
    clearTimeout(this.waiting);
    const sent = this.changes;
    this.first = undefined;
    try {
      await this.hear(await this.post(this.body()), sent);
    } catch {
      this.troubled(this.words.offline);
    } finally {
      this.sending = false;
    }
    if (this.unsent()) {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.send(), this.trouble ? RETRY : QUIET);
    }
  }

  /* Say that the page is still open, and hear who else has it open. */
  async speak() {
    if (this.unsent()) return this.send();
    const sent = this.kept; // what is typed while the answer is on its way is not in it
    const body = new FormData();
    for (const name of BESIDE) body.set(name, this.form.elements[name].value);
    body.set("tab", this.tab);
    try {
      await this.hear(await this.post(body), sent);
    } catch {
      if (this.trouble) this.troubled(this.words.offline);
    }
  }

  async hear(answer, sent) {
    if (this.leaving) return;
    if (answer.type === "opaqueredirect") return this.signedOut();
    if (answer.status === 403) return this.renew();
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (!isJson) return this.troubled(answer.status >= 500 ? this.words.down : this.words.refused);
    const said = await answer.json();
    this.form.elements.csrfmiddlewaretoken.value = said.token;
    this.tellOthers(said.others || []);
    this.trouble = false;
    if (answer.status === 422) return this.show(said.said, "saved--lost");
    if (answer.status === 409) return this.stop(said.said, sent);
    const mine = Number(this.form.elements.edit_number.value);
    if (sent === this.kept && said.revision > mine && !this.sending && !this.unsent()) return this.overtaken(said);
    if (sent > this.kept) {
      this.form.elements.edit_number.value = said.revision;
      this.kept = sent;
      if (this.changes === sent) await copies.remove(this.key);
      this.show(said.saved, "");
    }
  }

  show(text, kind) {
    if (this.status.textContent.trim() === text) return;
    this.status.className = `saved ${kind}`;
    this.status.textContent = text;
  }

  troubled(text) {
    this.trouble = true;
    this.show(text, "saved--lost");
  }

  signedOut() {
    this.trouble = true;
    if (this.status.querySelector("a")) return;
    const link = Object.assign(document.createElement("a"), {
      href: this.form.dataset.writingSignIn, target: "_blank", textContent: this.words.signIn,
    });
    this.show(`${this.words.signedOut} `, "saved--lost");
    this.status.append(link);
  }

  /* A sign-in in another tab changes the token: ask for the new one, then go on. */
  async renew() {
    const answer = await fetch(this.address, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return this.signedOut();
    if (!answer.ok) return this.troubled(this.words.refused);
    this.form.elements.csrfmiddlewaretoken.value = (await answer.json()).token;
    const again = Date.now() - (this.renewed || 0) < RETRY; // so it was not the token
    this.renewed = Date.now();
    this.trouble = again;
    setTimeout(() => this.speak(), again ? RETRY : 0);
  }

  tellOthers(sentences) {
    const place = this.page.querySelector("[data-writing-others]");
    const text = this.choosing ? "" : sentences.join(" "); // what to do now needs the room
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
  }

  /* Somebody else has saved: nothing is sent any more; the button leads to both texts. */
  stop(text, sent) {
    this.choosing = true;
    this.kept = sent;
    this.tellOthers([]);
    this.show(text, "saved--lost");
    this.act(this.words.compare, { type: "submit", name: "do", value: "save" });
  }

  overtaken(said) {
    this.show(said.overtaken || this.words.overtaken, "saved--busy");
    this.act(this.words.reload, { type: "button" }).addEventListener("click", () => location.reload());
  }

  act(text, facts) {
    const place = this.page.querySelector("[data-writing-act]");
    const button = Object.assign(document.createElement("button"), facts, {
      className: "button button--second button--small", textContent: text,
    });
    button.setAttribute("form", this.form.id);
    place.replaceChildren(button);
    place.hidden = false;
    return button;
  }

  /* The page is left only when the server can be reached: a form that is sent into nothing is lost. */
  submit(event) {
    if (this.trouble) {
      event.preventDefault();
      copies.put(this.key, this.copy());
      this.status.scrollIntoView({ block: "center" });
      this.speak();
      return;
    }
    this.leaving = true;
    clearTimeout(this.waiting);
    if (this.choosing) copies.put(this.key, { ...this.copy(), chosen: true });
  }

  /* What this browser kept and the server never got: put it back, or let it go. */
  async offer() {
    const later = `${this.key} offered`;
    const newest = await copies.get(this.key);
    if (newest) await copies.put(later, newest);
    await copies.remove(this.key);
    const copy = newest || (await copies.get(later));
    if (!copy) return;
    const differing = copy.text.filter(([name, value]) =>
      !this.opened.some(([other, stands]) => other === name && wordsOf(stands) === wordsOf(value)));
    const gone = this.opened.length !== copy.text.length;
    // Where both texts were seen and one was chosen, the saved one is what was wanted.
    const decided = copy.chosen && Number(this.form.elements.edit_number.value) > Number(copy.revision);
    if (decided || (!differing.length && !gone)) return void copies.remove(later);
    const place = this.page.querySelector("[data-writing-offer]");
    place.querySelector("[data-writing-time]").textContent = new Date(copy.at).toLocaleString(
      document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    const list = place.querySelector("[data-writing-text]");
    for (const [name, value] of differing) list.append(...this.part(name, value));
    const close = () => { place.remove(); copies.remove(later); };
    place.querySelector("[data-writing-restore]").addEventListener("click", () => { close(); this.restore(copy); });
    place.querySelector("[data-writing-discard]").addEventListener("click", close);
    place.hidden = false;
  }

  part(name, value) {
    const field = this.form.elements[name];
    const named = field?.labels?.[0] || field?.[0]?.closest("fieldset")?.querySelector("legend");
    const label = named ? named.textContent.trim() : name;
    const [term, text] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = label;
    text.textContent = wordsOf(value);
    return [term, text];
  }

  restore(copy) {
    this.form.elements.edit_number.value = copy.revision;
    this.session = this.form.elements.session.value = copy.session;
    for (const field of this.form.elements) {
      if (!field.name || BESIDE.includes(field.name)) continue;
      const given = copy.text.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (given.length) {
        field.value = given[0];
        field.dispatchEvent(new Event("rich:set"));
      }
    }
    this.form.elements.title?.focus();
    this.changed();
  }
}

for (const form of document.querySelectorAll("form[data-writing]")) new Writing(form).start();
