// Lists whose results are replaced without a full load. What is replaced carries data-live and an id;
// [data-live-said] is read out by screen readers. Within it, links and GET forms that stay on this
// address are fetched, and address bar and back button follow. Without script they are what they are.
(() => {
  const here = () => location.pathname + location.search;
  let shown = here();
  let asking;

  // The same control in the fresh page: by id, else by what it is and says.
  const same = (old) => {
    if (old.id) return document.getElementById(old.id);
    const like = (one) => one.textContent === old.textContent && one.closest("nav, table")?.className === old.within;
    return old.tag && [...document.querySelectorAll(`[data-live] ${old.tag}`)].find(like);
  };

  async function show(url, scroll) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    for (const part of document.querySelectorAll("[data-live]")) part.setAttribute("aria-busy", "true");
    const answer = await fetch(url, { signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = [...document.querySelectorAll("[data-live]")].map((part) => [part, page.getElementById(part.id)]);
    if (!answer.ok || parts.some(([, fresh]) => !fresh)) throw new Error("no such list");
    signal.throwIfAborted();
    for (const [part, fresh] of parts) part.replaceWith(fresh);
    document.title = page.title;
    shown = here();
    const count = document.querySelector("[data-live-count]");
    document.querySelector("[data-live-said]").textContent = count.textContent;
    if (scroll !== undefined) scrollTo(0, scroll);
    return count;
  }

  async function follow(url, from) {
    const old = { id: from.id, tag: from.localName, textContent: from.textContent, within: from.closest("nav, table")?.className };
    const stays = !from.closest(".filters, .pagination");
    history.replaceState({ scroll: scrollY }, "");
    history.pushState(null, "", url);
    try {
      const count = await show(url);
      ((stays && same(old)) || count).focus();
    } catch (error) {
      if (error.name !== "AbortError") location.reload();
    }
  }

  const isOurs = (url) => url.origin === location.origin && url.pathname === location.pathname && !url.hash;

  addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-live] a[href]");
    const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || !isOurs(new URL(link.href))) return;
    event.preventDefault();
    follow(link.href, link);
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    const url = new URL(form.getAttribute("action") || location.pathname, location.href);
    if (!form.closest("[data-live]") || form.method !== "get" || !isOurs(url)) return;
    event.preventDefault();
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    follow(url.href, form.contains(document.activeElement) ? document.activeElement : form);
  });

  addEventListener("popstate", ({ state }) => {
    if (here() === shown || !document.querySelector("[data-live]")) return;
    show(location.href, state?.scroll).catch((error) => { if (error.name !== "AbortError") location.reload(); });
  });
})();
