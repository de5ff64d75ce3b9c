"""Every mail that the portal sends, with made-up contents: /styleguide/mails/<name>/.

A new mail needs a sample here; `tests/site/test_mails.py` says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.emails import NOTICES

MOMENT = datetime(2026, 11, 22, 9, 12, tzinfo=ZoneInfo("Europe/Brussels"))
ADDRESS = "https://portal.example.org/accounts/an-address-as-long-as-it-is-in-truth-XoF3nU8Vt2/"
NINA = "nina.new@example.org"


@dataclass(frozen=True)
class Sample:
    """A mail as one may get it: `message` is its folder below templates/emails/."""

    name: str
    title: str
    message: str
    context: Callable[[], dict]
    reply_to: str = ""

    def mail(self) -> EmailMultiAlternatives:
        return mail.build(self.message, self.context(), to=NINA, reply_to=self.reply_to)


def _invitation(**what):
    return {
        "invitation": SimpleNamespace(
            name="Nina New",
            expires_at=MOMENT.replace(month=12, day=6),
            invited_by="Mara Manager",
            staff_group=SimpleNamespace(name="Editors"),
        ),
        "grant": SimpleNamespace(**what) if what else None,
        "address": ADDRESS,
    }


def _notice(name):
    return {
        "notice": NOTICES[name],
        "user": SimpleNamespace(email=NINA),
        "at": MOMENT,
        "address": ADDRESS,
    }


def _message():
    return {
        "message": SimpleNamespace(
            name="Zoë Łąkowska",
            email="zoe@example.org",
            subject="How do we join?",
            message="We are an association of 40 software houses.\nHow do we join?\n\nZoë Łąkowska",
        ),
        "address": ADDRESS,
    }


def _endings(*names, to_staff):
    endings = [
        SimpleNamespace(
            organisation=name,
            state="Sponsored member until 31\u00a0December 2026",
            ends="31\u00a0December 2026",
            when="It ends in 25 days.",
        )
        for name in names
    ]
    return {
        "endings": endings,
        "only": endings[0] if len(endings) == 1 else None,
        "to_staff": to_staff,
        "within": 30,
        "address": ADDRESS,
    }


def _application(state="sent", **more):
    return {
        "application": SimpleNamespace(
            name="Adriatic Software League",
            place="Rijeka, Croatia",
            state=state,
            sent_at=MOMENT,
            reason="A single company joins the association of its own country.\n\nApply there.",
        ),
        "address": ADDRESS,
        "begun_days": 0,
        "declined_days": 365,
        "message": SimpleNamespace(text="How many of your members pay a fee?"),
        "answer": None,
        **more,
    }


FIELDS = ["Summary", "Logo"]


def _decided(state, reason=""):
    return {
        "organisation": "Baltic Code Union",
        "fields": FIELDS,
        "state": state,
        "reason": reason,
        "address": ADDRESS,
    }


def _proposed():
    return {
        "organisation": "Baltic Code Union",
        "network": "Lighthouse Ring",
        "who": "Sanna Esimerkki",
        "fields": FIELDS,
        "address": ADDRESS,
    }


def _confirmation():
    return {
        "organisation": "Baltic Code Union",
        "confirmed": "Last confirmed on 20\u00a0November 2025",
        "until": MOMENT.replace(month=12, day=22),
        "address": ADDRESS,
    }


def _deadlines(*titles):
    deadlines = [
        {
            "title": title,
            "when": "31\u00a0March 2027, 17:00\u00a0CEST",
            "who": "associations of small companies",
            "address": ADDRESS,
        }
        for title in titles
    ]
    return {
        "deadlines": deadlines,
        "only": deadlines[0] if len(deadlines) == 1 else None,
        "address": ADDRESS,
        "settings_address": "https://portal.example.org/desk/opportunities/",
    }


def _request(**facts):
    return {
        "request": SimpleNamespace(
            named="Association Łąkowa", contact_name="Zoë Łąkowska", contact_email="zoe@example.org",
            expert_name="Jan Łąkowski", message="We measured forty programs.\nMay we show them?",
            participation=SimpleNamespace(start_in_words="1\u00a0December 2026"), **facts,
        ),
        "group": SimpleNamespace(name="Green Code"),
        "address": ADDRESS,
        "choices": ADDRESS,
    }  # fmt: skip


def _activity(what):
    return {
        "what": what,
        "activity": SimpleNamespace(
            title="A morning of measuring", day_in_words="27\u00a0November 2026", summary="Bring a program.",
            start_time=time(10), end_time=time(12), zone=ZoneInfo("Europe/Brussels"), place="Porto",
        ),
        "group": SimpleNamespace(name="Green Code"),
        "address": ADDRESS,
        "choices": ADDRESS,
    }  # fmt: skip


SAMPLES = [
    Sample(
        "invitation-group",
        _("Invitation of a chair"),
        "accounts/invitation",
        lambda: _invitation(group="Digitalisation", get_name_display="chair"),
    ),
    Sample(
        "invitation-organisation",
        _("Invitation of a representative"),
        "accounts/invitation",
        lambda: _invitation(organisation="Baltic Code Union"),
    ),
    Sample("invitation-staff", _("Invitation of staff"), "accounts/invitation", _invitation),
    Sample(
        "password-reset",
        _("Link to a new password"),
        "accounts/password_reset",
        lambda: {"user": SimpleNamespace(email=NINA), "address": ADDRESS, "days": 3},
    ),
    Sample(
        "no-account",
        _("New password, but no account"),
        "accounts/no_account",
        lambda: {"email": NINA, "address": ADDRESS},
    ),
    *(
        Sample(name.replace("_", "-"), notice.subject, "accounts/notice", lambda n=name: _notice(n))
        for name, notice in NOTICES.items()
        if name != "password_reset"  # the same as password_changed
    ),
    Sample(
        "contact-message",
        _("Message of the contact form"),
        "alliance_portal/contact_message",
        _message,
        reply_to="zoe@example.org",
    ),
    Sample(
        "membership-ending",
        _("A membership ends, to its representative"),
        "members/membership_ending",
        lambda: _endings("Baltic Code Union", to_staff=False),
    ),
    Sample(
        "memberships-ending",
        _("Memberships end, to the staff"),
        "members/membership_ending",
        lambda: _endings("Baltic Code Union", "Association Łąkowa", to_staff=True),
    ),
    Sample(
        "application-begun",
        _("An application is begun"),
        "members/application_begun",
        lambda: _application(begun_days=90),
    ),
    Sample(
        "application-link",
        _("The link to an application, once more"),
        "members/application_begun",
        _application,
    ),
    Sample(
        "application-sent",
        _("An application has arrived"),
        "members/application_sent",
        _application,
    ),
    Sample(
        "application-question",
        _("A question about an application"),
        "members/application_question",
        _application,
    ),
    Sample(
        "application-accepted",
        _("An application was accepted"),
        "members/application_decision",
        lambda: _application("accepted"),
    ),
    Sample(
        "application-declined",
        _("An application was declined"),
        "members/application_decision",
        lambda: _application("declined"),
    ),
    Sample(
        "application-reopened",
        _("A decision was taken back"),
        "members/application_reopened",
        _application,
    ),
    Sample(
        "application-to-staff",
        _("An application came in, to the staff"),
        "members/application_to_staff",
        _application,
    ),
    Sample(
        "application-answered",
        _("A question was answered, to the staff"),
        "members/application_to_staff",
        lambda: _application(answer=SimpleNamespace(text="All forty of them.\nMore next year.")),
    ),
    Sample(
        "profile-change-approved",
        _("A change of a profile was approved"),
        "members/profile_change_decided",
        lambda: _decided("approved"),
    ),
    Sample(
        "profile-change-declined",
        _("A change of a profile was declined"),
        "members/profile_change_decided",
        lambda: _decided("declined", "The summary is longer than a sentence."),
    ),
    Sample(
        "profile-change-taken-back",
        _("A change of a profile was taken back"),
        "members/profile_change_decided",
        lambda: _decided("taken_back", "The logo is that of another organisation."),
    ),
    Sample(
        "profile-change-proposed",
        _("A coordinator proposes a change of a profile"),
        "members/profile_change_proposed",
        _proposed,
    ),
    Sample(
        "profile-confirmation",
        _("Is a profile still right?"),
        "members/profile_confirmation",
        _confirmation,
    ),
    Sample(
        "representation-ended",
        _("A right to act for an organisation was ended"),
        "members/representation_ended",
        lambda: {"organisation": "Baltic Code Union", "who": "Rita Sample", "address": ADDRESS},
    ),
    Sample(
        "deadline",
        _("A deadline is near"),
        "news/deadlines",
        lambda: _deadlines("Vouchers for a first export"),
    ),
    Sample(
        "deadlines",
        _("Several deadlines are near"),
        "news/deadlines",
        lambda: _deadlines(
            "Vouchers for a first export", "Consultation on the Small Lots Directive"
        ),
    ),
    Sample(
        "join-request",
        _("Somebody asks to join a group"),
        "working_groups/join_request",
        _request,
        reply_to="zoe@example.org",
    ),
    Sample(
        "join-received",
        _("A request to join is confirmed"),
        "working_groups/join_received",
        _request,
    ),
    Sample(
        "join-accepted",
        _("A request to join is accepted"),
        "working_groups/join_decided",
        lambda: _request(reason="The next meeting is on Friday.") | {"accepted": True},
    ),
    Sample(
        "join-declined",
        _("A request to join is declined"),
        "working_groups/join_decided",
        lambda: _request(reason="The group is full until spring.") | {"accepted": False},
    ),
    *(
        Sample(
            f"activity-{what.replace('_', '-')}",
            title,
            "working_groups/activity",
            lambda what=what: _activity(what),
        )
        for what, title in (
            ("planned", _("An activity is planned")),
            ("moved", _("An activity is moved")),
            ("called_off", _("An activity is called off")),
        )
    ),
]
