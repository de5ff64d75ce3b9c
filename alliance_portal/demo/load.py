"""Puts the demonstration into the database: what is missing is made, what exists stays as it is.

A record is known by its address, also after staff gave it another one; what belongs to it
(memberships, names, roles …) is made with it and never again. So a second run changes nothing, and
what people changed stays changed.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import asdict

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group as StaffGroup
from django.core.files.base import ContentFile
from django.db import models, transaction

from accounts.models import User
from alliance_portal.demo import (
    activities,
    applications,
    asking,
    digitalisation,
    documented,
    groups,
    invented,
    networks,
    offer,
    others,
    people,
    pictures,
    positions,
    posts,
    profiles,
)
from alliance_portal.demo.accounts import ACCOUNTS, PASSWORD
from alliance_portal.demo.alliance import SETTINGS, alliance
from alliance_portal.demo.applications import Request
from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.pages import PAGES
from alliance_portal.demo.shapes import WHY, Body, Group, Guest, Happening, Human, Span
from alliance_portal.demo.writing import Writing
from alliance_portal.models import SiteSettings
from members import profile_fields
from members.models import (
    Affiliation,
    Alias,
    Application,
    ApplicationDocument,
    ApplicationMessage,
    ApplicationPerson,
    Benefit,
    CategoryTerms,
    ConfirmationRequest,
    Figure,
    Membership,
    Network,
    NetworkCoordination,
    NetworkMember,
    NetworkNote,
    Organisation,
    Person,
    ProfileChange,
    Representation,
    ShowingBasis,
)
from news.models import PolicyFile
from publishing.models import Page, Picture, Resource, Topic
from record.history import recording
from record.names import slug_from
from working_groups.models import (
    Activity,
    Document,
    Expert,
    GuestAppearance,
    HandoverProposal,
    Initiative,
    JoinRequest,
    OpenList,
    Participation,
    Role,
    Strand,
    WorkingGroup,
)


def load(today: datetime.date, say: Callable[[str], None] = print) -> int:
    """Make what is missing of the demonstration, in one transaction; return how many records.

    `today` is the day from which invented things are told, `say` is called with a line a step.
    """
    with transaction.atomic(), recording(why=WHY) as recorder:
        loader = Loader(Calendar(today), recorder)
        for words, step in loader.steps():
            before = loader.made
            step()
            say(f"  {words}: {loader.made - before} made")
    return loader.made


class Loader:
    """One run: finds or makes each record, through the rules that staff's own forms obey."""

    def __init__(self, when: Calendar, recorder):
        self.when = when
        self.recorder = recorder
        self.made = 0
        self.known: dict[tuple, models.Model] = {}

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        writing = Writing(self)
        return [
            ("Site and its pages", self.site),
            ("Membership on offer", self.membership_on_offer),
            ("Sign-ins", self.accounts),
            ("Organisations", self.organisations),
            ("People", self.people),
            ("Figures", self.figures),
            ("Networks", self.networks),
            ("Profiles that their people keep", self.profiles),
            ("Working groups", self.groups),
            ("Activities", self.activities),
            ("Requests and papers of groups", self.waiting),
            ("Opportunities", writing.opportunities),
            ("Positions", writing.positions),
            ("What came of opportunities", writing.what_came_of_them),
            ("News", writing.posts),
            ("A draft from the record", writing.announcement),
            ("Yearly overviews", writing.overviews),
            ("Applications", self.applications),
        ]

    # --- Finding and making ---

    def save(self, row: models.Model) -> models.Model:
        """Save a record by the rules of its forms; the constraints the database checks itself."""
        row.full_clean(validate_constraints=False)
        self.recorder.save(row)
        self.made += 1
        return row

    def find(self, model: type[models.Model], slug: str) -> models.Model | None:
        """Return the record of this address, also where staff have given it another since."""
        if (model, slug) not in self.known:
            row = model.objects.filter(slug=slug).first() or self._renamed(model, slug)
            if row is None:
                return None
            self.known[model, slug] = row
        return self.known[model, slug]

    def _renamed(self, model, slug):
        if not hasattr(model, "history"):
            return None
        earlier = model.history.filter(slug=slug, history_change_reason=WHY)
        return model.objects.filter(pk__in=earlier.values("id")).first()

    def the(self, model: type[models.Model], slug: str) -> models.Model | None:
        """Return a record that an earlier step found or made; None for an empty slug."""
        return self.known[model, slug] if slug else None

    def all(self, model: type[models.Model], slugs: Iterable[str]) -> list[models.Model]:
        return [self.known[model, slug] for slug in slugs]

    def make(self, row: models.Model) -> models.Model:
        self.known[type(row), row.slug] = self.save(row)
        return row

    def period(self, row, span: Span):
        """Save a record that lasts, with its days."""
        row.set_days(span.starts, span.ends, start_basis=span.start_basis, end_basis=span.end_basis)
        row.start_qualifier = span.start_qualifier
        return self.save(row)

    def picture(self, file, alternative: str) -> Picture:
        return self.save(Picture(file=file, alternative=alternative))

    # --- Steps ---

    def site(self):
        if not SiteSettings.objects.exists():
            self.save(SiteSettings(**SETTINGS))
        for page in PAGES:
            if not Page.objects.filter(key=page.key).exists():
                self.save(Page(**asdict(page)))
        if not Resource.objects.filter(title=posts.RESOURCE["title"]).exists():
            self.save(Resource(**posts.RESOURCE))
        for slug, name in positions.TOPICS:
            if not (topic := self.find(Topic, slug) or Topic.objects.filter(name=name).first()):
                topic = self.make(Topic(slug=slug, name=name))
            self.known[Topic, slug] = topic

    def membership_on_offer(self):
        if not Benefit.objects.exists():
            for order, (area, title, text) in enumerate(offer.BENEFITS, 1):
                self.save(Benefit(area=area, title=title, text=text, order=order))
        if not CategoryTerms.objects.exists():
            for category, (meaning, takes) in offer.TERMS.items():
                self.save(CategoryTerms(category=category, meaning=meaning, takes=takes))

    def accounts(self):
        known = {email.casefold() for email in User.objects.values_list("email", flat=True)}
        missing = [account for account in ACCOUNTS if account.email not in known]
        # One password, one hash: hashing is slow on purpose.
        password = make_password(PASSWORD) if missing else ""
        for account in missing:
            user = User.objects.create(
                email=account.email, password=password, name=account.name,
                is_staff=account.is_staff, is_superuser=account.is_superuser,
            )  # fmt: skip
            self.made += 1
            for name in account.groups:
                user.groups.add(StaffGroup.objects.get_or_create(name=name)[0])

    def organisations(self):
        when = self.when
        made = [
            self.organisation(body)
            for body in (
                alliance(when), *others.organisations(when), *documented.members(when),
                *invented.sponsors(), *invented.west_and_south(when),
                *invented.middle_and_east(when), *invented.not_members_today(when),
                *networks.six(when),
            )
        ]  # fmt: skip
        self.new_bodies = [body for body in made if body]
        for body in self.new_bodies:
            self.memberships(body)

    def organisation(self, body: Body) -> Body | None:
        """Make an organisation with its names; None where it is on record already."""
        if body.is_alliance and (own := Organisation.objects.filter(is_alliance=True).first()):
            self.known[Organisation, body.slug] = own
            return None
        if self.find(Organisation, body.slug):
            return None
        row = Organisation(
            slug=body.slug, name=body.name, kind=body.kind, country=body.country, city=body.city,
            region=body.region, website=body.website, summary=body.summary,
            description=body.description, is_alliance=body.is_alliance,
        )  # fmt: skip
        row.founded = body.founded
        if body.colour:
            row.logo = self.picture(
                pictures.monogram(body.name, body.colour), f"Initials of {body.name}"
            )
        self.make(row)
        for name in body.names:
            self.save(
                Alias(organisation=row, name=name.name, kind=name.kind, language=name.language)
            )
        return body

    def memberships(self, body: Body):
        organisation = self.the(Organisation, body.slug)
        for term in body.terms:
            membership = self.period(
                Membership(
                    organisation=organisation,
                    category=term.category,
                    sponsor=self.the(Organisation, term.sponsor),
                    on_behalf_of=self.the(Organisation, term.on_behalf_of),
                    not_continued=term.not_continued,
                    end_reason=term.end_reason,
                    source=term.source,
                ),
                term.span,
            )
            membership.helped_by.set(self.all(Organisation, term.helped_by))
        # Its address follows from what a trigger has just written.
        organisation.refresh_from_db()

    def figures(self):
        for body in self.new_bodies:
            for number in body.numbers:
                row = Figure(
                    about=self.the(Organisation, body.slug),
                    said_by=self.the(Person, number.said_by),
                    **{
                        name: getattr(number, name)
                        for name in (
                            *("measure", "definition", "qualifier", "value", "unit"),
                            *("not_after", "said_as", "source"),
                        )
                    },
                )
                row.true_on = number.true_on
                self.save(row)

    def people(self):
        for human in people.people(self.when):
            if not self.find(Person, human.slug):
                self.person(human)

    def person(self, human: Human):
        person = self.make(
            Person(
                slug=human.slug, name=human.name, title=human.title, email=human.email,
                family_name=human.family_name, biography=human.biography,
                user=self._account_of(human), portrait=self._portrait_of(human),
            )
        )  # fmt: skip
        if human.basis:
            shown = ["name", *(what for what in ("biography", "portrait") if getattr(human, what))]
            for what in shown:
                self.save(
                    ShowingBasis(
                        person=person, what=what, kind=human.basis, proof=human.proof,
                        since=human.since.first_day,
                        until=human.withdrawn.first_day if human.withdrawn else None,
                    )
                )  # fmt: skip
        for post in human.posts:
            row = Affiliation(
                person=person, organisation=self.the(Organisation, post.at),
                function=post.function, body=post.body, order=post.order, source=post.source,
            )  # fmt: skip
            self.period(row, post.span)
        for slug in human.represents:
            row = Representation(person=person, organisation=self.the(Organisation, slug))
            self.period(row, human.posts[0].span)

    def _portrait_of(self, human: Human) -> Picture | None:
        """Return initials in the place of a photograph: nobody's face is made up."""
        if not human.portrait:
            return None
        return self.picture(
            pictures.monogram(human.name, human.portrait, size=288), f"Initials of {human.name}"
        )

    def _account_of(self, human: Human) -> User | None:
        """Return the sign-in of a person, unless somebody else on record has it by now."""
        account = User.objects.filter(email__iexact=human.account, person=None).first()
        return account if human.account else None

    def networks(self):
        for circle in networks.networks(self.when):
            if self.find(Network, circle.slug):
                continue
            network = self.make(
                Network(
                    slug=circle.slug, name=circle.name, formal=circle.formal,
                    list_complete=circle.list_complete, summary=circle.summary,
                    description=circle.description,
                )
            )  # fmt: skip
            for model, rows in (
                (NetworkMember, circle.places), (NetworkCoordination, circle.coordinations),
            ):  # fmt: skip
                for slug, span in rows:
                    self.period(
                        model(network=network, organisation=self.the(Organisation, slug)), span
                    )

    def profiles(self):
        """What waits, who confirmed and who is silent; nothing where the record has any of it."""
        if ProfileChange.objects.exists() or ConfirmationRequest.objects.exists():
            return
        for slug, ago in profiles.CONFIRMED:
            organisation = self.the(Organisation, slug)
            organisation.confirmed_on = self.when.in_days(-ago).first_day
            self.save(organisation)
        for proposal in profiles.PROPOSALS:
            organisation = self.the(Organisation, proposal.organisation)
            self.save(
                ProfileChange(
                    organisation=organisation, after=proposal.values,
                    before=profile_fields.read(organisation, proposal.values),
                    proposed_by=User.objects.filter(email=proposal.by).first(),
                    proposed_at=self.when.moment(self.when.in_days(-proposal.days_ago)),
                    for_network=self.the(Network, proposal.network),
                )
            )  # fmt: skip
        for slug, recipient, ago in profiles.SILENT:
            asked = self.when.in_days(-ago)
            self.save(
                ConfirmationRequest(
                    organisation=self.the(Organisation, slug), recipient=recipient,
                    asked_on=asked.first_day, sent_at=self.when.moment(asked),
                    expires_at=self.when.moment(self.when.in_days(60 - ago)),
                    token_hash=ConfirmationRequest.hash(ConfirmationRequest.new_token()),
                )
            )  # fmt: skip
        slug, email, ago, text = profiles.NOTE
        self.save(
            NetworkNote(
                network=self.the(Network, slug), text=text,
                written_by=User.objects.filter(email=email).first(),
                written_at=self.when.moment(self.when.in_days(-ago)),
            )
        )  # fmt: skip

    def groups(self):
        self.new_groups = set()
        for group in (digitalisation.group(self.when), *groups.groups(self.when)):
            if not self.find(WorkingGroup, group.slug):
                self.new_groups.add(group.slug)
                self.group(group)

    def group(self, group: Group):
        row = self.make(
            WorkingGroup(
                **{
                    name: getattr(group, name)
                    for name in (
                        *("slug", "name", "short_code", "summary", "scope", "who_may_join"),
                        *("status", "one_chair", "deputies_may_publish"),
                    )
                }
            )
        )
        for order, (title, description) in enumerate(group.strands, start=1):
            self.save(Strand(group=row, title=title, description=description, order=order))
        for seat in group.seats:
            role = Role(group=row, person=self.the(Person, seat.person), name=seat.name)
            role.source = seat.source
            self.period(role, seat.span)
        for place in group.places:
            participation = Participation(
                group=row, organisation=self.the(Organisation, place.organisation),
                printed_as=place.printed_as, source=place.source,
            )  # fmt: skip
            self.period(participation, place.span)
            for slug, expertise in place.experts:
                expert = Expert(participation=participation, person=self.the(Person, slug))
                expert.expertise = expertise
                self.period(expert, place.span)
        for work in group.works:
            initiative = Initiative(group=row, title=work.title, description=work.description)
            initiative.source = work.source
            self.period(initiative, work.span)
        for guest in group.guests:
            self.guest(guest, group=row)

    def guest(self, guest: Guest, **where):
        row = GuestAppearance(
            organisation=self.the(Organisation, guest.organisation),
            person=self.the(Person, guest.person), printed_as=guest.printed_as,
            source=guest.source, **where,
        )  # fmt: skip
        row.day = guest.day
        self.save(row)

    def activities(self):
        for happening in activities.activities(self.when):
            if not self.find(Activity, happening.slug):
                self.activity(happening)

    def activity(self, happening: Happening):
        row = Activity(
            group=self.the(WorkingGroup, happening.group),
            starts_qualifier=happening.qualifier,
            ends_on=happening.last_day,
            **{
                name: getattr(happening, name)
                for name in (
                    *("slug", "kind", "title", "summary", "description", "time_zone", "place"),
                    *("online_link", "in_person", "audience", "guests_complete", "minutes"),
                    "called_off",
                )
            },
        )
        row.day = happening.day
        if happening.hours:
            row.start_time, row.end_time = (datetime.time(hour) for hour in happening.hours)
        self.make(row)
        row.helped_by.set(self.all(Organisation, happening.helped_by))
        for guest in happening.guests:
            self.guest(guest, activity=row)

    def waiting(self):
        """What waits on a desk, and what people of a group read; with the groups, never again."""
        for one in asking.REQUESTS:
            if one.group in self.new_groups:
                self.request(one)
        for paper in asking.PAPERS:
            if paper.group in self.new_groups:
                file = ContentFile(
                    asking.paper_file(paper.title), name=f"{slug_from(paper.title)}.pdf"
                )
                self.save(
                    Document(
                        group=self.the(WorkingGroup, paper.group), title=paper.title, file=file,
                        activity=self.the(Activity, paper.activity), audience=paper.audience,
                    )
                )  # fmt: skip
        for slug, years, what in asking.OPEN_LISTS:
            if slug in self.new_groups:
                year = self.when.new_year(years).first_day.year
                self.save(OpenList(group=self.the(WorkingGroup, slug), year=year, what=what))
        facts = asking.handover(self.when)
        if (slug := facts.pop("group")) in self.new_groups:
            self.save(HandoverProposal(group=self.the(WorkingGroup, slug), **facts))

    def request(self, one: asking.Asking):
        facts = asdict(one)
        for name in ("group", "organisation", "days"):
            del facts[name]
        asked = self.when.moment(self.when.in_days(-one.days))
        row = JoinRequest(
            group=self.the(WorkingGroup, one.group),
            organisation=self.the(Organisation, one.organisation),
            asked_by=User.objects.filter(email=one.contact_email).first(), asked_at=asked, **facts,
        )  # fmt: skip
        if one.reason:
            row.state = JoinRequest.State.DECLINED
            row.decided_at = asked + datetime.timedelta(days=2)
        self.save(row)

    def policy_files(self):
        for file in positions.FILES:
            if not self.find(PolicyFile, file.slug):
                self.make(PolicyFile(**asdict(file)))

    def applications(self):
        ours = Application.history.filter(history_change_reason=WHY)
        known = set(ours.values_list("name", flat=True))
        for request in applications.APPLICATIONS:
            if request.facts["name"] not in known:
                self.application(request)

    def application(self, request: Request):
        """Make an application as it stands, without the mails that it would have sent."""

        def ago(days):
            return None if days is None else applications.moment(self.when.today, days)

        decided = request.decided is not None
        row = Application(
            **request.facts, state=request.state, reason=request.reason,
            begun_at=ago(request.begun), saved_at=ago(request.begun), sent_at=ago(request.sent),
            waits_since=ago(request.waits) or ago(request.sent), decided_at=ago(request.decided),
            decided_by=User.objects.filter(email=applications.DECIDES).first() if decided else None,
            organisation=self.the(Organisation, request.organisation),
        )  # fmt: skip
        self.save(row)
        for number, (name, function, email) in enumerate(request.people):
            ApplicationPerson.objects.create(
                application=row, name=name, function=function, email=email,
                is_main=number == 0, consented_at=ago(request.begun),
            )  # fmt: skip
        for title in request.documents:
            name = f"{title}.pdf"
            file = applications.document(f"{row.name}: {title}", name)
            ApplicationDocument.objects.create(
                application=row, name=name, file=file, size=file.size, added_at=ago(request.sent)
            )
        for said in request.said:
            author = User.objects.filter(email=applications.DECIDES).first()
            ApplicationMessage.objects.create(
                application=row, from_office=said.from_office, text=said.text,
                author=author if said.from_office else None, written_at=ago(said.days_ago),
            )  # fmt: skip
