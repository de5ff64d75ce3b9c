"""Texts that no visitor may see, under one word that is in none but them."""

import datetime

import pytest
from django.utils import timezone

from tests import builders

WORD = "Zwischenruf"
SOON = datetime.timedelta(minutes=1)


@pytest.fixture
def hidden(group):
    """A draft, a scheduled post, a withdrawn one, one for members and one for a group."""
    soon = timezone.now() + SOON
    return {
        "draft": builders.post(f"{WORD} draft", state="draft"),
        "in review": builders.post(f"{WORD} review", state="in_review"),
        "scheduled": builders.post(f"{WORD} scheduled", visible_from=soon),
        "withdrawn": builders.post(
            f"{WORD} withdrawn", state="withdrawn", withdrawn_reason="Printed twice."
        ),
        "members": builders.post(f"{WORD} members", audience="members"),
        "group": builders.post(f"{WORD} group", audience="group", audience_group=group),
    }
