"""Every page as a picture, three widths, light and dark: what `make screenshots` runs.

No test by its name, so that `make test` leaves it out. The pictures and a contact sheet lie in
`.portal/screenshots/`. PAGES in the environment names some addresses, to take only these.
"""

import os
from itertools import product

import pytest
from django.conf import settings
from django.template import Context, Template

from tests.browser import addresses

FOLDER = settings.STATE_DIR / "screenshots"
SIZES = {360: 740, 768: 1024, 1440: 900}
SCHEMES = ("light", "dark")
# Pictures that would load when one scrolls to them.
LOAD_ALL = """() => Promise.all([...document.images].map((image) => {
    image.loading = "eager";
    return image.decode().catch(() => null);
}))"""
SHEET = """{% autoescape on %}<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Every page</title><style>
body { font: 14px/1.4 sans-serif; margin: 1rem; background: #ddd; color: #222; }
div { display: flex; gap: 1rem; align-items: start; overflow-x: auto; }
img { block-size: 30rem; inline-size: auto; max-inline-size: none; object-fit: cover; object-position: top; }
</style></head><body>{% for name, path, pictures in pages %}
<h2 id="{{ name }}">{{ path }}</h2><div>{% for picture in pictures %}<a href="{{ picture }}"><img src="{{ picture }}" alt="{{ picture }}" loading="lazy"></a>{% endfor %}</div>{% endfor %}
</body></html>{% endautoescape %}"""


def name_of(path: str) -> str:
    """Return a file's name for an address: `/members/?on=2022-04-14` → `members-on-2022-04-14`."""
    words = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in path)
    return "-".join(word for word in words.replace("-", " ").split()) or "home"


def pictures_of(path: str) -> list[str]:
    return [f"{name_of(path)}-{width}-{scheme}.png" for width, scheme in product(SIZES, SCHEMES)]


@pytest.mark.parametrize(("width", "scheme"), list(product(SIZES, SCHEMES)))
def test_pictures(demo_page, demonstration, width, scheme):
    """Take every page at one width in one scheme; write the contact sheet of all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    visits = {"": [*addresses.public_pages(), *addresses.STATES, *addresses.SIGN_IN]}
    visits[""] += demonstration.applications
    visits |= addresses.signed_in_pages()
    if only := os.environ.get("PAGES", "").split():
        visits = {
            email: [path for path in paths if path in only] for email, paths in visits.items()
        }
    for email, paths in visits.items():
        page = demo_page(email, size=(width, SIZES[width]), color_scheme=scheme)
        for path in paths:
            page.goto(path)
            page.evaluate(LOAD_ALL)
            target = FOLDER / f"{name_of(path)}-{width}-{scheme}.png"
            page.screenshot(path=target, full_page=True, animations="disabled", timeout=90_000)
    pages = [
        (name_of(path), path, pictures_of(path)) for paths in visits.values() for path in paths
    ]
    sheet = Template(SHEET).render(Context({"pages": pages}))
    (FOLDER / "index.html").write_text(sheet, encoding="utf-8")
