"""/styleguide/ shows every component; only those who build pages see it."""

import re
from pathlib import Path

import pytest

from alliance_portal.styleguide import views

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def page(settings, client, db):
    settings.PORTAL_ENV = "development"
    return client.get("/styleguide/")


def test_visitors_and_chairs_do_not_find_it(visitor, chair, sign_in):
    assert visitor.get("/styleguide/").status_code == 404
    assert sign_in(chair).get("/styleguide/").status_code == 404


def test_staff_see_it(sign_in, editor):
    assert sign_in(editor).get("/styleguide/").status_code == 200


def test_in_development_everybody_sees_it(page):
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_every_component_is_shown(page):
    shown = {specimen.name for specimen in views.SPECIMENS} | views.ON_EVERY_PAGE
    assert shown == {path.stem for path in (ROOT / "static/css/components").glob("*.css")}


def test_a_component_is_a_stylesheet_and_a_template_of_the_same_name():
    """Those without a template are a class only, and say why."""
    stylesheets = {path.stem for path in (ROOT / "static/css/components").glob("*.css")}
    templates = {path.stem for path in (ROOT / "templates/components").glob("*.html")}
    assert stylesheets == templates | views.CLASSES.keys()
    assert not templates & views.CLASSES.keys()


def test_a_component_names_the_tag_that_draws_it_with_its_inputs(page):
    tags = {part.template for specimen in views.SPECIMENS for part in specimen.parts}
    included = {"years"}  # a part of the map
    for path in (ROOT / "templates/components").glob("*.html"):
        named = f"templates/components/{path.name}" in tags
        assert named or path.stem in included | views.ON_EVERY_PAGE, path.name


def test_what_it_names_exists(page):
    html = page.content.decode()
    for path in re.findall(r"<code>((?:templates|static)/[\w/.]+)</code>", html):
        assert (ROOT / path).exists(), path
    for name in re.findall(r'class="swatch--([\w-]+)"', html):
        assert f"--{name}:" in (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")


def test_every_component_is_there_in_light_and_in_dark(page):
    html = page.content.decode()
    sides = len(views.SPECIMENS) + 1
    assert html.count("specimen__side--light") == html.count("specimen__side--dark") == sides


def test_no_id_stands_twice(page):
    ids = re.findall(r'\bid="([^"]+)"', page.content.decode())
    assert sorted(ids) == sorted(set(ids))
