"""Whatever steps are taken in whatever order: the network of every day is the one of a plain model.

The model is a list of spans for each organisation and knows nothing of the record's code.
"""

import datetime
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from members import actions, merging, plans
from members.models import Membership, Organisation
from record.days import PartialDate
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2022, 9, 14)
A_DAY = datetime.timedelta(days=1)
# No 29th: what a year is then is asked in the table of terms.
DAYS = st.builds(datetime.date, st.integers(2020, 2023), st.integers(1, 12), st.integers(1, 28))
AFTER = st.integers(-60, 100) | st.sampled_from([0, 1, 92, 93])  # days from the last end
WHO = st.integers(0, 1)
CATEGORIES = st.sampled_from(["sponsored", "sponsored", "full", "regional", "not_on_record"])


class Refused(Exception):  # noqa: N818  as in members.plans
    """The model says that a step does not fit."""


class Span:
    """A membership of the model: from a day up to, not with, another one (None: no end)."""

    def __init__(self, first, after, category):
        self.first, self.after, self.category = first, after, category

    def holds(self, day):
        return self.first <= day and (self.after is None or day < self.after)


def a_year_after(day):
    return day.replace(year=day.year + 1)


def stand(spans):
    """Return the spans in order, or refuse them where two of them share a day."""
    spans = sorted(spans, key=lambda span: span.first)
    for earlier, later in pairwise(spans):
        if earlier.after is None or earlier.after > later.first:
            raise Refused
    if any(span.after is not None and span.after <= span.first for span in spans):
        raise Refused
    if any(span.category == "sponsored" and span.after is None for span in spans):
        raise Refused
    return spans


def model_admit(spans, category, first):
    after = a_year_after(first) if category == "sponsored" else None
    return stand([*spans, Span(first, after, category)])


def model_renew(spans):
    if not spans or spans[-1].after is None or spans[-1].first > TODAY:
        raise Refused
    last = spans[-1]
    return stand([*spans, Span(last.after, a_year_after(last.after), last.category)])


def model_convert(spans, first):
    if not spans or spans[-1].category != "sponsored":
        raise Refused
    *before, last = spans
    first = first or last.after
    if first <= last.first or (first - last.after).days > 92:
        raise Refused
    kept = Span(last.first, min(first, last.after), "sponsored")
    return stand([*before, kept, Span(first, None, "full")])


def model_end(spans, last_day):
    later = [span for span in spans if span.first > last_day]
    if any(span.first <= TODAY for span in later):
        raise Refused
    stay = [span for span in spans if span.first <= last_day]
    current = stay[-1] if stay else None
    if current is not None and current.holds(last_day):
        ended = Span(current.first, last_day + A_DAY, current.category)
        return stand([*stay[:-1], ended])
    if not later:
        raise Refused
    return stay


def model_correct(spans, first):
    telling = next((span for span in spans if span.holds(TODAY)), None)
    telling = telling or next((span for span in spans if span.first > TODAY), None)
    telling = telling or (spans[-1] if spans else None)
    if telling is None or telling.first == first:
        raise Refused
    others = [span for span in spans if span is not telling]
    return stand([*others, Span(first, telling.after, telling.category)])


def model_merge(spans, others):
    """Put the spans of two together: where they share days they must be of one category."""
    groups = []
    for span in sorted([*spans, *others], key=lambda span: span.first):
        if groups and shares_a_day(groups[-1], span):
            groups[-1].append(span)
        else:
            groups.append([span])
    return stand([span for group in groups for span in one_of(group, spans)])


def shares_a_day(group, span):
    return any(one.after is None or one.after > span.first for one in group)


def one_of(group, spans):
    """Return what remains of spans that share days: what one has already, or one from end to end."""
    own = [span for span in group if span in spans]
    if len(group) == 1:
        return group
    if len({span.category for span in group}) > 1:
        raise Refused
    days = days_of(own)
    if own and days_of(group) == days:
        return own
    if len(own) > 1:
        raise Refused
    afters = [span.after for span in group]
    after = None if None in afters else max(afters)
    return [Span(group[0].first, after, group[0].category)]


def days_of(spans):
    """Return the days of spans up to 2030, one by one: a model is slow and plain."""
    days = set()
    for span in spans:
        last = span.after or datetime.date(2030, 1, 1)
        days |= set(range(span.first.toordinal(), last.toordinal()))
    return days


