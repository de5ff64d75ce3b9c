"""Every text that people see goes through gettext, so that a translation needs no change of code."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

ROOT = Path(settings.BASE_DIR)
APPS = (
    "accounts",
    "alliance_portal",
    "members",
    "news",
    "publishing",
    "record",
    "working_groups",
)
# Made up: what the demonstration and the specimens of components say, and what commands print for
# those who run the portal.
NOT_INTERFACE = (
    "alliance_portal/demo/",
    "alliance_portal/styleguide",
    "/management/",
    "/migrations/",
    "alliance_portal/checks.py",
    "alliance_portal/embedded_database/",
    "alliance_portal/environment.py",
    "alliance_portal/installation.py",
    "alliance_portal/serve.py",
    "alliance_portal/settings.py",
)
SPECIMENS = "templates/styleguide/"
# Names and signs that are the same in every language.
EVERYWHERE = {"Mastodon", "LinkedIn", "Bluesky", "CSV", "JSON", "iCal", "Atom"}

# --- Templates ---

READ_OUT = {
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "placeholder",
    "label",
}
SHOWN_BY_META = {"description", "og:title", "og:description", "og:site_name", "og:image:alt"}
# Tags of which no argument is a text: names of files, addresses, blocks, tests of values.
NO_TEXTS = {
    *("translate", "trans", "load", "extends", "include", "url", "static", "block", "endblock"),
    *("if", "elif", "for", "regroup", "cycle", "now", "templatetag", "get_current_language"),
}
LETTERS = re.compile(r"[^\W\d_]{2,}")
# A literal that is a text: it has a space between words, or begins like a sentence.
LITERAL = re.compile(r"""(?<!_\()(["'])((?:[A-Z][a-z]+|[^"'\s]*[a-z]+ [^"']*?)[^"']*)\1""")


class Texts(HTMLParser):
    """Collects the texts of a template out of which all that is Django's was taken."""

    SILENT = {"script", "style", "code"}

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in self.SILENT:
            self.inside.append(tag)
        values = dict(attrs)
        shown = [values[name] for name in READ_OUT & values.keys()]
        if tag == "meta" and SHOWN_BY_META & {values.get("name"), values.get("property")}:
            shown.append(values.get("content"))
        if tag == "input" and values.get("type") in {"submit", "button", "reset"}:
            shown.append(values.get("value"))
        self.found += filter(None, shown)

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.found.append(data)


def bare_in_template(source: str, *, html: bool = True) -> list[str]:
    """Return the texts of a template that stand outside translate and blocktranslate."""
    kept, literals, until = [], [], None
    for token in Lexer(source).tokenize():
        name = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if until:
            until = None if token.token_type is TokenType.BLOCK and name == until else until
        elif token.token_type is TokenType.TEXT:
            kept.append(token.contents)
        elif token.token_type is TokenType.BLOCK and name in {"blocktranslate", "comment"}:
            until = f"end{name}"
        elif token.contents == "block bodyclass":  # words for stylesheets, in Django's admin
            until = "endblock"
        elif token.token_type is not TokenType.COMMENT:
            kept.append(" ")
            if name not in NO_TEXTS:
                literals += [match[2] for match in LITERAL.finditer(token.contents)]
    texts = Texts()
    if html:
        texts.feed("".join(kept))
        texts.close()
    else:
        texts.found = kept
    words = [" ".join(text.split()) for text in texts.found + literals]
    return [text for text in words if LETTERS.search(text) and text not in EVERYWHERE]


def templates() -> list[str]:
    return sorted(
        str(path.relative_to(ROOT))
        for pattern in ("*.html", "*.txt")
        for path in (ROOT / "templates").rglob(pattern)
        if not str(path.relative_to(ROOT)).startswith(SPECIMENS)
    )


def test_templates():
    found = {
        name: bare
        for name in templates()
        if (bare := bare_in_template((ROOT / name).read_text(), html=name.endswith(".html")))
    }
    assert not found, "\n".join(f"{name}: {bare}" for name, bare in found.items())


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("<p>Bare</p>", ["Bare"]),
        ('<p>{% translate "Fine" %} {{ value }}, 3</p>', []),
        ("{% blocktranslate with a=b trimmed %}Fine {{ a }}{% endblocktranslate %} bare", ["bare"]),
        ('<img alt="Bare">', ["Bare"]),
        ('<a class="fine" href="/fine/" title="{% translate "Fine" %}">{{ x }}</a>', []),
        ('<a aria-label="Go to {{ place }}"></a>', ["Go to"]),
        ('<input type="submit" value="Send"><input name="on" value="fine">', ["Send"]),
        ('{% callout "note" "Nothing is there" %}', ["Nothing is there"]),
        ('{% callout "note" _("Nothing is there") %}', []),
        ('{{ value|default:"None" }}', ["None"]),
        ('<meta name="viewport" content="width=device-width">', []),
        ("{# nothing here #}<script>const fine = 1</script>", []),
    ],
)
def test_what_is_bare_in_a_template(source, bare):
    assert bare_in_template(source) == bare


