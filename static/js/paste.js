/* What word processors and mail programs put on the clipboard, as plain marks: publishing/pasted.py says
   why and does the same on the server. Styles go before the browser sees them: the
   Content-Security-Policy forbids them. */

const NAMED = { b: "strong", strong: "strong", i: "em", em: "em" };
const NUMBER = /^\s*(?:\d+|[a-z]|[ivxlc]+)[.)]/i;
const MOST_LEVELS = 4;
const BOLD = /^(bold|bolder|[6-9]00)$/i;
const ITALIC = /^(italic|oblique)$/i;

/* A style attribute is read as text under another name; as a style it would be a breach of the policy. */
const withoutStyles = (html) =>
  html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=\s*(?=["'\w])/gi, " data-style="));

const styleOf = (element) => element.getAttribute("data-style") || "";

/* What a style says of a property; not Word's own mso-bidi-font-weight, which is of other letters. */
const said = (element, property) =>
  new RegExp(`(?:^|;)\\s*${property}:\\s*(\\w+)`, "i").exec(styleOf(element))?.[1];

function emphasise(root) {
  for (const element of [...root.querySelectorAll("b, strong, i, em, span")].reverse()) {
    const named = NAMED[element.localName];
    const weight = said(element, "font-weight");
    const slant = said(element, "font-style");
    const marks = [];
    if (weight ? BOLD.test(weight) : named === "strong") marks.push("strong");
    if (slant ? ITALIC.test(slant) : named === "em") marks.push("em");
    const parts = [...element.childNodes];
    // A mark around paragraphs is a mark in none of them.
    const around = marks.length && !element.querySelector("p, div, ul, ol, h1, h2, h3, table");
    if (!around) element.replaceWith(...parts);
    else {
      const inner = document.createElement(marks.at(-1));
      inner.append(...parts);
      const outer = marks.length > 1 ? document.createElement(marks[0]) : inner;
      if (outer !== inner) outer.append(inner);
      element.replaceWith(outer);
    }
  }
}

/* Word's paragraphs that are items of a list: the bullet is text, and says whether it counts. */
function makeLists(root) {
  let lists = [];
  let last = null;
  for (const item of root.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6")) {
    const level = Math.min(Number(/mso-list:\s*\w+\s+level(\d)/i.exec(styleOf(item))?.[1] || 0), MOST_LEVELS);
    if (!level) continue;
    const bullets = [...item.querySelectorAll("span")].filter((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
    const kind = NUMBER.test(bullets[0]?.textContent || "") ? "ol" : "ul";
    bullets.forEach((span) => span.remove());
    if (last && item.previousElementSibling !== last) lists = [];
    if (!last || !lists.length) last = null;
    while (lists.length > level) lists.pop();
    if (lists.length === level && lists.at(-1).localName !== kind) lists.pop();
    while (lists.length < level) {
      const list = document.createElement(kind);
      if (lists.length) (lists.at(-1).lastElementChild || lists.at(-1).appendChild(document.createElement("li"))).append(list);
      else item.before(list);
      if (!lists.length) last = list;
      lists.push(list);
    }
    const made = document.createElement("li");
    made.append(...item.childNodes);
    lists.at(-1).append(made);
    item.remove();
  }
}

/* Mail programs: a division a line, an empty one between paragraphs. */
function paragraphs(root) {
  for (const division of [...root.querySelectorAll("div")].reverse()) {
    if (division.querySelector("p, div, ul, ol, h1, h2, h3, blockquote, table")) continue;
    const paragraph = document.createElement("p");
    paragraph.append(...division.childNodes);
    division.replaceWith(paragraph);
  }
  for (const empty of root.querySelectorAll("p")) {
    if (!empty.textContent.replace(/\u00a0/g, "").trim()) empty.remove();
  }
}

/* The editor has two ranks of headings, as a page has one title of its own. */
const RANKS = { h1: "h2", h4: "h3", h5: "h3", h6: "h3" };

function rank(root) {
  for (const heading of root.querySelectorAll(Object.keys(RANKS).join())) {
    const made = document.createElement(RANKS[heading.localName]);
    made.append(...heading.childNodes);
    heading.replaceWith(made);
  }
}

export function cleaned(html) {
  const root = new DOMParser().parseFromString(withoutStyles(html), "text/html").body;
  makeLists(root);
  emphasise(root);
  paragraphs(root);
  rank(root);
  for (const element of root.querySelectorAll("[data-style]")) element.removeAttribute("data-style");
  return root.innerHTML;
}
