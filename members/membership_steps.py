"""The steps of a membership in the admin: one page for each, for one organisation or for many.

What is typed → what will stand in the record, row by row → done, with a way back. The page holds all
that it needs in its own form, so it works without script, and nothing is done that was not shown.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members import actions
from members.cohorts import Cohort, cohorts_of, sponsored_on
from members.directory import telling_membership
from members.follow_ups import links_for
from members.models import Category, Membership, Organisation
from members.plans import CannotBeDone, Change, in_full
from members.step_forms import FORMS, TakeBackForm
from publishing.lists import page_of
from record.admin import explain
from record.days import today

MOST = 200  # organisations at once
MOST_STEPS = 50  # rows of the history of memberships on an organisation's history page
TAKE_BACK = "take-back"
STEP = "admin:members_organisation_step"
MAY = "members.keep_memberships"


def address_of(
    verb: str, organisations: Sequence[int] = (), memberships: Sequence[int] = ()
) -> str:
    """Return the address of a step's page for these organisations, or these memberships."""
    query = [*(("o", key) for key in organisations), *(("m", key) for key in memberships)]
    return f"{reverse(STEP, args=[verb])}?{urlencode(query)}"


def address_to_take_back(moment: datetime.datetime) -> str:
    return f"{reverse(STEP, args=[TAKE_BACK])}?{urlencode({'moment': moment.isoformat()})}"


@dataclass
class Asked:
    """What the address, or the form that was sent, is about."""

    verb: str
    data: dict

    def __post_init__(self):
        keys = {name: _keys(self.data.getlist(name)) for name in ("o", "m")}
        self.memberships = frozenset(keys["m"])
        self.organisations = keys["o"]
        self.moment = None
        if self.verb == TAKE_BACK:
            self.moment = _moment(self.data.get("moment", ""))

    def found(self) -> list[Organisation]:
        """Return the organisations that are meant, one query for each way to name them."""
        if self.moment:
            return list(actions.touched_at(self.moment).by_name())
        meant = Organisation.objects.filter(pk__in=self.organisations)
        if self.memberships:
            of = Membership.objects.filter(pk__in=self.memberships).values("organisation")
            meant |= Organisation.objects.filter(pk__in=of)
        return list(meant.distinct().by_name()[: MOST + 1])

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """Return what the form carries on, so that the next request means the same."""
        if self.moment:
            return [("moment", self.moment.isoformat())]
        return [*(("o", key) for key in self.organisations),
                *(("m", key) for key in sorted(self.memberships))]  # fmt: skip


def _keys(texts: list[str]) -> list[int]:
    good = [text for text in texts if text.isascii() and text.isdecimal() and len(text) <= 18]
    return list(dict.fromkeys(int(text) for text in good))[: MOST + 1]


def _moment(text: str) -> datetime.datetime:
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment


class StepPage:
    """One request to the page of a step: the form, then what will stand, then it is done."""

    def __init__(self, model_admin, request, verb: str):
        self.model_admin, self.request = model_admin, request
        self.posted = request.method == "POST"
        self.asked = Asked(verb, request.POST if self.posted else request.GET)
        self.organisations = self.asked.found()
        # What is to be taken back is known without a form: its preview stands there at once.
        data = request.POST if self.posted else {"why": ""} if self.asked.moment else None
        self.form = FORMS.get(verb, TakeBackForm)(data, chosen=self.asked.memberships)
        self.shown: actions.Preview | None = None
        self.problem = ""

    def answer(self):
        if problem := self.wrong_choice():
            self.model_admin.message_user(self.request, problem, messages.WARNING)
            return HttpResponseRedirect(reverse("admin:members_organisation_changelist"))
        if self.form.is_valid():
            what = self.request.POST.get("what")
            if what == "do" and (done := self.do()):
                return self.say(done)
            self.shown = actions.preview(self.step, self.organisations)
            if what == "without" and self.shown.refused:
                self.leave_out_the_refused()
        return TemplateResponse(self.request, "admin/members/steps/step.html", self.context())

    @cached_property
    def step(self) -> actions.Step:
        return actions.TakeBack(self.asked.moment) if self.asked.moment else self.form.step()

    def wrong_choice(self) -> str:
        if len(self.organisations) > MOST:
            return _("Choose %(number)s organisations at once at the most.") % {"number": MOST}
        if self.organisations:
            return ""
        if self.asked.moment:
            return _("Nothing was done to a membership at that moment.")
        return _("Choose at least one organisation first.")

    def do(self) -> actions.Preview | None:
        """Carry the step out as it was shown. Returns None where it was not, and says why."""
        agreed = self.request.POST.get("agreed", "")
        if not agreed:
            self.problem = _("Look first at what will stand in the record.")
            return None
        try:
            return actions.take(
                self.step,
                self.organisations,
                by=self.request.user,
                why=self.form.said_why(),
                agreed=agreed,
            )
        except (actions.RecordChanged, CannotBeDone) as refusal:
            self.problem = str(refusal)
        except IntegrityError as error:
            self.problem = explain(error)
        return None

    def leave_out_the_refused(self):
        self.organisations = [row.organisation for row in self.shown.rows if not row.refusal]
        kept = {one.pk for one in self.organisations}
        self.asked.organisations, self.asked.memberships = sorted(kept), frozenset(
            Membership.objects.filter(pk__in=self.asked.memberships, organisation__in=kept)
            .values_list("pk", flat=True)
        )  # fmt: skip
        self.shown = actions.preview(self.step, self.organisations)

    def say(self, done: actions.Preview):
        """Say what was done, with the way back, and lead to where it is seen."""
        number = len(self.organisations)
        if number == 1:
            where = reverse("admin:members_organisation_change", args=[self.organisations[0].pk])
            about = str(self.organisations[0])
        else:
            where = reverse("admin:members_organisation_changelist")
            about = ngettext("%(number)s organisation", "%(number)s organisations", number)
            about = about % {"number": number}
        links = [(_("Take it back"), address_to_take_back(done.moment)),
                 *links_for(self.request.user, begun_in(done))]  # fmt: skip
        message = format_html(
            "{}: {}. {}",
            about, self.form.done,
            format_html_join(" ", '<a href="{1}">{0}</a>', links),
        )  # fmt: skip
        self.model_admin.message_user(self.request, message, messages.SUCCESS)
        return HttpResponseRedirect(where)

    def context(self) -> dict:
        only = self.organisations[0] if len(self.organisations) == 1 else None
        return {
            **self.model_admin.admin_site.each_context(self.request),
            "title": self.form.title,
            "subtitle": str(only or ""),
            "opts": self.model_admin.opts,
            "original": only,
            "intro": self.form.intro,
            "form": self.form,
            "kept": self.asked.kept,
            "problem": self.problem,
            "number": len(self.organisations),
            "standing": [] if self.shown else _standing(self.organisations),
            "shown": self.shown,
            "rows": [_row(row) for row in self.shown.rows] if self.shown else [],
            "needs_form": self.asked.moment is None,
        }


