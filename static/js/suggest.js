// Suggestions while one types in a search box that says where they come from (data-suggest): a combobox
// with a list, as ARIA 1.2 has it. Enter opens the chosen one; with none chosen the form is sent.
(() => {
  const SHORTEST = 2, PAUSE = 150;
  let box, list, active = -1, timer, asking;

  const options = () => [...list.children];
  const fills = () => "suggestFill" in box.dataset; // the name goes into the field, no page is opened
  const mark = (index) => {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = options()[index];
    if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
    else box.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  const open = (is) => {
    list.hidden = !is || !list.children.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  const stop = () => { clearTimeout(timer); asking?.abort(); };

  function begin(input) {
    box = input;
    list = document.getElementById(`${box.id}-list`);
    if (list) return;
    list = document.createElement("ul");
    Object.assign(box, { type: "text" }); // a search field may not be a combobox
    if (!fills()) box.enterKeyHint = "search";
    Object.assign(list, { id: `${box.id}-list`, className: "suggestions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.suggestLabel);
    const state = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(state)) box.setAttribute(name, value);
    box.after(list);
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => go(target.closest("[role=option]")));
  }

  async function ask(words) {
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map(({ name, about, url }, at) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `${list.id}-${at}`, textContent: name });
        option.setAttribute("role", "option");
        Object.assign(option.dataset, { name, url: url ?? "" });
        const more = document.createElement("span");
        more.textContent = about;
        if (about) option.append(" ", more);
        return option;
      }));
      open(document.activeElement === box);
    } catch { /* no suggestions: the search itself needs none */ }
  }

  const go = (option) => {
    if (!option) return;
    if (!fills()) { location.assign(option.dataset.url); return; }
    box.value = option.dataset.name;
    open(false);
  };

  addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-suggest]")) begin(target);
  });
  addEventListener("focusout", ({ target }) => { if (target === box) { stop(); open(false); } });
  const typed = () => {
    stop();
    const words = box.value.trim();
    if (words.length < SHORTEST) { list.replaceChildren(); open(false); } else timer = setTimeout(ask, PAUSE, words);
  };
  addEventListener("input", ({ target }) => { if (target === box) typed(); });
  addEventListener("keydown", (event) => {
    if (event.target !== box || event.isComposing) return;
    const number = list.children.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && number) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = active < 0 && step < 0 ? number : active;
      if (list.hidden) open(true);
      mark((from + step + number) % number);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      go(options()[active]);
    } else if (event.key === "Enter") {
      stop();
      open(false);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });

  // Who began to type before this script was there is not made to begin again.
  const early = document.activeElement;
  if (early?.matches("[data-suggest]")) {
    begin(early);
    if (early.value !== early.defaultValue) typed();
  }
})();
