"""The desk: what a person finds there, and what it costs."""

import pytest

from tests import builders


def test_a_chair_finds_the_group_and_the_overview_that_waits(chair, group, sign_in, on_day):
    on_day("2026-11-22")
    page = sign_in(chair).get("/desk/")
    assert page.status_code == 200
    assert "Digitalisation" in page.text
    assert "/desk/groups/digitalisation/overviews/2026/" in page.text


def test_the_desk_of_a_group(chair, group, sign_in, on_day):
    on_day("2026-11-22")
    builders.participation(builders.organisation("Wisła Cyfrowa"), group, "2026-09-01")
    page = sign_in(chair).get("/desk/groups/digitalisation/")
    assert page.status_code == 200
    assert "Wisła Cyfrowa" in page.text
    assert "Write the 2026 overview" in page.text


def test_looking_at_the_editor_makes_no_row(chair, group, sign_in, on_day):
    on_day("2026-11-22")
    page = sign_in(chair).get("/desk/groups/digitalisation/overviews/2026/")
    assert page.status_code == 200
    assert not group.overviews.exists()