def begun_in(done: actions.Preview) -> list[Membership]:
    """Return the memberships that a step put into the record."""
    changes = [change for row in done.rows for change in row.changes]
    return [change.after for change in changes if change.before is None and change.after]


def _standing(organisations: list[Organisation]) -> list[tuple[Organisation, str]]:
    """Return each organisation with how things stand with it today; one query."""
    keys = [one.pk for one in organisations]
    by_organisation: dict[int, list[Membership]] = {}
    for row in Membership.objects.filter(organisation__in=keys).newest_first():
        by_organisation.setdefault(row.organisation_id, []).append(row)
    rows = []
    for one in organisations:
        telling = telling_membership(by_organisation.get(one.pk, []), today())
        rows.append((one, telling.state_in_words() if telling else _("Never a member")))
    return rows


@dataclass(frozen=True)
class ShownRow:
    """What a preview says of one organisation: pairs of before and after, each as sentences."""

    organisation: Organisation
    pairs: list[tuple[list[str], list[str]]]
    refusal: str


def _row(planned: actions.Planned) -> ShownRow:
    """Return the changes of an organisation; where they leave its last membership, that first."""
    pairs = [change_in_words(change) for change in planned.changes]
    touched = {change.before.pk for change in planned.changes if change.before}
    last = planned.standing[0] if planned.standing else None
    if pairs and last is not None and last.pk not in touched:
        pairs.insert(0, (in_full(last), [_("Stays as it is.")]))
    return ShownRow(planned.organisation, pairs, planned.refusal)


def change_in_words(change: Change) -> tuple[list[str], list[str]]:
    """Return how a membership stands and how it will, each as sentences; never an empty side."""
    nothing_yet, nothing_more = [_("Not on record.")], [_("No longer on record.")]
    after = in_full(change.after) if change.after else nothing_more
    if change.helped_by:
        names = ", ".join(str(one) for one in change.helped_by)
        after.append(_("With help of %(names)s.") % {"names": names})
    return in_full(change.before) if change.before else nothing_yet, after


# -- the way in -----------------------------------------------------------------------------------


def buttons_for(organisation: Organisation, user) -> dict:
    """Return how things stand with an organisation and the steps that fit, as (label, address)."""
    memberships = list(organisation.memberships.newest_first())
    telling = telling_membership(memberships, today())
    last = memberships[0] if memberships else None
    sponsored = last is not None and last.category == Category.SPONSORED
    fitting = {
        "admit": last is None or last.has_ended(),
        "convert": sponsored,
        "renew": last is not None and last.ends is not None and not last.is_announced(),
        "end": last is not None and not last.has_ended(),
        "lapse": sponsored and not last.not_continued,
        "correct": last is not None,
    }
    labels = [(FORMS[verb].title, verb) for verb, fits in fitting.items() if fits]
    return {
        "standing": telling.state_in_words() if telling else _("Never a member"),
        "buttons": [
            *((label, address_of(verb, [organisation.pk])) for label, verb in labels),
            *links_for(user, [last] if last else []),
        ],
    }


