"""One stylesheet for the browser, put together from many parts.

The parts lie in `static/css/`: the files of `ORDER`, and between layout and states every file of
`components/` by name. `StylesheetFinder` offers them as `css/portal.css` to everything that looks
for static files (runserver, tests, collectstatic), so nothing is kept twice and a part that changes
is in the next answer. Comments and indentation are left out. Settings:

    STATICFILES_FINDERS = [
        "alliance_portal.stylesheet.StylesheetFinder",
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    ]
"""

import re
import tempfile
import threading
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/portal.css"
FOLDER = Path(__file__).resolve().parent.parent / "static" / "css"
LAYERS = "@layer tokens, reset, base, layout, components, states, print;\n"
ORDER = ("fonts", "tokens", "reset", "base", "layout", "components", "states", "print")

_SPARE = re.compile(r"/\*.*?\*/|^[ \t]+|[ \t]+$", re.DOTALL | re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{2,}")


def parts(folder=FOLDER):
    """The files that make the stylesheet, in their order."""
    for name in ORDER:
        if name == "components":
            yield from sorted((folder / name).glob("*.css"))
        else:
            yield folder / f"{name}.css"


def build(folder=FOLDER):
    """The whole stylesheet as text."""
    text = LAYERS + "\n".join(part.read_text(encoding="utf-8") for part in parts(folder))
    return _EMPTY_LINES.sub("\n", _SPARE.sub("", text)).strip() + "\n"


class StylesheetFinder(BaseFinder):
    """Finds `css/portal.css`, written anew into a temporary folder when a part has changed.

    Django may make several finders where threads ask at once and keep only one: all share a folder.
    """

    _lock = threading.Lock()
    _folder = None  # of this process; goes with it
    _state = None  # of the parts that the file was made of

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        with self._lock:
            if StylesheetFinder._folder is None:
                StylesheetFinder._folder = tempfile.TemporaryDirectory(prefix="portal-css-")
        self.storage = FileSystemStorage(location=self._folder.name)

    def check(self, **_kwargs):
        return []

    def find(self, path, find_all=False, **_kwargs):
        if path.replace("\\", "/") != NAME:
            return []
        target = Path(self._folder.name) / NAME
        with self._lock:
            state = [(part, part.stat().st_mtime_ns) for part in parts()]
            if state != StylesheetFinder._state:
                target.parent.mkdir(parents=True, exist_ok=True)
                fresh = target.with_suffix(".new")
                fresh.write_text(build(), encoding="utf-8")
                fresh.replace(target)  # who reads meanwhile has the old one whole
                StylesheetFinder._state = state
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns):  # noqa: ARG002 the interface of a finder
        self.find(NAME)
        yield NAME, self.storage
