"""Forms of the admin as a browser fills and sends them."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects what a browser would send of the page's main form."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.fields, self.select, self.text = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == self.form_id
        if not self.inside:
            return
        name = attrs.get("name")
        if tag == "input" and name:
            kind = attrs.get("type", "text")
            if kind in {"submit", "file", "button"}:
                return
            if kind in {"checkbox", "radio"} and "checked" not in attrs:
                return
            self.fields.setdefault(name, []).append(
                attrs.get("value", "on" if kind == "checkbox" else "")
            )
        elif tag == "select":
            self.select, self.options = name, []
            self.multiple = "multiple" in attrs
        elif tag == "option" and self.select:
            self.options.append((attrs.get("value", ""), "selected" in attrs))
        elif tag == "textarea":
            self.text = name
            self.fields[name] = [""]

    def handle_data(self, data):
        if self.text:
            self.fields[self.text][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text:
            self.fields[self.text][0] = self.fields[self.text][0].removeprefix("\n")
            self.text = None
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected]
            if not chosen and self.options and not self.multiple:
                chosen = [self.options[0][0]]
            if chosen:
                self.fields[self.select] = chosen
            self.select = None
        elif tag == "form":
            self.inside = False


class Filled(dict):
    """The fields of a form as the page shows them; `blank` holds those of the rows to be added."""

    def __init__(self, fields: dict):
        super().__init__(
            {name: value for name, value in fields.items() if "__prefix__" not in name}
        )
        self.blank = {name: value for name, value in fields.items() if "__prefix__" in name}

    def add_row(self, prefix: str, **values) -> str:
        """Add a row to an inline, as 'Add another' does; returns the row's prefix."""
        number = int(self[f"{prefix}-TOTAL_FORMS"][0])
        self[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        for name, value in self.blank.items():
            if name.startswith(f"{prefix}-__prefix__-"):
                self[name.replace("__prefix__", str(number))] = value
        for name, value in values.items():
            self[f"{prefix}-{number}-{name}"] = value
        return f"{prefix}-{number}"


def form_on(response, form_id: str, *, press: str = "") -> Filled:
    """Return the fields of a form as a browser would send them, with the name of the button pressed."""
    parser = _Fields(form_id)
    parser.feed(response.content.decode())
    filled = Filled(parser.fields)
    if press:
        filled[press] = ["1"]
    return filled


def text_of(response) -> str:
    """Return the words of a page on one line."""
    parser = _Words()
    parser.feed(response.content.decode())
    return " ".join("".join(parser.words).split())


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words.append(data)