class Life(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.sponsor = builders.organisation("Sponsor")
        self.organisations = [
            builders.organisation(f"One of {number}", region="Coast") for number in range(2)
        ]
        self.truth = {one.pk: [] for one in self.organisations}
        self.steps = []  # (organisation, moment, spans before)
        self.changed = False
        self.mergers = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def both(self, who, step, model, *facts):
        """Take a step in the record and in the model; both take it, or both refuse."""
        one = self.organisations[who]
        before = self.truth[one.pk]
        try:
            after = model(before, *facts)
        except Refused:
            after = None
        agreed = actions.preview(step, [one])
        assert agreed.possible is (after is not None), (step, agreed.rows)
        if after is None:
            with pytest.raises(actions.CannotBeDone):
                actions.take(step, [one], by=None)
            return
        done = actions.take(step, [one], by=None, agreed=agreed.mark)
        self.truth[one.pk] = after
        self.steps.append((one, done.moment, before))
        self.changed = True

    @initialize(first=DAYS, other=DAYS)
    def begin_with_two_who_are_sponsored(self, first, other):
        self.admit(0, "sponsored", first)
        self.admit(1, "sponsored", other)

    @rule(who=WHO, category=CATEGORIES, first=DAYS)
    def admit(self, who, category, first):
        sponsor = self.sponsor if category == "sponsored" else None
        step = plans.Admit(category=category, starts=PartialDate(first), sponsor=sponsor)
        self.both(who, step, model_admit, category, first)

    def last_of(self, who):
        spans = self.truth[self.organisations[who].pk]
        return spans[-1] if spans else Span(TODAY, None, "none")

    @precondition(lambda self: any(self.last_of(who).after for who in (0, 1)))
    @rule(data=st.data())
    def renew(self, data):
        who = data.draw(st.sampled_from([who for who in (0, 1) if self.last_of(who).after]))
        self.both(who, plans.Renew(), model_renew)

    @rule(data=st.data(), days=AFTER | st.none())
    def convert(self, data, days):
        fitting = [who for who in (0, 1) if self.last_of(who).category == "sponsored"] * 2
        who = data.draw(st.sampled_from([*fitting, 0, 1]))
        end = self.last_of(who).after or TODAY
        first = end + days * A_DAY if days is not None else None
        self.both(who, plans.ContinueAs(starts=first and PartialDate(first)), model_convert, first)

    @rule(who=WHO, last_day=DAYS)
    def end(self, who, last_day):
        # The reason makes every end a change, as it is in the form.
        reason = f"Reason {next(builders.numbers)}"
        step = plans.End(last_day=PartialDate(last_day), reason=reason)
        self.both(who, step, model_end, last_day)

    @rule(who=WHO, first=DAYS)
    def correct(self, who, first):
        self.both(who, plans.Correct(starts=PartialDate(first)), model_correct, first)

    @rule(number=st.integers(0, 3))
    def take_back(self, number):
        """Take back one of the last steps: it goes where nothing of that organisation followed."""
        if number >= len(self.steps):
            return
        one, moment, before = self.steps[-1 - number]
        followed = any(
            other == one for other, _moment, _before in self.steps[len(self.steps) - number :]
        )
        if followed:
            with pytest.raises(actions.CannotBeDone, match="Something followed"):
                actions.take_back(moment, by=None)
            return
        stood = self.truth[one.pk]
        done = actions.take_back(moment, by=None)
        self.truth[one.pk] = before
        self.steps.append((one, done.moment, stood))
        self.changed = True

    @rule(stays=WHO)
    def merge(self, stays):
        """One of the two turns out to be the other; another organisation takes its place."""
        kept, gone = self.organisations[stays], self.organisations[1 - stays]
        try:
            after = model_merge(self.truth[kept.pk], self.truth[gone.pk])
        except Refused:
            after = None
        shown = merging.preview(kept.pk, gone.pk)
        assert (shown.refusals == []) is (after is not None), shown.refusals
        if after is None:
            with pytest.raises(merging.CannotBeDone):
                merging.merge(kept.pk, gone.pk, {}, by=None)
            return
        merging.merge(kept.pk, gone.pk, {}, by=None, agreed=shown.mark)
        self.mergers += 1
        del self.truth[gone.pk]
        self.truth[kept.pk] = after
        self.organisations[1 - stays] = new = builders.organisation(
            f"Another of {self.mergers}", region="Coast"
        )
        self.truth[new.pk] = []
        self.steps = []
        self.changed = True

    @invariant()
    def the_network_is_the_same_on_every_day(self):
        """Between two bounds nothing changes: so the days at the bounds stand for every day."""
        if not self.changed:
            return
        self.changed = False
        bounds = {TODAY}
        for spans in self.truth.values():
            for span in spans:
                bounds |= {span.first, span.after or span.first}
        for bound in bounds:
            for day in (bound - A_DAY, bound):
                rows = Organisation.objects.members_on(day).with_category(day)
                expected = {
                    key: span.category
                    for key, spans in self.truth.items()
                    for span in spans
                    if span.holds(day)
                }
                assert dict(rows.values_list("pk", "category")) == expected, day


def test_the_network_of_every_day_is_that_of_a_plain_model(on_day):
    on_day(TODAY.isoformat())
    run_state_machine_as_test(
        Life,
        settings=settings(
            phases=[Phase.generate],  # to make a failure small takes many minutes
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Membership.objects.exists()
