"""No page of the admin runs more queries as rows grow: every list and form, with 3 and 30 rows."""

import datetime

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, User
from alliance_portal.models import ContactMessage, SiteSettings
from members.models import (
    Application,
    Benefit,
    CategoryTerms,
    ConfirmationRequest,
    EndingNotice,
    Figure,
    Membership,
    Network,
    NetworkNote,
    Organisation,
    Person,
    ProfileChange,
    ProfileRules,
    Quotation,
    Representation,
)
from news.models import (
    Contribution,
    DeadlineNotice,
    NewsletterIssue,
    Opportunity,
    PolicyFile,
    Position,
    Post,
    Subscription,
)
from publishing.models import Attachment, OldAddress, Page, Picture, Publication, Resource, Topic
from tests import builders
from working_groups.models import (
    Activity,
    Document,
    Expert,
    GuestAppearance,
    HandoverProposal,
    Initiative,
    JoinRequest,
    OpenList,
    Overview,
    Participation,
    Role,
    WorkingGroup,
)

FEW, MANY = 3, 30


def organisation(rows):
    """An organisation with so many rows of each kind, each naming somebody else."""
    made = builders.organisation()
    for number in range(rows):
        sponsor = builders.organisation()
        year = str(1990 + number)
        membership = builders.membership(made, year, year, "sponsored", sponsor=sponsor)
        membership.helped_by.add(sponsor)
        made.aliases.create(name=f"{made.name} alias {number}")
        builders.affiliation(builders.person(), made)
        builders.representation(builders.person(), made)
        builders.place(builders.network(), made)
    return made


def person(rows):
    made = builders.person()
    for number in range(rows):
        start = datetime.date(2020, 1, 1 + number)
        made.bases.create(what="portrait", kind="consent", since=start, until=start, proof="Letter")
        builders.affiliation(made, builders.organisation())
        builders.representation(made, builders.organisation())
        builders.role(made, builders.group(), "secretary")
    return made


def network(rows):
    made = builders.network()
    for number in range(rows):
        member = builders.organisation()
        builders.place(made, member)
        builders.coordination(made, member, str(2020 + number), str(2020 + number))
    return made


def group(rows):
    made = builders.group()
    for number in range(rows):
        builders.role(builders.person(), made, "chair", str(1990 + number), str(1990 + number))
        builders.participation(builders.organisation(), made)
        made.strands.create(title=f"Strand {number}")
    return made


def participation(rows):
    made = builders.participation(builders.organisation(), builders.group())
    for _number in range(rows):
        expert = Expert(participation=made, person=builders.person())
        expert.set_days(builders.days("2022")).save()
    return made


def activity(rows):
    made = builders.activity(group=builders.group())
    for _number in range(rows):
        guest(0, activity=made)
    return made


def guest(rows, **facts):
    facts = facts or {"group": builders.group()}
    row = GuestAppearance(organisation=builders.organisation(), person=builders.person(), **facts)
    row.day = builders.days("2022")
    row.save()
    return row


def post(rows):
    made = builders.post(contact=builders.person(), author=builders.user())
    for number in range(rows):
        made.organisations.add(builders.organisation())
        made.groups.add(builders.group())
        made.topics.add(topic(0))
        Attachment.objects.create(publication=made, title=f"Paper {number}", file="a.pdf")
    return made


def position(rows):
    made = builders.position(policy_file=policy_file(0))
    for number in range(rows):
        Contribution.objects.create(position=made, group=builders.group())
        Attachment.objects.create(publication=made, title=f"Paper {number}", file="a.pdf")
    return made


def overview(rows):
    made = builders.overview(builders.group(), author=builders.user())
    for number in range(rows):
        Attachment.objects.create(publication=made, title=f"Paper {number}", file="a.pdf")
    return made


def topic(rows):
    number = next(builders.numbers)
    return Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}")


def policy_file(rows):
    number = next(builders.numbers)
    return PolicyFile.objects.create(name=f"File {number}", slug=f"file-{number}")


def initiative(rows):
    made = Initiative(group=builders.group(), title="Initiative").set_days(builders.days("2022"))
    made.save()
    return made


def quotation(rows):
    made = Quotation.objects.create(
        words="Words", speaker=builders.person(), function="Director",
        organisation=builders.organisation(), consented_on=datetime.date(2022, 1, 1),
        consent_proof="Letter",
    )  # fmt: skip
    for _number in range(rows):
        made.used_in.add(builders.post())
    return made


