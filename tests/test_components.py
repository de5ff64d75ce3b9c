"""The components, the base page and the stylesheet."""

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import timezone, translation

from alliance_portal import stylesheet
from alliance_portal.templatetags import components
from record import drawings

ROOT = Path(__file__).resolve().parent.parent


def render(text, **context):
    return Template("{% load components %}" + text).render(Context(context))


# Words


def test_day_and_month_never_part():
    assert components.day(date(2022, 4, 14)) == "14\xa0April 2022"


def test_a_moment_is_shown_as_the_day_it_is_here():
    moment = datetime(2022, 12, 31, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    assert components.day(moment) == "1\xa0January 2023"


def test_a_day_follows_the_language():
    with translation.override("fr"):
        assert components.day(date(2022, 4, 14)) == "14\xa0avril 2022"


@pytest.mark.parametrize(
    ("value", "words"),
    [("March 2022", "March 2022"), ("14 April 2022", "14\xa0April 2022"), (None, ""), ("", "")],
)
def test_what_prints_itself_is_left_to_do_so(value, words):
    assert components.day(value) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Cluj IT Cluster", "CI"),
        ("Agoria", "A"),
        ("Øst-Norge ærlig", "ØÆ"),
        ("Ωmega IT", "ΩI"),
        ("4IT", "I"),
        ("42", "4"),
        ("", ""),
    ],
)
def test_initials(name, letters):
    assert components.initials(name) == letters


def test_a_toast_offers_an_undo_only_where_there_is_one_and_can_be_hidden_without_script():
    plain = render("{% toast 'Saved.' %}")
    assert "Undo" not in plain
    assert '<form method="dialog"><button>Hide</button></form>' in plain
    html = render("{% toast 'Saved.' undo='/desk/undo/' %}")
    assert '<form method="post" action="/desk/undo/">' in html


def test_a_wrong_name_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument"):
        render("{% callout kind='note' heading='x' %}")


def test_what_people_write_is_escaped():
    html = render(
        "{% callout 'note' words words %}{% toast words %}{% figure words words words %}{% tag words %}"
        "{% byline words lines %}{% empty_state words words links %}{% monogram words %}"
        "{% breadcrumbs links %}{% chips links %}{% section_head words words %}",
        words="<b>x",
        lines=["<b>x"],
        links=[("<b>x", "/")],
    )
    assert "<b>" not in html


# Forms


def test_errors_are_named_in_the_order_of_the_fields_and_the_page_opens_on_them():
    class Two(forms.Form):
        first, second = forms.CharField(), forms.CharField()

    form = Two({})
    form.full_clean()
    form._errors = type(form.errors)({"second": ["B."], "first": ["A."]}, renderer=form.renderer)
    form.add_error(None, "Both.")
    html = render("{% error_summary form %}", form=form)
    assert html.index("Both.") < html.index("A.") < html.index("B.")
    assert 'tabindex="-1" id="errors" autofocus' in html


class Form(forms.Form):
    title = forms.CharField(help_text="A line.")
    sure = forms.ChoiceField(choices=[("d", "Day")], widget=forms.RadioSelect, label="How sure?")
    note = forms.CharField(required=False)
    agreed = forms.BooleanField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def test_a_field_ties_label_help_and_error_to_its_input():
    html = render("{% field form.title %}", form=Form({}))
    assert 'for="id_title"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert html.index('id="id_title_error"') < html.index("<input")
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so_and_choices_have_a_legend():
    form = Form()
    assert "(optional)" in render("{% field form.note %}", form=form)
    assert "(optional)" not in render("{% field form.title %}", form=form)
    assert "<legend>How sure?" in render("{% field form.sure %}", form=form)
    assert "field--choice" in render("{% field form.agreed %}", form=form)


def test_a_hidden_field_comes_bare():
    html = render("{% field form.token %}", form=Form())
    assert html.strip().startswith('<input type="hidden"')


def test_a_form_alone_is_drawn_with_the_same_field():
    html = str(Form())
    assert len(re.findall(r'class="field[ "]', html)) == 4
    assert html.count('type="hidden"') == 1


def test_the_summary_links_to_each_field():
    html = render("{% error_summary form %}", form=Form({}))
    assert "3 things to put right" in html
    assert '<a href="#id_title">Title: This field is required.</a>' in html
    assert '<a href="#id_sure">How sure? This field is required.</a>' in html
    assert "<li>This field is required.</li>" in html


