"""What people read of the difference between two texts."""

import pytest

from publishing.rich_text import paragraphs
from record.differences import GONE, NEW, SAME, difference


def said(before, after):
    """The difference as one line a paragraph: -gone- +new+ same."""
    marks = {SAME: "", GONE: "-", NEW: "+"}
    return [
        "".join(f"{marks[kind]}{text.strip()}{marks[kind]} " for kind, text in line).strip()
        for line in difference(paragraphs(before), paragraphs(after))
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", []),
        ("One two.", "One two.", ["One two."]),
        ("Nine joined.", "Ten joined.", ["-Nine- +Ten+ joined."]),
        ("", "<p>New</p>", ["+New+"]),
        ("<p>Old</p>", "", ["-Old-"]),
        ("<p>A</p><p>B</p><p>C</p>", "<p>A</p><p>C</p>", ["A", "-B-", "C"]),
        ("<h2>Head</h2><ul><li>a</li><li>b</li></ul>", "<h2>Head</h2><ul><li>a c</li></ul>",
         ["Head", "a +c+", "-b-"]),
        ("<p>a &amp; b</p>", "<p>a &amp; <strong>c</strong></p>", ["a & -b- +c+"]),
        ("1 < 2", "1 < 3", ["1 < -2- +3+"]),
        ("One.\n\nTwo.", "One.\n\nThree.", ["One.", "-Two.- +Three.+"]),
    ],
)  # fmt: skip
def test_words_taken_out_and_put_in(before, after, shown):
    assert said(before, after) == shown


def test_two_long_paragraphs_without_a_common_word_are_shown_whole():
    old, new = " ".join(f"a{n}" for n in range(2001)), " ".join(f"b{n}" for n in range(2001))
    assert [[kind for kind, _text in line] for line in difference([old], [new])] == [[GONE, NEW]]
