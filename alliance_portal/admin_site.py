"""The admin of the secretariat: who gets in, what it lists, and what waits for whom."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import BadRequest
from django.db.models import Count, Window
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHOWN = 8
# What stands in the header of every page of the admin.
SHORTCUTS = ("Organisation", "Membership", "Person", "WorkingGroup", "Post")
# In the order of the start page. What third-party apps register is no business of the staff.
OUR_APPS = ["members", "working_groups", "news", "publishing", "accounts", "alliance_portal"]


class PortalAdminConfig(AdminConfig):
    """Django's admin, with our site in it."""

    default_site = "alliance_portal.admin_site.PortalAdminSite"


class PortalAdminSite(AdminSite):
    site_header = site_title = gettext_lazy("Record")
    index_title = gettext_lazy("What waits for you")
    index_template = "admin/start.html"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Deleting is for mistakes: one at a time, after reading what hangs on it.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable, admin_class=None, **options):
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else None
        ours = [
            model for model in models or [model_or_iterable] if model._meta.app_label in OUR_APPS
        ]
        if ours:
            super().register(ours, admin_class, **options)

    def has_permission(self, request):
        from accounts.permissions import may_enter_admin  # needs the models

        return may_enter_admin(request.user)

    def admin_view(self, view, cacheable=False):
        """Lead who may not enter to the one door there is: sign-in, or the second factor."""
        inner = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if not self.has_permission(request):
                return self.login(request)
            if any("\0" in value for _key, values in request.GET.lists() for value in values):
                raise BadRequest(_("The address holds characters that no text has."))
            return inner(request, *args, **kwargs)

        guarded.csrf_exempt = getattr(inner, "csrf_exempt", False)
        return guarded

    def login(self, request, extra_context=None):
        from accounts.door import admin_door  # needs the models

        return admin_door(request, extra_context)

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def get_app_list(self, request, app_label=None):
        listed = super().get_app_list(request, app_label)
        for app in listed:
            app["name"] = capfirst(app["name"])
        return sorted(listed, key=lambda app: OUR_APPS.index(app["app_label"]))

    def each_context(self, request):
        """Add what the header of every page shows: the lists used most, and the way to find an
        organisation; only what the person may see.
        """
        context = super().each_context(request)
        lists = {
            model["object_name"]: model
            for app in context["available_apps"]
            for model in app["models"]
            if model["admin_url"]
        }
        shown = [lists[name] for name in SHORTCUTS if name in lists]
        return context | {
            "find_url": lists["Organisation"]["admin_url"] if "Organisation" in lists else "",
            "shortcuts_home": reverse("admin:index", current_app=self.name),
            "shortcuts": [
                (model["name"], model["admin_url"], request.path.startswith(model["admin_url"]))
                for model in shown
            ],
        }

    def index(self, request, extra_context=None):
        sections = waiting(request.user)
        context = {
            "waits": [section for section in sections if section["number"]],
            "quiet": [section for section in sections if not section["number"]],
        }
        return super().index(request, context | (extra_context or {}))


def waiting(user) -> list[dict]:
    """Return what waits for this person: a title, how many, the first few with their addresses, the
    list of all. One query each, whatever their number; only what the person may see.
    """
    sections = [
        ("members.view_membership", _ending),
        ("members.view_membership", _announced),
        ("members.view_application", _applications),
        ("members.decide_change", _profile_changes),
        ("members.decide_change", _not_confirmed),
        ("members.decide_change", _network_notes),
        ("working_groups.view_joinrequest", _requests),
        ("working_groups.view_handoverproposal", _handovers),
        ("alliance_portal.view_contactmessage", _unanswered),
        ("publishing.view_publication", _in_review),
    ]
    return [section() for permission, section in sections if user.has_perm(permission)]


def _section(title, queryset, row, address) -> dict:
    rows = list(queryset.annotate(of_all=Window(Count("*")))[:SHOWN])
    number = rows[0].of_all if rows else 0
    return {
        "title": title,
        "number": number,
        "rows": [row(one) for one in rows],
        "first": rows[0] if rows else None,
        "rest": number > len(rows),
        "list": address,
    }