# --- Python ---

SHOWN_ARGUMENTS = {
    *("label", "help_text", "verbose_name", "verbose_name_plural", "empty_label", "message"),
    *("violation_error_message", "description", "empty_value", "title", "heading"),
}
SHOWN_ATTRIBUTES = {
    *("verbose_name", "verbose_name_plural", "short_description", "site_header", "site_title"),
    *("index_title", "title", "empty_label", "help_text"),
}
# Calls of which a text among the arguments is shown.
SHOWN_BY = {
    *("ValidationError", "Refused", "add_error", "message_user"),
    *("success", "info", "warning", "error"),  # of django.contrib.messages
}
LOGGERS = {"logger", "log", "logging"}


def is_text(node) -> bool:
    """Whether a node is a literal that has words (an f-string with words is one)."""
    if isinstance(node, ast.JoinedStr):
        return any(is_text(part) for part in node.values)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(LETTERS.search(node.value))
    )


def texts_of(node):
    """Yield the literals in a value: itself, or what a list, tuple or dictionary holds."""
    if is_text(node):
        yield node
    elif isinstance(node, ast.List | ast.Tuple | ast.Set):
        for each in node.elts:
            yield from texts_of(each)
    elif isinstance(node, ast.Dict):
        for each in node.values:
            yield from texts_of(each)
    elif isinstance(node, ast.IfExp):
        yield from texts_of(node.body)
        yield from texts_of(node.orelse)


def name_of(node) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


class Bare(ast.NodeVisitor):
    """Collects the texts of a module that people see and that do not go through gettext."""

    def __init__(self):
        self.found: list[str] = []
        self.depth = 0
        self.eager: set[str] = set()

    def note(self, nodes) -> None:
        self.found += [f"line {node.lineno}: {ast.unparse(node)}" for node in nodes]

    def visit_Call(self, node):
        called = name_of(node.func)
        for keyword in node.keywords:
            if keyword.arg in SHOWN_ARGUMENTS and called != "JSONObject":
                self.note(texts_of(keyword.value))
        if called in SHOWN_BY and name_of(getattr(node.func, "value", None)) not in LOGGERS:
            arguments = node.args[1:] if called in {"add_error", "message_user"} else node.args
            for argument in arguments:
                self.note(texts_of(argument))
        if called.endswith("Field") and name_of(getattr(node.func, "value", None)) == "models":
            self.note(argument for argument in node.args[:1] if is_text(argument))
        if self.depth == 0 and called in self.eager:
            self.found.append(f"line {node.lineno}: translated once for all, when it is imported")
        self.generic_visit(node)

    def visit_ImportFrom(self, node):
        if node.module == "django.utils.translation":
            self.eager |= {
                each.asname or each.name
                for each in node.names
                if each.name in {"gettext", "ngettext", "pgettext", "npgettext"}
            }

    def visit_Assign(self, node):
        if any(name_of(target) in SHOWN_ATTRIBUTES for target in node.targets):
            self.note(texts_of(node.value))
        self.generic_visit(node)

    def visit_ClassDef(self, node):
        if {name_of(base) for base in node.bases} & {"TextChoices", "IntegerChoices"}:
            for line in node.body:
                if isinstance(line, ast.Assign):
                    parts = getattr(line.value, "elts", [line.value])
                    self.note([parts[-1]] if is_text(parts[-1]) else [])
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        for decorator in node.decorator_list:
            self.visit(decorator)
        self.depth += 1
        for line in node.body:
            self.visit(line)
        self.depth -= 1

    def visit_Lambda(self, node):
        self.depth += 1
        self.visit(node.body)
        self.depth -= 1


