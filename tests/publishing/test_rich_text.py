"""What comes into a text: from the editor, from Word, from somebody hostile, or as plain typing."""

import pytest

from publishing.rich_text import clean, plain
from tests.clipboards import LEFTOVERS, SAMPLES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("Fewer than 5 < 10 & more", "<p>Fewer than 5 &lt; 10 &amp; more</p>"),
        ("1 < 2\n\n3 > 2", "<p>1 &lt; 2</p><p>3 &gt; 2</p>"),
        ("", ""),
        ("<p></p>", ""),
        ("<p>  <br></p>", ""),
        ("<div>Word</div>", "<p>Word</p>"),
        ("<h1>Big</h1><h5>Small</h5>", "<h2>Big</h2><h3>Small</h3>"),
        ("<b>bold</b> <i>it</i>", "<strong>bold</strong> <em>it</em>"),
        ('<p class="MsoNormal" style="mso-x:1">Word<o:p></o:p></p>', "<p>Word</p>"),
    ],
)
def test_typing_and_pasting_come_out_plain(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize("program", SAMPLES)
def test_what_programs_put_on_the_clipboard_comes_out_plain(program):
    pasted, wanted = SAMPLES[program]
    cleaned = clean(pasted)
    words = " ".join(cleaned.split())
    for part in wanted:
        assert part in words
    for leftover in LEFTOVERS:
        assert leftover not in words
    assert "<p> </p>" not in words
    assert clean(cleaned) == cleaned


def test_lists_of_a_word_processor_are_lists_within_lists():
    words = " ".join(clean(SAMPLES["word"][0]).split())
    assert (
        "<ul><li>Four meetings<ul><li>one in Split</li></ul></li><li>Two papers</li></ul>" in words
    )
    assert "<ol><li>Meet</li><li>Write</li></ol>" in words


@pytest.mark.parametrize(
    ("styled", "kept"),
    [
        ("<b style='font-weight:normal'>not bold</b>", "not bold"),
        ("<span style='font-weight:700'>bold</span>", "<strong>bold</strong>"),
        ("<span style='color:red; font-style: italic'>it</span>", "<em>it</em>"),
        ("<b style='mso-bidi-font-weight:normal'>bold</b>", "<strong>bold</strong>"),
        ("<p style='mso-x:1'>a<br/>b &lt; c</p>", "<p>a<br>b &lt; c</p>"),
        ("<span style='font-weight:700'>left open", "left open"),
    ],
)
def test_emphasis_is_what_the_style_says(styled, kept):
    assert kept in clean(styled)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a href='javascript:alert(1)'>x</a></svg>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='JaVaScRiPt:alert(1)' onclick='alert(1)'>x</a>",
        "<iframe src='https://example.org'></iframe>",
        "<style>*{display:none}</style>",
        "<p onmouseover=alert(1)>x</p>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<p><math><mi//xlink:href='data:x,<script>alert(1)</script>'></p>",
    ],
)
def test_nothing_hostile_stays(hostile):
    cleaned = clean(f"<p>Before</p>{hostile}<p>after</p>").lower()
    tags = cleaned.replace("&lt;", "").replace("&gt;", "")
    for word in ("<script", "<img", "<svg", "<iframe", "<style", "javascript:", "data:", " on"):
        assert word not in tags
    assert "before" in cleaned
    assert "after" in cleaned


def test_cleaning_twice_changes_nothing():
    once = clean("<h1>A</h1><div>b &amp; c <b>d</b></div><ul><li>e</li></ul>1 < 2")
    assert clean(once) == once


def test_the_words_alone():
    assert plain("<h2>A &amp; B</h2><p>c<br>d</p>") == "A & B c d"
