"""Who may what: people × addresses × actions. Everyone listed may; everyone else is tried too.

The list of addresses comes from the URL configuration: a new address fails here until it has a row.
"""

import datetime
import json
from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import Invitation
from alliance_portal import generation
from alliance_portal.urls import machines, public
from members import profile_fields
from members.models import Organisation, ProfileChange, Representation
from publishing import previews
from tests import builders
from tests.members import applying
from working_groups.models import JoinRequest
from working_groups.taking_back import ON_THE_DESK

pytestmark = pytest.mark.django_db

PEOPLE = [
    "visitor",
    "representative",
    "other_representative",
    "chair",
    "other_chair",
    "former_chair",
    "secretary",
    "editor",
    "membership_officer",
    "manager",
    "superuser",
]
SIGNED_IN = set(PEOPLE) - {"visitor"}
STAFF = {"editor", "membership_officer", "manager", "superuser"}
EDITING = {"editor", "manager", "superuser"}
LEADING = {"chair", "secretary"} | EDITING
PUBLISHING = {"chair"} | EDITING


@pytest.fixture
def clients(request, sign_in):
    """A client for each of the cast."""
    made = {name: sign_in(request.getfixturevalue(name)) for name in SIGNED_IN}
    return {"visitor": Client(), **made}


@pytest.fixture
def world(group, member, alliance):
    """One of each thing that an address names. `group` has a draft of 2025 and one of 2023 (when the
    former chair still served), and a published overview of 2024.
    """
    builders.organisation("Guest", kind="company")
    sponsor = builders.organisation("Sponsor")
    builders.membership(
        builders.organisation("Sponsored"), "2022", "2022", "sponsored", sponsor=sponsor
    )
    northern = builders.network("Northern")
    builders.place(northern, member)
    builders.coordination(northern, member)
    user = builders.user("second@example.org")
    builders.representation(builders.person("Second", user=user), member)
    for network in (None, northern):
        ProfileChange.objects.create(
            pk=902 if network else 901, organisation=member, for_network=network,
            before={"city": "Riga"}, after={"city": "Jelgava"},
        )  # fmt: skip
    Representation.objects.filter(person__user=user).update(id=901)
    builders.person("Shown Director")
    meeting = builders.activity("Meeting", group=group, id=7001, minutes="<p>Agreed.</p>")
    meeting.history.update(history_change_reason=ON_THE_DESK)
    JoinRequest.objects.create(
        id=7001,
        group=group,
        organisation_name="Asking",
        contact_name="A",
        contact_email="a@example.org",
    )
    builders.post("Published post")
    builders.position("Published position")
    builders.opportunity("Open call")
    for year in (2023, 2025):
        draft = builders.overview(group, year, state="draft", lead="A lead.", edit_number=1)
        draft.versions.create(number=1, content={"title": draft.title})
        if year == 2025:
            previews.PreviewLink.objects.create(
                pk=901, publication=draft, expires_at=timezone.now() + datetime.timedelta(days=3)
            )
    builders.overview(group, 2024, lead="A lead.")
    default_storage.save("pictures/logo.png", ContentFile(b"a picture"))


PLACES = {
    "badge": {"slug": "baltic-code-union"},
    "members:detail": {"slug": "baltic-code-union"},
    "members:network": {"slug": "northern"},
    "members:sponsor": {"slug": "sponsor"},
    "organisations:detail": {"slug": "guest"},
    "people:detail": {"slug": "shown-director"},
    "data_file": {"name": "members", "ending": "json"},
    "working_groups:detail": {"slug": "digitalisation"},
    "working_groups:overview": {"slug": "digitalisation", "year": 2024},
    "working_groups:year": {"year": 2024},
    "overview_pdf": {"slug": "digitalisation", "year": 2024},
    "working_groups:join": {"slug": "digitalisation"},
    "working_groups:calendar": {"slug": "digitalisation"},
    "activities:detail": {"slug": "meeting"},
    "activities:file": {"slug": "meeting"},
    "news:detail": {"slug": "published-post"},
    "policy:detail": {"slug": "published-position"},
    "opportunities:detail": {"slug": "open-call"},
    "sitemap_section": {"section": "members"},
    "card": {"page": "news/published-post/"},
    "media": {"path": "pictures/logo.png"},
}


