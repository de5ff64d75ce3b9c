// Light, dark or as the device. Stands in the head, so that the page comes in the chosen scheme.
// Key and attribute are those of Django's admin: one choice holds for both.
(() => {
  const root = document.documentElement;
  // The bars of the browser take the colour of the paper that is shown.
  const tint = () => {
    const { theme } = root.dataset;
    for (const meta of document.querySelectorAll("meta[data-scheme]")) {
      const { scheme } = meta.dataset;
      meta.media = theme === scheme ? "all" : theme === "auto" ? `(prefers-color-scheme: ${scheme})` : "not all";
    }
  };
  const show = () => {
    let chosen = root.dataset.theme;
    try { chosen = localStorage.getItem("theme"); } catch { /* nothing can be kept: this page only */ }
    root.dataset.theme = chosen === "light" || chosen === "dark" ? chosen : "auto";
    tint();
    for (const input of document.querySelectorAll(".scheme input")) input.checked = input.value === root.dataset.theme;
  };
  show();
  for (const moment of ["DOMContentLoaded", "pageshow", "storage"]) addEventListener(moment, show);
  addEventListener("change", ({ target }) => {
    if (!target.closest(".scheme")) return;
    root.dataset.theme = target.value;
    try { localStorage.setItem("theme", target.value); } catch { /* this page only */ }
    tint();
  });
})();