def _action(verb: str):
    """Return the admin action that leads from chosen rows to the page of a step."""

    @admin.action(description=FORMS[verb].title, permissions=["steps"])
    def lead_on(model_admin, _request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        of_memberships = model_admin.model is Membership
        return HttpResponseRedirect(
            address_of(verb, memberships=keys) if of_memberships else address_of(verb, keys)
        )

    lead_on.__name__ = f"{verb}_chosen"
    return lead_on


class StepActions:
    """Mixed into the admin of organisations and of memberships: the steps as actions of the list."""

    actions = tuple(_action(verb) for verb in FORMS)

    def has_steps_permission(self, request):
        return request.user.has_perm(MAY)


class StepsOfOrganisation(StepActions):
    """Mixed into the admin of organisations: the pages of the steps, buttons, and their history."""

    change_form_template = "admin/members/steps/organisation_form.html"
    object_history_template = "admin/members/steps/organisation_history.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        cohorts = self.admin_site.admin_view(self.cohorts_view)
        return [
            path("steps/<slug:verb>/", view, name="members_organisation_step"),
            path("cohorts/", cohorts, name="members_organisation_cohorts"),
            *super().get_urls(),
        ]

    def step_view(self, request, verb):
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        if verb not in FORMS and verb != TAKE_BACK:
            raise Http404
        return StepPage(self, request, verb).answer()

    def cohorts_view(self, request):
        if not request.user.has_perm("members.view_membership"):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **board(request.GET, may_step=request.user.has_perm(MAY)),
            "title": _("Sponsored cohorts"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/members/steps/cohorts.html", context)

    def render_change_form(self, request, context, **kwargs):
        organisation = kwargs.get("obj")
        if organisation and not organisation.is_alliance and request.user.has_perm(MAY):
            context["membership"] = buttons_for(organisation, request.user)
        return super().render_change_form(request, context, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        steps = steps_of(object_id) if str(object_id).isdecimal() else []
        may = request.user.has_perm(MAY)
        return super().history_view(
            request,
            object_id,
            {"membership_steps": steps, "may_take_back": may, **(extra_context or {})},
        )


# -- sponsored cohorts ----------------------------------------------------------------------------

ON_THE_BOARD = ("convert", "renew", "lapse")


def board(query, *, may_step: bool) -> dict:
    """Return the sponsored cohorts as staff see them: those in which something runs or is announced,
    or all; each with the steps for all of its members that are not decided yet.
    """
    everything = "all" in query
    rows = Membership.objects.sponsored().with_parties().newest_first()
    cohorts = cohorts_of(sponsored_on(rows))
    shown = [one for one in cohorts if everything or one.is_open]
    page, note = page_of(shown, query.get("page"))
    return {
        "page": page,
        "parameters": {"all": ""} if everything else {},
        "notes": [note] if note else [],
        "everything": everything,
        "number": len(cohorts),
        "cohorts": [(one, _steps_for(one) if may_step else []) for one in page],
    }


def _steps_for(cohort: Cohort) -> list[tuple[str, str]]:
    keys = [place.membership.organisation_id for place in cohort.undecided][:MOST]
    return [(FORMS[verb].title, address_of(verb, keys)) for verb in ON_THE_BOARD if keys]


# -- the history ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class PastStep:
    """What was done to an organisation's memberships at one moment."""

    when: datetime.datetime
    who: str
    why: str
    changes: list[str]
    back: str  # the address that takes it back; empty where something followed


def steps_of(organisation: int | str) -> list[PastStep]:
    """Return what was done to the memberships of an organisation, newest first; two queries."""
    rows = list(
        Membership.history.filter(organisation_id=organisation)
        .select_related("history_user")
        .order_by("-history_date", "-history_id")[: MOST_STEPS + 1]
    )
    keys = {key for row in rows for key in (row.sponsor_id, row.on_behalf_of_id) if key}
    parties = Organisation.objects.in_bulk(keys)
    steps = []
    for moment, together in groupby(rows[:MOST_STEPS], key=lambda row: row.history_date):
        done = list(together)
        words = [_past_in_words(row, _before(row, rows), parties) for row in reversed(done)]
        steps.append(
            PastStep(
                when=moment,
                who=str(done[0].history_user or _("The portal itself")),
                why=done[0].history_change_reason or "",
                changes=[sentence for sentence in words if sentence],
                back="" if steps else address_to_take_back(moment),
            )
        )
    return steps


def _before(row, rows):
    return next((one for one in rows if one.id == row.id and one.history_id < row.history_id), None)


def _past_in_words(row, before, parties) -> str:
    words = _words_of(row, parties)
    if row.history_type == "+":
        return _("Added: %(membership)s") % {"membership": words}
    if row.history_type == "-":
        return _("Taken away: %(membership)s") % {"membership": words}
    if before is None:
        return _("Changed: %(membership)s") % {"membership": words}
    earlier = _words_of(before, parties)
    if earlier == words:
        return ""
    return f"{earlier} → {words}"


def _words_of(row, parties) -> str:
    """Return what a row of history says; sponsors come from `parties`."""
    membership = row.instance
    membership.sponsor = parties.get(row.sponsor_id)
    membership.on_behalf_of = parties.get(row.on_behalf_of_id)
    return " ".join(in_full(membership))
