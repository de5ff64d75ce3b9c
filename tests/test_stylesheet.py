"""Rules that every part of the stylesheet keeps."""

import re

import pytest

from alliance_portal import stylesheet

PHYSICAL = re.compile(
    r"(?:^|[{;\s])((?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*\s*:"
    r"|(?:left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)
# `width` and `height` of media queries, and of SVG's own attributes, are no properties of boxes.
QUERY = re.compile(r"@(?:media|container)[^{]*\{|\((?:min|max)-(?:width|height)[^)]*\)")
PARTS = sorted(stylesheet.FOLDER.rglob("*.css"))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_only_logical_properties_so_that_any_direction_of_writing_works(part):
    text = re.sub(r"/\*.*?\*/", "", part.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not PHYSICAL.findall(QUERY.sub("{", text))


@pytest.mark.parametrize(
    ("rule", "physical"),
    [
        ("a { margin-left: 1px; }", True),
        ("a { text-align: left }", True),
        ("a{left:0}", True),
        (
            "a { inline-size: 1px; text-align: start; stroke-width: 2; inset-inline-start: 0 }",
            False,
        ),
    ],
)
def test_what_is_physical(rule, physical):
    assert bool(PHYSICAL.findall(rule)) is physical


def test_the_newest_functions_of_colour_stand_behind_a_question_whether_they_are_known():
    for part in PARTS:
        text = part.read_text(encoding="utf-8")
        if "light-dark(" in text or "oklch(from" in text:
            assert part.name == "tokens.css", part.name
            before, _supports, _after = text.partition("@supports (color: light-dark(")
            assert "light-dark(" not in re.sub(r"/\*.*?\*/", "", before, flags=re.DOTALL)
            assert "oklch(from" not in before
