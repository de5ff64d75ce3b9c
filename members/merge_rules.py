"""What becomes of everything that points to an organisation when it is merged into another one."""

from collections.abc import Iterator

from django.db import models
from simple_history.models import HistoricalChanges

# What becomes of what points to the one that goes.
MOVES = "moves"  # it points to the one that stays
JOINS = "joins"  # it moves; where both have it at the same time, one record of the two remains
ONCE = "once"  # it moves, unless the one that stays has the same
LISTED = "listed"  # a list that names the one that goes names the one that stays, once
OWN = "own"  # this module sees to it
RULES = {
    "members.alias.organisation": OWN,
    "members.aretwo.one": OWN,
    "members.aretwo.other": OWN,
    "members.application.organisation": MOVES,
    "members.affiliation.organisation": JOINS,
    "members.confirmationrequest.organisation": ONCE,
    "members.endingnotice.membership": ONCE,
    "members.figure.about": MOVES,
    "members.membership.organisation": JOINS,
    "members.membership.sponsor": MOVES,
    "members.membership.on_behalf_of": MOVES,
    "members.membership.helped_by": LISTED,
    "members.merger.kept": MOVES,
    "members.networkcoordination.organisation": MOVES,
    "members.networkmember.organisation": JOINS,
    "members.profilechange.organisation": MOVES,
    "members.quotation.organisation": MOVES,
    "members.representation.organisation": JOINS,
    "news.post.memberships": LISTED,
    "news.post.organisations": LISTED,
    "news.quotebox.organisation": MOVES,
    "working_groups.activity.helped_by": LISTED,
    "working_groups.expert.participation": JOINS,
    "working_groups.guestappearance.organisation": MOVES,
    "working_groups.joinrequest.organisation": MOVES,
    "working_groups.joinrequest.participation": MOVES,
    "working_groups.participation.organisation": JOINS,
}
# Two records become one only where these are the same in both.
MUST_AGREE = {"members.membership": ("category", "sponsor_id", "on_behalf_of_id")}


def relations_to(model) -> Iterator[tuple[str, models.Field]]:
    """Yield (label, field) of every foreign key and many-to-many that points to a model.

    Not the history, which says how things stood, nor the tables behind many-to-manys.
    """
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        source = relation.related_model
        through = source._meta.auto_created
        inherited = getattr(relation, "parent_link", False)
        if not (through or inherited or issubclass(source, HistoricalChanges)):
            yield f"{source._meta.label_lower}.{relation.field.name}", relation.field
