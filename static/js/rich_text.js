/* Turns each textarea with data-rich-text (the address of the packaged editor) into an editor with
   buttons in words. What it holds stays in the textarea, which is what the form sends; where the
   editor cannot be loaded, the textarea itself stays. Why it is loaded this way: publishing/widgets.py. */

const SELECTOR = "textarea[data-rich-text]";

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const TOOLS = [
  ["heading", (run) => run.toggleHeading({ level: 2 }), ["heading", { level: 2 }]],
  ["subheading", (run) => run.toggleHeading({ level: 3 }), ["heading", { level: 3 }]],
  ["bold", (run) => run.toggleBold(), ["bold"]],
  ["italic", (run) => run.toggleItalic(), ["italic"]],
  ["list", (run) => run.toggleBulletList(), ["bulletList"]],
  ["numbered", (run) => run.toggleOrderedList(), ["orderedList"]],
  ["quote", (run) => run.toggleBlockquote(), ["blockquote"]],
  ["link", null, ["link"]],
  ["undo", (run) => run.undo(), null],
  ["redo", (run) => run.redo(), null],
];

function extensions(kit) {
  return [
    kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Bold, kit.Italic, kit.BulletList,
    kit.OrderedList.configure({ enableListAttributes: false }), kit.ListItem, kit.Blockquote,
    kit.History, kit.Gapcursor,
    kit.Heading.configure({ levels: [2, 3] }),
    kit.Link.configure({ enableTarget: false, protocols: ["http", "https", "mailto"] }),
  ];
}

function linkRow(editor, words) {
  const input = element("input", { type: "url", inputmode: "url" });
  const row = element("div", { class: "rich__link", hidden: "" },
    element("label", {}, words.address, input));
  const button = (text, kind, act) => {
    const made = element("button", { type: "button", class: `button button--small ${kind}` }, text);
    made.addEventListener("click", act);
    row.append(made);
  };
  const close = () => { row.hidden = true; editor.commands.focus(); };
  const apply = () => {
    const address = input.value.trim();
    const link = editor.chain().focus().extendMarkRange("link");
    if (!address) link.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      link.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }).run();
    else link.setMark("link", { href: address }).run();
    close();
  };
  button(words.set, "button--second", apply);
  button(words.remove, "button--quiet", () => { input.value = ""; apply(); });
  button(words.cancel, "button--quiet", close);
  row.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === input) { event.preventDefault(); apply(); }
    if (event.key === "Escape") close();
  });
  row.open = () => {
    row.hidden = false;
    input.value = editor.getAttributes("link").href || "";
    input.focus();
  };
  return row;
}

function toolbar(editor, words) {
  const bar = element("div", { class: "rich__tools", role: "toolbar", "aria-label": words.tools });
  const row = linkRow(editor, words);
  const buttons = TOOLS.map(([name, command, state]) => {
    const made = element("button", { type: "button" }, words[name]);
    // The pointer leaves the focus in the text, so that nothing typed meanwhile is lost.
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => (command ? command(editor.chain().focus()).run() : row.open()));
    bar.append(made);
    return [made, name, state];
  });
  const show = () => {
    for (const [made, name, state] of buttons) {
      if (state) made.setAttribute("aria-pressed", editor.isActive(...state));
      else made.setAttribute("aria-disabled", !editor.can()[name]());
    }
  };
  editor.on("transaction", show);
  show();
  return [bar, row];
}

/* Arrow keys move within the toolbar; Tab passes it as one stop. */
function moveWithArrows(bar) {
  const buttons = [...bar.children];
  const take = (one) => buttons.forEach((button) => { button.tabIndex = button === one ? 0 : -1; });
  take(buttons[0]);
  bar.addEventListener("focusin", (event) => take(event.target));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = buttons.indexOf(document.activeElement) + step;
    buttons[(next + buttons.length) % buttons.length].focus();
  });
}

/* Questions that a good text answers. They stand under an empty one and go when it is written to. */
function promptOf(textarea) {
  const questions = textarea.placeholder.split("\n").filter(Boolean);
  if (!questions.length) return null;
  const list = element("ul", {}, ...questions.map((question) => element("li", {}, question)));
  return element("div", { class: "rich__prompt", id: `${textarea.id}_prompt` }, list);
}

function start(kit, cleaned, textarea) {
  if (textarea.closest(".rich") || textarea.id.includes("__prefix__")) return;
  const words = JSON.parse(textarea.dataset.richWords);
  const label = textarea.labels[0];
  const holder = element("div", { class: textarea.rows < 10 ? "rich rich--short" : "rich" });
  textarea.before(holder);
  const attributes = { class: "rich__text prose", role: "textbox", "aria-multiline": "true", tabindex: "0" };
  if (label) {
    label.id ||= `${textarea.id}_label`;
    attributes["aria-labelledby"] = label.id;
  }
  const described = textarea.getAttribute("aria-describedby");
  if (described) attributes["aria-describedby"] = described;
  if (textarea.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";
  const prompt = promptOf(textarea);
  if (prompt) attributes["aria-describedby"] = `${described || ""} ${prompt.id}`.trim();
  const editor = new kit.Editor({
    element: holder,
    injectCSS: false, // a style element of its own would break the Content-Security-Policy
    extensions: extensions(kit),
    content: textarea.value,
    editorProps: { attributes, transformPastedHTML: cleaned },
    onUpdate: () => {
      if (prompt) prompt.hidden = !editor.isEmpty;
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  // Somebody put another text into the field: writing.js, with what the browser kept.
  textarea.addEventListener("rich:set", () => editor.commands.setContent(textarea.value));
  holder.append(textarea);
  if (prompt) {
    prompt.hidden = !editor.isEmpty;
    holder.append(prompt);
  }
  const parts = toolbar(editor, words);
  holder.prepend(...parts);
  moveWithArrows(parts[0]);
  if (label) label.addEventListener("click", (event) => { event.preventDefault(); editor.commands.focus(); });
  // A link of the error summary leads to the textarea's id; the editor takes the focus instead.
  for (const link of document.querySelectorAll(`a[href="#${textarea.id}"]`))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      editor.commands.focus();
      holder.scrollIntoView();
    });
}

async function startAll(container) {
  const areas = [...container.querySelectorAll(SELECTOR)];
  if (!areas.length) return;
  const { richText, richPaste } = areas[0].dataset;
  const [kit, { cleaned }] = await Promise.all([import(richText), import(richPaste)]);
  areas.forEach((textarea) => start(kit, cleaned, textarea));
}

startAll(document);
document.addEventListener("formset:added", (event) => startAll(event.target));