def test_the_summary_takes_formsets():
    rows = forms.formset_factory(Form, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": ""}
    html = render("{% error_summary form rows %}", form=Form(), rows=rows(data))
    assert 'href="#id_form-0-title"' in html


def test_the_summary_is_empty_without_errors():
    assert render("{% error_summary form %}", form=Form()).strip() == ""


# Light and dark


def test_the_scheme_is_set_before_anything_is_drawn():
    html = render_to_string("500.html")
    assert html.index("js/scheme.js") < html.index("portal.css")
    assert "defer" not in html
    assert "async" not in html


def test_the_switch_is_a_group_of_three_choices_and_the_device_decides_first():
    html = render("{% scheme_switch %}")
    assert re.findall(r'name="theme" value="(\w+)"', html) == ["auto", "light", "dark"]
    assert html.count("checked") == 1
    assert "<legend>Colours</legend>" in html


def test_the_script_of_the_switch_is_small():
    """It stands in the head of every page, before the stylesheet."""
    assert len(gzip.compress((ROOT / "static/js/scheme.js").read_bytes())) < 1024


# Filters


class Filters(forms.Form):
    q = forms.CharField(required=False, label="Name")
    country = forms.MultipleChoiceField(
        required=False, choices=[(f"c{number}", f"Country {number}") for number in range(28)]
    )
    state = forms.ChoiceField(required=False, choices=[("", "Any"), ("m", "Member")])
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))


def filterset(query=""):
    return SimpleNamespace(form=Filters(QueryDict(query)))


def test_filters_come_as_fieldsets_with_counts():
    html = render(
        "{% filter_panel filters counts=counts keep=keep %}",
        filters=filterset("country=c1&q=klaster"),
        counts={"country": {"c1": 3}},
        keep=[("view", "cards"), ("sort", "")],
    )
    assert "Filters, 2 chosen" in html
    assert 'value="c1" checked' in html
    assert '<span class="facet__count">3</span>' in html
    assert "All 28" in html
    assert 'type="radio" name="state" value="" checked' in html
    assert '<input type="date" name="since"' in html
    assert '<input type="hidden" name="view" value="cards">' in html
    assert 'name="sort"' not in html


def test_a_chosen_value_is_never_folded_away():
    [group] = [g for g in components.filter_groups(filterset("country=c27")) if g.name == "country"]
    assert group.shown[-1][0] == "c27"
    assert len(group.shown) + len(group.rest) == 28


def test_a_view_may_hand_over_groups_itself():
    group = {"legend": "State", "name": "state", "choices": [("m", "Member", 36, True)]}
    assert "36" in render("{% filter_panel groups %}", groups=[group])


def test_pages_keep_the_filters():
    page = Paginator(range(100), 10).page(2)
    html = render("{% pagination page query %}", page=page, query=QueryDict("q=a&q=b&page=2"))
    assert 'href="?q=a&amp;q=b" rel="prev"' in html
    assert 'href="?q=a&amp;q=b&amp;page=3" rel="next"' in html
    assert 'page=2" aria-current="page"' in html


def test_a_single_page_has_no_pages():
    assert render("{% pagination page %}", page=Paginator([1], 10).page(1)).strip() == ""


# Drawings


def test_positions_keep_their_point_in_every_language():
    axis = drawings.Axis(date(2020, 1, 1), date(2030, 1, 1), date(2026, 11, 22))
    bars = drawings.bars([drawings.Period(first_day=date(2021, 5, 1))], axis)
    with translation.override("fr"):
        html = render("{% time_bar bars axis %}{% time_axis axis %}", bars=bars, axis=axis)
    assert 'x="13.3%"' in html
    assert "," not in html


def test_a_drawing_is_read_out_or_hidden():
    axis = drawings.Axis(date(2020, 1, 1), date(2030, 1, 1), date(2026, 11, 22))
    assert 'aria-hidden="true"' in render("{% time_bar bars axis %}", bars=[], axis=axis)
    assert 'role="img" aria-label="Full"' in render(
        "{% time_bar bars axis 'Full' %}", bars=[], axis=axis
    )


@pytest.mark.parametrize("number", [0, 1, 500])
def test_large_drawings_render_at_any_size(number):
    today = date(2026, 11, 22)
    periods = [drawings.Period(first_day=date(2010, 1, 1), member=str(n)) for n in range(number)]
    axis = drawings.Axis.spanning(periods, today)
    html = render(
        "{% growth_chart growth 'Growth' %}{% step_line steps %}{% year_of_dots dots 'Year' %}",
        growth=drawings.growth(periods, axis),
        steps=drawings.steps(periods, axis),
        dots=drawings.year_of_dots(2026, [("Meetings", "1", [today])], today),
    )
    assert "style=" not in html


# Pages