def opportunity(rows):
    number = next(builders.numbers)
    made = Opportunity.objects.create(
        kind="call", title="Call", slug=f"call-{number}", deadline=timezone.now()
    )
    for _number in range(rows):
        made.came_of_it.add(builders.post())
    return made


def issue(rows):
    made = NewsletterIssue.objects.create(title="Issue")
    for _number in range(rows):
        made.publications.add(builders.post())
    return made


def invitation(rows):
    grant = builders.role(builders.person(), builders.group())
    number = next(builders.numbers)
    return Invitation.objects.create(
        email=f"somebody{number}@example.org", token_hash=str(number), grant=grant,
        invited_by=builders.user(), expires_at=timezone.now(),
    )  # fmt: skip


def application(rows):
    now = timezone.now()
    made = Application.objects.create(
        name="Applicant", kind="cluster", country="BE", category="full", email="a@example.org",
        state="accepted", sent_at=now, waits_since=now, decided_at=now, decided_by=builders.user(),
        organisation=builders.organisation(),
    )  # fmt: skip
    for number in range(rows):
        made.people.create(name=f"Person {number}", email="a@example.org", is_main=not number)
        made.documents.create(name="a.pdf", file="a.pdf", size=5)
        made.messages.create(from_office=True, author=builders.user(), text="Question")
    return made


def profile_change(rows):
    return ProfileChange.objects.create(
        organisation=builders.organisation(), before={"city": ""}, after={"city": "Riga"},
        proposed_by=builders.user(), for_network=builders.network(), agreed_by=builders.user(),
    )  # fmt: skip


def confirmation_request(rows):
    number = next(builders.numbers)
    return ConfirmationRequest.objects.create(
        organisation=builders.organisation(), recipient="a@example.org", token_hash=f"c{number}",
        asked_on=datetime.date(2026, 1, 1), expires_at=timezone.now(),
    )  # fmt: skip


def subscription(rows):
    return Subscription.objects.create(email=f"reader{next(builders.numbers)}@example.org")


MAKE = {
    Organisation: organisation,
    Membership: lambda _rows: builders.membership(
        starts="2022", ends="2022", category="sponsored", sponsor=builders.organisation()
    ),
    Person: person,
    Representation: lambda _rows: builders.representation(
        builders.person(), builders.organisation()
    ),
    Network: network,
    EndingNotice: lambda _rows: EndingNotice.objects.create(
        membership=builders.membership(ends="2030"), last_day=datetime.date(2030, 12, 31),
        threshold=30, recipient="a@example.org",
    ),
    Benefit: lambda _rows: Benefit.objects.create(area="policy", title="Early word"),
    # There are three categories; the queries are counted as if there were more.
    CategoryTerms: lambda _rows: CategoryTerms.objects.create(
        category=f"c{next(builders.numbers)}", meaning="Text"
    ),
    ProfileChange: profile_change,
    ConfirmationRequest: confirmation_request,
    NetworkNote: lambda _rows: NetworkNote.objects.create(
        network=builders.network(), text="A note", written_by=builders.user()
    ),
    Figure: lambda _rows: Figure.objects.create(
        about=builders.organisation(), measure="companies", value=5, source="Letter",
        said_by=builders.person(),
    ),
    Quotation: quotation,
    Application: application,
    WorkingGroup: group,
    Role: lambda _rows: builders.role(builders.person(), builders.group()),
    Participation: participation,
    Activity: activity,
    GuestAppearance: guest,
    Initiative: initiative,
    Overview: overview,
    HandoverProposal: lambda _rows: HandoverProposal.objects.create(
        group=builders.group(), successor_name="Next Chair", proposed_by=builders.user(),
        first_day=datetime.date(2027, 1, 1),
    ),
    Document: lambda _rows: Document.objects.create(
        group=builders.group(), activity=builders.activity(), title="Agenda", file="a.pdf"
    ),
    OpenList: lambda _rows: OpenList.objects.create(
        group=builders.group(), year=2025, what="guests"
    ),
    JoinRequest: lambda _rows: JoinRequest.objects.create(
        group=builders.group(), organisation=builders.organisation(), contact_name="A",
        contact_email="a@example.org",
    ),
    Post: post,
    Position: position,
    Publication: lambda _rows: builders.post(),
    PolicyFile: policy_file,
    Opportunity: opportunity,
    DeadlineNotice: lambda _rows: DeadlineNotice.objects.create(
        opportunity=(call := builders.opportunity()), deadline=call.deadline, threshold=14,
        user=builders.user(),
    ),
    Subscription: subscription,
    NewsletterIssue: issue,
    Topic: topic,
    Page: lambda _rows: Page.objects.create(key=f"page-{next(builders.numbers)}", title="Page"),
    Picture: None,  # made with its file, below
    Resource: lambda _rows: Resource.objects.create(title="Guide", publisher="Somebody"),
    OldAddress: lambda _rows: OldAddress.objects.create(
        old_path=f"/{next(builders.numbers)}/", new_path="/"
    ),
    User: lambda _rows: builders.user("", "Editors", "Managers"),
    Invitation: invitation,
    ContactMessage: lambda _rows: ContactMessage.objects.create(
        name="A", email="a@example.org", subject="Question", message="Text"
    ),
    SiteSettings: None,  # one row: its list is no list
    ProfileRules: None,
}  # fmt: skip
LISTED = [model for model in MAKE if model not in {SiteSettings, ProfileRules}]


