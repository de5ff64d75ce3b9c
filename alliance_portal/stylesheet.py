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
import shutil
import tempfile
import weakref
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
    """Finds `css/portal.css`, written anew into a temporary folder when a part has changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._folder = tempfile.mkdtemp(prefix="portal-css-")
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._state = None
        self.storage = FileSystemStorage(location=self._folder)

    def check(self, **_kwargs):
        return []

    def find(self, path, find_all=False, **_kwargs):
        if path.replace("\\", "/") != NAME:
            return []
        target = Path(self._folder) / NAME
        state = [(part, part.stat().st_mtime_ns) for part in parts()]
        if state != self._state:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(build(), encoding="utf-8")
            self._state = state
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns):  # noqa: ARG002 the interface of a finder
        self.find(NAME)
        yield NAME, self.storage
