// Names for the fields that Django's admin leaves without one (WCAG 2.2, 4.1.2): what select2 draws
// in the place of a select, and the boxes that delete a row.
(() => {
  const labelOf = (id) => {
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    if (label) label.id ||= `${id}-label`;
    return label;
  };
  const give = (part, ...ids) => {
    const names = ids.join(" ");
    if (part && part.getAttribute("aria-labelledby") !== names) part.setAttribute("aria-labelledby", names);
  };
  const name = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const label = labelOf(select.id);
      const drawn = select.nextElementSibling;
      if (!label || !drawn) continue;
      const chosen = drawn.querySelector(".select2-selection__rendered[id]");
      give(chosen, label.id);
      const box = drawn.querySelector("[role=combobox]");
      give(box, label.id, ...(chosen ? [chosen.id] : []));
      const list = box?.getAttribute("aria-owns");
      if (list && box.getAttribute("aria-controls") !== list) box.setAttribute("aria-controls", list);
      give(drawn.querySelector(".select2-search__field"), label.id);
    }
    const open = document.querySelector(".select2-search--dropdown .select2-search__field");
    const asked = open && labelOf((open.getAttribute("aria-controls") || "").replace(/^select2-(.*)-results$/, "$1"));
    if (asked) give(open, asked.id);
    for (const box of document.querySelectorAll("td.delete input[type=checkbox]:not([aria-label])")) {
      const words = box.closest("td").innerText.trim();
      if (!box.labels.length && words) box.setAttribute("aria-label", words);
    }
  };
  // Whoever adds a row goes on in it.
  document.addEventListener("formset:added", ({ target }) => {
    target.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  addEventListener("load", () => {
    name();
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  });
})();