@pytest.fixture(autouse=True)
def _pictures(settings, tmp_path):
    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    Image.new("RGB", (3, 2)).save(tmp_path / "picture.png")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")


def make(model, rows):
    if model is Picture:
        return Picture.objects.create(file="picture.png", alternative="Picture")
    return MAKE[model](rows)


def address(model, view, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def queries(client, url) -> int:
    client.get(url)  # content types are remembered from the first time on
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
        assert response.status_code == 200, url
    return len(captured)


def test_every_model_of_the_admin_is_tried_here():
    assert set(MAKE) == set(admin.site._registry)


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model._meta.label)
def test_a_list_runs_as_many_queries_for_thirty_rows_as_for_three(model, superuser, sign_in):
    client = sign_in(superuser)
    for _number in range(FEW):
        make(model, 1)
    few = queries(client, address(model, "changelist"))
    for _number in range(MANY - FEW):
        make(model, 1)

    assert queries(client, address(model, "changelist")) == few


EDITED = [model for model in LISTED if model is not Publication]


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model._meta.label)
def test_a_form_runs_as_many_queries_for_thirty_rows_as_for_three(model, superuser, sign_in):
    client = sign_in(superuser)
    few = queries(client, address(model, "change", make(model, FEW).pk))

    assert queries(client, address(model, "change", make(model, MANY).pk)) == few


def test_the_settings_are_one_row_and_their_list_leads_to_it(superuser, sign_in):
    client = sign_in(superuser)
    url = address(SiteSettings, "changelist")
    assert client.get(url).url == address(SiteSettings, "add")
    SiteSettings.objects.create()
    assert client.get(url).url == address(SiteSettings, "change", 1)
    assert client.get(address(SiteSettings, "add")).status_code == 403


def test_the_start_page_runs_as_many_queries_for_thirty_rows_as_for_three(
    superuser, sign_in, on_day
):
    on_day("2022-06-01")
    client = sign_in(superuser)

    def more(number):
        for _number in range(number):
            builders.membership(starts="2022", ends="2022-07")
            builders.membership(starts="2023")
            make(ContactMessage, 0)
            make(JoinRequest, 0)
            builders.post(state="in_review")
            Application.objects.create(
                name="A", kind="cluster", country="BE", category="full", email="a@example.org",
                state="sent", sent_at=timezone.now(), waits_since=timezone.now(),
            )  # fmt: skip

    more(FEW)
    few = queries(client, reverse("admin:index"))
    more(MANY - FEW)

    assert queries(client, reverse("admin:index")) == few


@pytest.mark.parametrize("model", [Organisation, Person, WorkingGroup, Network, Post])
def test_deleting_asks_as_many_queries_for_thirty_rows_as_for_three(model, superuser, sign_in):
    client = sign_in(superuser)
    few = queries(client, address(model, "delete", make(model, FEW).pk))

    assert queries(client, address(model, "delete", make(model, MANY).pk)) == few


@pytest.mark.parametrize("model", [Organisation, Post])
def test_a_history_runs_as_many_queries_for_thirty_saves_as_for_three(model, superuser, sign_in):
    client = sign_in(superuser)
    few, many = make(model, 0), make(model, 0)
    for row, saves in ((few, FEW), (many, MANY)):
        for number in range(saves):
            row.slug = f"{model._meta.model_name}-{saves}-{number}"
            row._history_user = builders.user()
            row.save()

    assert queries(client, address(model, "history", many.pk)) == queries(
        client, address(model, "history", few.pk)
    )