def bare_in_module(source: str) -> list[str]:
    bare = Bare()
    bare.visit(ast.parse(source))
    return bare.found


def modules() -> list[str]:
    names = (str(path.relative_to(ROOT)) for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(name for name in names if not any(part in name for part in NOT_INTERFACE))


def test_python():
    found = {
        name: bare for name in modules() if (bare := bare_in_module((ROOT / name).read_text()))
    }
    assert not found, "\n".join(f"{name}: {bare}" for name, bare in found.items())


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ('f = forms.CharField(label="Bare")', True),
        ('f = forms.CharField(label=_("Fine"), widget=Input(attrs={"class": "fine"}))', False),
        ('f = models.CharField("bare", max_length=5)', True),
        ('f = models.CharField(_("fine"), default="fine")', False),
        ('def f(): raise ValidationError("Bare.")', True),
        ('def f(): raise ValidationError({"day": ["Bare."]})', True),
        ('def f(): raise ValidationError(_("Fine."), code="fine")', False),
        ('def f(): self.add_error("fine", "Bare.")', True),
        ('def f(): self.add_error("fine", _("Fine."))', False),
        ('def f(): messages.success(request, f"Bare {name}")', True),
        ('def f(): logger.warning("Fine: for the log")', False),
        ('class K(models.TextChoices):\n    A = "a", "Bare"', True),
        ('class K(models.TextChoices):\n    FINE_NOT = "bare"', True),
        ('class K(models.TextChoices):\n    A = "a", _("fine")', False),
        ('class Meta:\n    verbose_name = "bare"', True),
        ('from django.utils.translation import gettext as _\nLABEL = _("Too early")', True),
        ('from django.utils.translation import gettext as _\ndef f(): return _("Fine")', False),
        ('from django.utils.translation import gettext_lazy as _\nLABEL = _("Fine")', False),
    ],
)
def test_what_is_bare_in_python(source, bare):
    assert bool(bare_in_module(source)) is bare


# --- Dates and numbers ---

DATE_AS_SPELT = re.compile(r"""\|(?:date|time):"([^"]*)\"""")
# Parts of a date, and what machines read; the rest takes the language's own format.
OF_ANY_LANGUAGE = re.compile(r"[a-zA-Z]|Y-m-d|[A-Z_]+_FORMAT")


def test_templates_leave_the_form_of_dates_to_the_language():
    found = {
        name: spelt
        for name in templates()
        for spelt in DATE_AS_SPELT.findall((ROOT / name).read_text())
        if not OF_ANY_LANGUAGE.fullmatch(spelt)
    }
    assert not found


def spelt_in_module(source: str) -> list[str]:
    """Return the calls and f-strings of a module that put dates or numbers into one language's form."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            spelt = "," in ast.unparse(node.format_spec)
        elif isinstance(node, ast.Call) and name_of(node.func) in {"date_format", "strftime"}:
            form = node.args[-1] if node.args else None
            literal = getattr(form, "value", None)
            spelt = isinstance(literal, str) and not OF_ANY_LANGUAGE.fullmatch(literal)
        else:
            continue
        if spelt:
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


def test_python_leaves_the_form_of_dates_and_numbers_to_the_language():
    found = {
        name: spelt for name in modules() if (spelt := spelt_in_module((ROOT / name).read_text()))
    }
    assert not found, "\n".join(f"{name}: {spelt}" for name, spelt in found.items())


def test_what_is_spelt_in_one_language():
    assert spelt_in_module('date_format(day, "j F Y")')
    assert spelt_in_module('f"{number:,}"')
    assert not spelt_in_module('f"{number:02}" + date_format(day, "YEAR_MONTH_FORMAT")')