def site(**more):
    return SimpleNamespace(
        name="Alliance",
        notice="",
        address_lines=["Street 1"],
        navigation=[("Members", "/members/"), ("News", "/news/")],
        footer=[("Follow", [("Feed", "/feed/")])],
        today=date(2026, 11, 22),
        **more,
    )


def test_the_base_page_holds_nothing_of_the_visitor(rf, settings):
    request = rf.get("/news/one/", headers={"cookie": "sessionid=abc; name=Ada"})
    request.resolver_match = None
    html = render_to_string("base.html", {"site": site(), "section": "/news/", "request": request})
    assert "csrf" not in html
    assert 'href="/news/" aria-current="true"' in html
    assert "22\xa0November 2026" in html
    assert "style=" not in html
    assert re.findall(r"<script[^>]*>", html) == [
        '<script src="/static/js/scheme.js">',
        '<script type="application/ld+json">',
    ]
    assert "abc" not in html
    assert "Ada" not in html
    for address in re.findall(r"https?://[^\"<]+", html):
        assert address.startswith((settings.SITE_URL, "https://schema.org"))


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_pages_for_faults_stand_alone(template):
    html = render_to_string(template)
    assert "<h1>" in html
    assert "css/portal.css" in html


# The stylesheet


def test_the_stylesheet_is_found_as_one_file():
    path = finders.find("css/portal.css")
    assert path
    text = Path(path).read_text(encoding="utf-8")
    assert text.startswith("@layer tokens, reset, base, layout, components, states, print;")
    assert "/*" not in text
    assert ".figures" in text


def test_the_finder_lists_its_file_for_collecting():
    finder = stylesheet.StylesheetFinder()
    [(name, storage)] = finder.list([])
    assert name == "css/portal.css"
    assert storage.exists(name)


def test_a_part_that_changes_is_in_the_next_answer(monkeypatch, tmp_path):
    for name in stylesheet.ORDER:
        (tmp_path / f"{name}.css").write_text("", encoding="utf-8")
    (tmp_path / "components").mkdir()
    part = tmp_path / "components" / "new.css"
    monkeypatch.setattr(stylesheet, "parts", lambda: [part])
    monkeypatch.setattr(stylesheet, "build", lambda: part.read_text(encoding="utf-8"))
    finder = stylesheet.StylesheetFinder()
    part.write_text(".a {}", encoding="utf-8")
    assert Path(finder.find("css/portal.css")).read_text(encoding="utf-8") == ".a {}"
    part.write_text(".a {} .b {}", encoding="utf-8")
    assert ".b" in Path(finder.find("css/portal.css")).read_text(encoding="utf-8")


def test_threads_that_ask_at_once_all_get_the_stylesheet():
    """Each thread makes a finder and drops it, as Django's cache of finders does under a race."""
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(
            lambda _: stylesheet.StylesheetFinder().find("css/portal.css"), range(40)
        )
    for path in answers:
        assert Path(path).read_text(encoding="utf-8").endswith("}\n")


def test_every_part_stands_in_its_layer():
    for part in stylesheet.parts():
        text = part.read_text(encoding="utf-8")
        assert text.count("{") == text.count("}"), part.name
        if part.name != "fonts.css":
            layer = "components" if part.parent.name == "components" else part.stem
            assert f"@layer {layer} {{" in text, part.name


def test_colours_are_named_once():
    for part in (ROOT / "static/css/components").glob("*.css"):
        colours = set(
            re.findall(r"#[0-9a-f]{3,8}\b|oklch\(|rgb\(", part.read_text(encoding="utf-8"))
        )
        assert colours <= {"#fff"}, part.name


def test_every_token_that_is_used_is_defined():
    text = stylesheet.build()
    defined = set(re.findall(r"(--[\w-]+):", text))
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert used <= defined


def test_every_class_in_the_guide_exists():
    guide = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    css = stylesheet.build()
    named = {
        name
        for group in re.findall(r'class="([^"{]+)"', guide)
        for name in group.split()
        if name != "picture"
    }
    missing = {name for name in named if not re.search(rf"\.{re.escape(name)}\b", css)}
    assert missing == set()


def test_every_component_is_used_by_a_tag_and_escapes_its_words():
    source = (ROOT / "alliance_portal/templatetags/components.py").read_text(encoding="utf-8")
    included = "".join(
        (ROOT / "templates" / name).read_text(encoding="utf-8")
        for name in ("base.html", "components/map.html")
    )
    for template in (ROOT / "templates/components").glob("*.html"):
        path = f"components/{template.name}"
        assert path in source or path in included, path
        assert "style=" not in template.read_text(encoding="utf-8")