def _ending():
    from members import endings

    section = _section(
        _("Ends in the next 90 days"),
        endings.for_start_page(),
        lambda one: (*_membership(one)[:2], endings.in_words(one)),
        reverse("admin:members_organisation_changelist") + "?ends=soon",
    )
    return section | {
        "text": endings.counts_in_words(section["first"]),
        "also": (reverse("admin:members_organisation_cohorts"), _("Sponsored cohorts")),
    }


def _announced():
    from members.models import Membership

    return _section(
        _("Announced"),
        Membership.objects.with_parties().announced().oldest_first(),
        _membership,
        reverse("admin:members_membership_changelist") + "?today=announced",
    )


def _membership(membership) -> tuple[str, str, str]:
    url = reverse("admin:members_organisation_change", args=[membership.organisation_id])
    return url, str(membership.organisation), membership.state_in_words()


def _applications():
    from members.models import Application
    from record.days import in_words

    return _section(
        _("Applications"),
        Application.objects.undecided().by_what_waits(),
        lambda one: (
            reverse("admin:members_application_change", args=[one.pk]),
            one.name,
            _("%(state)s, %(day)s")
            % {
                "state": one.get_state_display(),
                "day": in_words(timezone.localdate(one.waits_since)),
            },
        ),
        reverse("admin:members_application_changelist") + "?state=undecided",
    )


def _profile_changes():
    from members.models import ProfileChange
    from members.profile_emails import labels_of

    return _section(
        _("Changes of profiles"),
        ProfileChange.objects.to_look_at().with_people().oldest_first(),
        lambda one: (
            reverse("admin:members_profilechange_change", args=[one.pk]),
            one.organisation.name,
            f"{', '.join(labels_of(one))}; {one.get_state_display()}",
        ),
        reverse("admin:members_profilechange_changelist") + "?state__in=waiting,live",
    )


def _not_confirmed():
    from members.completeness import confirmed_in_words
    from members.models import Organisation
    from record.days import in_words

    return _section(
        _("Profiles that nobody confirms"),
        Organisation.objects.silent().defer("description", "search").by_name(),
        lambda one: (
            reverse("admin:members_organisation_change", args=[one.pk]),
            one.name,
            f"{confirmed_in_words(one)}; {_('asked on %(day)s') % {'day': in_words(one.asked_first)}}",
        ),
        reverse("admin:members_organisation_changelist") + "?confirmed=silent",
    )


def _network_notes():
    from members.models import NetworkNote

    return _section(
        _("Notes of coordinators"),
        NetworkNote.objects.open().select_related("network").order_by("written_at"),
        lambda one: (
            reverse("admin:members_networknote_change", args=[one.pk]),
            one.network.name,
            one.text[:80],
        ),
        reverse("admin:members_networknote_changelist"),
    )


def _requests():
    from working_groups.models import JoinRequest

    return _section(
        _("Requests to join a group"),
        JoinRequest.objects.filter(state="open")
        .select_related("group", "organisation")
        .order_by("asked_at"),
        lambda one: (
            reverse("admin:working_groups_joinrequest_change", args=[one.pk]),
            str(one),
            one.group.name,
        ),
        reverse("admin:working_groups_joinrequest_changelist") + "?state__exact=open",
    )


def _handovers():
    from working_groups.models import HandoverProposal

    return _section(
        _("Chairs to hand over"),
        HandoverProposal.objects.filter(state="open")
        .select_related("group")
        .order_by("proposed_at"),
        lambda one: (
            reverse("admin:working_groups_workinggroup_handover", args=[one.group_id]),
            str(one.group),
            one.successor_name,
        ),
        reverse("admin:working_groups_handoverproposal_changelist") + "?state__exact=open",
    )


def _unanswered():
    from alliance_portal.models import ContactMessage

    return _section(
        _("Messages to answer"),
        ContactMessage.objects.filter(answered_at=None).order_by("sent_at"),
        lambda one: (
            reverse("admin:alliance_portal_contactmessage_change", args=[one.pk]),
            one.subject,
            one.name,
        ),
        reverse("admin:alliance_portal_contactmessage_changelist") + "?answered=no",
    )


def _in_review():
    from publishing.admin import admin_address
    from publishing.models import Publication

    return _section(
        _("Drafts in review"),
        Publication.objects.filter(state="in_review")
        .only("title", "kind", "updated_at")
        .order_by("updated_at"),
        lambda one: (admin_address(one), str(one), one.get_kind_display()),
        reverse("admin:publishing_publication_changelist") + "?state=in_review",
    )