@contextmanager
def undone():
    """Undo in the database what happens inside, so that the next person finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def patterns(urls, prefix="") -> dict[str, URLPattern]:
    """Return every named pattern below some urls, by its full name."""
    found = {}
    for one in urls:
        if isinstance(one, URLPattern):
            found[f"{prefix}{one.name}"] = one
        elif getattr(one, "app_name", None) == "admin":
            continue
        else:
            inner = f"{prefix}{one.namespace}:" if one.namespace else prefix
            found |= patterns(one.url_patterns, inner)
    return found


PUBLIC = sorted(patterns([*public, *machines]))
# Forms that anybody may send; what they do is told where they are tried.
FORMS = {"contact", "apply", "working_groups:join"}
# Behind a secret in the address: whoever has it may, signed in or not, and nobody else.
SECRET = ("application:status", "application:organisation", "application:people",
          "application:motivation")  # fmt: skip
# Allauth's own pages: it decides for one account at a time, and tests itself. What matters here is
# that none fails, and that sign-up is closed.
ACCOUNT_PAGES = sorted(
    name
    for name in patterns(get_resolver().url_patterns)
    if name.startswith(("account_", "mfa_", "invitation", "open_invitation", "confirm_profile"))
)
# Whoever knows the address, and nobody else: tests/working_groups/test_writing.py.
OF_A_DRAFT = {"draft"}
# Whose address is the key itself: tests/working_groups/test_calendars.py.
BY_SECRET = {"private_calendar"}
DEVELOPMENT = {"styleguide", "styleguide_mail", "styleguide_mail_text"}


def test_every_address_has_a_row():
    rows = {name for name, *_rest in PRIVATE} | set(PUBLIC) | set(ACCOUNT_PAGES) | DEVELOPMENT
    rows |= set(SECRET) | OF_A_DRAFT | BY_SECRET
    assert set(patterns(get_resolver().url_patterns)) == rows


def test_everybody_reads_the_same_public_pages(clients, world):
    for name in PUBLIC:
        address = reverse(name, kwargs=PLACES.get(name))
        pages = set()
        for person, client in clients.items():
            answer = client.get(address)
            assert answer.status_code == 200, (name, person)
            assert not answer.cookies, (name, person)
            pages.add(b"".join(answer))
        if name not in FORMS:  # they carry the second at which they were drawn
            assert len(pages) == 1, name


def test_nobody_changes_anything_by_posting_to_a_public_page(clients, world):
    before = generation.current()
    for name in set(PUBLIC) - FORMS:
        address = reverse(name, kwargs=PLACES.get(name))
        for person, client in clients.items():
            status = client.post(address, {"title": "x", "do": "publish"}).status_code
            assert status < 500, (name, person)
    assert generation.current() == before


def test_account_pages_never_fail(clients, world):
    words = {"uidb36": "1", "key": "x", "token": "x", "pk": 901}
    for name in ACCOUNT_PAGES:
        pattern = patterns(get_resolver().url_patterns)[name].pattern
        wanted = {word: words[word] for word in pattern.regex.groupindex}
        address = reverse(name, kwargs=wanted or None)
        for person, client in clients.items():
            for method in (client.get, client.post):
                with undone():
                    assert method(address).status_code < 500, (name, person)


def test_nobody_makes_an_account_without_an_invitation(clients):
    for person, client in clients.items():
        form = {"email": "new@example.org", "password1": "correct horse battery staple"}
        client.post(reverse("account_signup"), form)
        assert not type(builders.user()).objects.filter(email="new@example.org").exists(), person
    assert not Invitation.objects.exists()


GROUP = {"slug": "digitalisation"}
DRAFT, SERVED, OUT, NONE = ({**GROUP, "year": year} for year in (2025, 2023, 2024, 2022))
MEETING = {**GROUP, "kind": "activity", "key": 7001}
SAVE = {"title": "T", "lead": "L", "body": "", "outlook": "", "thanks": "", "edit_number": "1"}
NOW = {"edit_number": "1", "when": "now"}
MEMBER = {"slug": "baltic-code-union"}
NORTHERN = {"slug": "northern"}
PROFILE = {"city": "Liepāja", "opened_with": "{}"}
REPRESENTING = {"representative", "superuser"}
# What answers a post by itself, without leading on: a script's question, a secret that is shown once.
ANSWERED_AT_ONCE = {"group_desk:autosave", "group_desk:links"}
# (address, its parts, method, data, who may, what the others who are signed in get)
PRIVATE = [
    ("desk", None, "get", None, SIGNED_IN, None),
    ("desk_deadlines", None, "get", None, SIGNED_IN, None),
    ("desk_deadlines", None, "post", {}, SIGNED_IN, None),
    ("read_date", None, "get", None, SIGNED_IN, None),
    ("group_mails", None, "get", None, SIGNED_IN, None),
    ("group_mails", None, "post", {}, SIGNED_IN, None),
    ("my_calendar", None, "get", None, SIGNED_IN, None),
    ("my_calendar", None, "post", {"do": "renew"}, SIGNED_IN, None),
    ("group_desk:group", GROUP, "get", None, LEADING, 403),
    ("group_desk:record", GROUP, "get", None, LEADING, 403),
    *(
        ("group_desk:add", {**GROUP, "kind": kind}, "get", None, LEADING, 403)
        for kind in ("activity", "guest", "participant", "initiative", "contribution", "document")
    ),
    ("group_desk:add", {**GROUP, "kind": "activity"}, "post",
     {"kind": "meeting", "name": "", "day": "2026-05-06", "audience": "public"}, LEADING, 403),
    ("group_desk:add", {**GROUP, "kind": "guest"}, "post",
     {"organisation": "Guest", "day": "2026-05-06"}, LEADING, 403),
    ("group_desk:add", {**GROUP, "kind": "participant"}, "post",
     {"organisation": "Guest", "starts": "2026-05-06"}, LEADING, 403),
    ("group_desk:add", {**GROUP, "kind": "initiative"}, "post",
     {"name": "Work", "starts": "2026"}, LEADING, 403),
    ("group_desk:add", {**GROUP, "kind": "contribution"}, "post",
     {"position": "Published position", "year": "2026"}, LEADING, 403),
    ("group_desk:paste", {**GROUP, "kind": "guest"}, "get", None, LEADING, 403),
    ("group_desk:change", MEETING, "get", None, LEADING, 403),
    ("group_desk:take_out", MEETING, "post", None, LEADING, 403),
    ("group_desk:take_back", {**GROUP, "moment": "2026-05-06T12:00:00+00:00"}, "post", None,
     LEADING, 403),
    ("group_desk:suggest", {**GROUP, "what": "organisations"}, "get", None, LEADING, 403),
    ("group_desk:requests", GROUP, "get", None, LEADING, 404),
    ("group_desk:request", {**GROUP, "key": 7001}, "get", None, LEADING, 404),
    ("group_desk:request", {**GROUP, "key": 7001}, "post",
     {"do": "decline", "reason": "Full."}, LEADING, 404),
    ("group_desk:request", {**GROUP, "key": 7001}, "post",
     {"do": "accept", "organisation": "Guest", "starts": "2026-05-06"}, LEADING, 404),
    ("group_desk:join", GROUP, "get", None, {"representative", "other_representative"}, 403),
    ("group_desk:handover", GROUP, "get", None, {"chair", "superuser"}, 403),
    ("group_desk:handover", GROUP, "post",
     {"successor_name": "S", "first_day": "2199-01-01"}, {"chair", "superuser"}, 403),
    ("group_desk:handover_withdraw", GROUP, "post", None, {"chair", "superuser"}, 403),
    ("group_desk:papers", GROUP, "get", None, LEADING, 403),
    ("group_desk:minutes", {**GROUP, "key": 7001}, "get", None, {"chair", "secretary"},
     {**dict.fromkeys(EDITING, 404), None: 403}),
    ("group_desk:overview", DRAFT, "get", None, LEADING, 404),
    ("group_desk:overview", DRAFT, "post", SAVE, LEADING, 404),
    ("group_desk:overview", SERVED, "get", None, LEADING | {"former_chair"}, 404),
    ("group_desk:overview", SERVED, "post", SAVE, LEADING | {"former_chair"}, 404),
    ("group_desk:overview", OUT, "get", None, LEADING, 403),
    ("group_desk:overview", NONE, "get", None, LEADING | {"former_chair"}, 404),
    ("group_desk:autosave", DRAFT, "get", None, LEADING, 404),
    ("group_desk:autosave", DRAFT, "post", SAVE, LEADING, 404),
    ("group_desk:autosave", SERVED, "post", SAVE, LEADING | {"former_chair"}, 404),
    ("group_desk:autosave", OUT, "get", None, LEADING, 403),
    ("group_desk:discard", OUT, "post", None, LEADING, 403),
    ("group_desk:links", DRAFT, "get", None, LEADING, 404),
    ("group_desk:links", DRAFT, "post", {"days": "3"}, LEADING, 404),
    ("group_desk:withdraw_link", {**DRAFT, "link": 901}, "post", None, LEADING, 404),
    ("group_desk:preview", DRAFT, "get", None, LEADING, 404),
    ("group_desk:preview", SERVED, "get", None, LEADING | {"former_chair"}, 404),
    ("group_desk:preview", OUT, "get", None, LEADING, 403),
    ("group_desk:publish", DRAFT, "get", None, PUBLISHING, {"secretary": 403, None: 404}),
    ("group_desk:publish", DRAFT, "post", NOW, PUBLISHING, {"secretary": 403, None: 404}),
    ("group_desk:publish", SERVED, "post", NOW, PUBLISHING | {"former_chair"},
     {"secretary": 403, None: 404}),
    ("group_desk:unschedule", DRAFT, "post", None, PUBLISHING, {"secretary": 403, None: 404}),
    ("group_desk:versions", DRAFT, "get", None, LEADING, 404),
    ("group_desk:versions", OUT, "get", None, LEADING, 403),
    ("group_desk:version", {**DRAFT, "number": 1}, "get", None, LEADING, 404),
    ("group_desk:version", {**DRAFT, "number": 1}, "post", None, LEADING, 404),
    ("organisation_desk:organisation", MEMBER, "get", None, REPRESENTING, 403),
    ("organisation_desk:edit", MEMBER, "get", None, REPRESENTING, 403),
    ("organisation_desk:edit", MEMBER, "post", PROFILE, REPRESENTING, 403),
    ("organisation_desk:change", {**MEMBER, "pk": 901}, "get", None, REPRESENTING, 403),
    ("organisation_desk:change", {**MEMBER, "pk": 901}, "post", {"do": "withdraw"}, REPRESENTING,
     403),
    ("organisation_desk:confirm", MEMBER, "post", None, REPRESENTING, 403),
    ("organisation_desk:invite", MEMBER, "get", None, REPRESENTING, 403),
    ("organisation_desk:invite", MEMBER, "post", {"name": "N", "email": "n@example.org"},
     REPRESENTING, 403),
    ("organisation_desk:end", {**MEMBER, "pk": 901}, "get", None, REPRESENTING, 403),
    ("organisation_desk:end", {**MEMBER, "pk": 901}, "post", None, REPRESENTING, 403),
    ("network_desk:network", NORTHERN, "get", None, REPRESENTING, 404),
    ("network_desk:network", NORTHERN, "post", {"text": "A note."}, REPRESENTING, 404),
    ("network_desk:edit", {**NORTHERN, "member": "baltic-code-union"}, "get", None, REPRESENTING,
     404),
    ("network_desk:edit", {**NORTHERN, "member": "baltic-code-union"}, "post", PROFILE,
     REPRESENTING, 404),
    ("network_desk:change", {**NORTHERN, "pk": 902}, "get", None, REPRESENTING, 404),
    ("network_desk:change", {**NORTHERN, "pk": 902}, "post", None, REPRESENTING, 404),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parts", "method", "data", "may", "others"),
    PRIVATE,
    ids=[
        f"{row[0]}-{(row[1] or {}).get('year', (row[1] or {}).get('kind', ''))}-{row[2]}"
        for row in PRIVATE
    ],
)
def test_who_may(name, parts, method, data, may, others, clients, world):
    if data is PROFILE:
        marks = profile_fields.marks(profile_fields.read(Organisation.objects.get(**MEMBER)))
        data = PROFILE | {"opened_with": json.dumps(marks)}
    before = generation.current()
    address = reverse(name, kwargs=parts)
    for person in PEOPLE:
        with undone():
            answer = getattr(clients[person], method)(address, data)
            wanted = others.get(person, others[None]) if isinstance(others, dict) else others
            if person == "visitor":
                assert answer.status_code == 302
                assert answer.url.startswith(reverse("account_login"))
            elif person in may:
                at_once = method == "get" or name in ANSWERED_AT_ONCE
                assert answer.status_code == (200 if at_once else 302), person
            else:
                assert answer.status_code == wanted, person
            if person not in may:
                assert generation.current() == before, person


def test_who_has_the_secret_of_an_application_sees_it_and_nobody_else(clients):
    begun, sent = applying.begun(), applying.sent()
    for name in SECRET:
        token = (sent if name == "application:status" else begun).token
        address, wrong = reverse(name, args=[token]), reverse(name, args=["x" * 43])
        pages = set()
        for person, client in clients.items():
            answer = client.get(address)
            assert answer.status_code == 200, (name, person)
            assert "no-store" in answer["Cache-Control"], (name, person)
            assert not answer.cookies, (name, person)
            pages.add(answer.content)
            for method in (client.get, client.post):
                assert method(wrong).status_code in {403, 404}, (name, person)
        assert len(pages) == 1, name


OFFICER = {"membership_officer", "manager", "superuser"}
# Which staff see the list of which app's records; the others get 403, and who is no staff sees
# the sign-in page or is told that the admin is not theirs.
ADMIN_LISTS = {
    "accounts": {"manager", "superuser"},
    "members": OFFICER,
    "publishing": EDITING,
    "news": EDITING,
}


def test_who_enters_the_admin(clients, world):
    for person, client in clients.items():
        expected = 200 if person in STAFF else 302 if person == "visitor" else 403
        assert client.get(reverse("admin:index")).status_code == expected, person


# Pages of the admin beside its lists and forms, for those who keep the record of members.
KEEPING = [
    ("members_organisation_merge", (), "?o={member}&o={guest}", 200),
    ("members_organisation_duplicates", (), "", 200),
    ("members_organisation_import", (), "", 200),
    ("members_organisation_import_template", (), "", 200),
    ("members_organisation_import_look", (999,), "", 404),
    ("members_organisation_import_refused", (999,), "", 404),
    ("members_organisation_export", ("organisations", "csv"), "", 200),
    ("members_organisation_export", ("memberships", "xlsx"), "", 200),
]


@pytest.mark.parametrize(("name", "parts", "query", "answer"), KEEPING)
def test_who_merges_imports_and_exports(name, parts, query, answer, clients, world, member):
    guest = Organisation.objects.get(slug="guest")
    address = reverse(f"admin:{name}", args=parts) + query.format(member=member.pk, guest=guest.pk)
    before = generation.current()
    for person, client in clients.items():
        expected = answer if person in OFFICER else 302 if person == "visitor" else 403
        assert client.get(address).status_code == expected, person
        if person not in OFFICER:
            posted = {"o": [member.pk, guest.pk], "agreed": "x", "what": "do"}
            assert client.post(address, posted).status_code == expected, person
    assert generation.current() == before


# Logos come with members, quotations stand in texts.
ALSO = {
    "publishing.Picture": {"membership_officer"},
    "members.Quotation": {"editor"},
}


def test_which_records_staff_may_change(clients, world):
    for model, model_admin in admin.site._registry.items():
        may = ADMIN_LISTS.get(model._meta.app_label)
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for person in STAFF - (may or STAFF) - ALSO.get(model._meta.label, set()):
            answer = clients[person].get(address)
            if answer.status_code != 403:
                assert not model_admin.has_change_permission(answer.wsgi_request), (person, model)
