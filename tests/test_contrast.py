"""Contrast holds for any brand colour, in light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from tests.colours import Scheme, plain_tokens, tokens

# What stands on what, and the ratio that it keeps whatever the brand. Text needs 4.5, forms need 3.
PROMISED = [
    ("--text", "--paper", 15),
    ("--text", "--paper-deep", 14),
    ("--text", "--field-fill", 14),
    ("--text", "--tint-1", 11),
    ("--text", "--tint-2", 5),
    ("--text-quiet", "--paper", 6.5),
    ("--text-quiet", "--paper-deep", 6),
    ("--accent", "--paper", 5),
    ("--accent", "--paper-deep", 4.5),
    ("--accent", "--field-fill", 5),
    ("--on-accent", "--accent", 5),
    ("--edge", "--paper", 3),
    ("--edge", "--field-fill", 3),
    ("--time-full", "--paper", 3),
    ("--time-outline", "--paper", 3),
    ("--time-ended", "--paper", 3),
    ("--focus", "--paper", 3),
    ("--error", "--paper", 5.5),
    ("--success", "--paper", 5.5),
    ("--warning", "--paper", 5.5),
]
HUES = range(0, 360, 5)
CHROMAS = (0, 0.02, 0.08, 0.16, 0.235, 0.4)
LIGHTNESSES = (0, 0.45, 1)  # of the brand: they must not count


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("one", "other", "promised"), PROMISED)
def test_contrast_holds_around_the_hue_circle(one, other, promised, dark):
    values = tokens()
    lowest = min(
        (Scheme(values, dark=dark, brand=brand).contrast(one, other), brand)
        for hue in HUES
        for chroma in CHROMAS
        for brand in [f"oklch(0.5 {chroma} {hue})"]
    )
    assert lowest[0] >= promised


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_how_light_the_brand_is_does_not_count(dark):
    for name in ("--accent", "--time-ended", "--tint-3"):
        colours = {
            Scheme(tokens(), dark=dark, brand=f"oklch({lightness} 0.2 140)").oklch(name)
            for lightness in LIGHTNESSES
        }
        assert len(colours) == 1


@pytest.mark.parametrize(("one", "other", "promised"), PROMISED)
def test_contrast_holds_in_browsers_without_two_schemes(one, other, promised):
    assert Scheme(plain_tokens()).contrast(one, other) >= promised


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#ffffff", 21),
        ("#767676", "#fff", 4.54),
        ("oklch(1 0 0)", "oklch(0 0 0)", 21),
        ("oklch(0.627955 0.257683 29.2339)", "#ff0000", 1),
        ("color-mix(in oklab, #000 50%, #fff)", "#636363", 1),
    ],
)
def test_the_test_itself_works_out_known_ratios(one, other, ratio):
    assert Scheme({}).contrast(one, other) == pytest.approx(ratio, abs=0.02)


def test_a_formula_that_is_not_known_is_an_error():
    with pytest.raises(ValueError, match="hwb"):
        Scheme({"--paper": "hwb(90 10% 10%)"}).contrast("--paper", "#fff")
