"""Puts the demonstration's texts into the database: positions, news and yearly overviews.

They are saved by the verbs of publishing, so each has its version. Those verbs publish now or later,
never in the past; so the day on which a text of this past came out is set beside them, and what a
kind does on publishing is done as always.
"""

from django.utils import timezone

from accounts.models import User
from alliance_portal.demo import digitalisation, opportunities, overviews, positions, posts
from alliance_portal.demo.pictures import horizon
from alliance_portal.demo.posts import Said
from alliance_portal.demo.shapes import INVENTED, WHY, News, Paper, Text, Year
from members.models import Membership, Network, Organisation, Person, Quotation
from news import announcements
from news.models import Contribution, Opportunity, PolicyFile, Position, Post
from publishing import actions
from publishing.models import Kind, Publication, State, Topic
from record.days import PartialDate
from working_groups.models import Activity, Overview, WorkingGroup


class Writing:
    """The steps of a Loader that make publications."""

    def __init__(self, loader):
        self.loader = loader

    def publication(self, model: type[Publication], text: Text, **facts) -> Publication:
        """Save a text, and let it be out from its instant; returns the publication."""
        row = model(
            title=text.title, lead=text.lead, body=text.body, audience=text.audience,
            undated=text.undated, printed_not_after=text.not_after, prominence=text.prominence,
            **facts,
        )  # fmt: skip
        row.printed = text.printed
        if text.out and not (text.printed or text.undated):
            row.printed = PartialDate(timezone.localdate(text.out))
        row.full_clean(["slug"] if model is Overview else None, validate_constraints=False)
        actions.save_draft(row, by=None, why=WHY)
        row.topics.set(self.loader.all(Topic, text.topics))
        self.loader.made += 1
        self.loader.known[model, text.slug] = row
        return row

    def put_out(self, row: Publication, text: Text):
        """Give a text its state: out from its instant, in review, or taken back."""
        if text.state == State.DRAFT:
            return
        row.state, row.visible_from = text.state, text.out
        if text.state == State.WITHDRAWN:
            row.withdrawn_reason = posts.WITHDRAWN_BECAUSE
        if text.state == State.PUBLISHED and row.kind in actions.ON_PUBLISHING:
            actions.ON_PUBLISHING[row.kind](row, text.out)
            if isinstance(row, Overview):
                self.date_back(row, text)
        row.full_clean(validate_constraints=False)
        actions.save_draft(row, by=None, why=WHY)

    def date_back(self, overview: Overview, text: Text):
        """Let an invented overview's record be that of the day on which it came out.

        Nothing is invented for its year that became known later. The real overview is not dated:
        its record was put together when the demonstration was loaded, and says so.
        """
        if not text.undated:
            overview.frozen_at = text.out
            overview.frozen["as_of"] = timezone.localdate(text.out).isoformat()

    def opportunities(self):
        load = self.loader
        for call in opportunities.opportunities(load.when):
            if not load.find(Opportunity, call.slug):
                row = load.make(
                    Opportunity(
                        slug=call.slug, kind=call.kind, title=call.title, summary=call.summary,
                        who_may_apply=call.who, source=call.source, deadline=call.deadline,
                    )
                )  # fmt: skip
                row.topics.set(load.all(Topic, call.topics))

    def what_came_of_them(self):
        """Link past opportunities to the texts that came of them, once both are there."""
        load = self.loader
        for call in opportunities.opportunities(load.when):
            row = load.the(Opportunity, call.slug)
            if call.came_of_it and not row.came_of_it.exists():
                row.came_of_it.set(load.all(Position, call.came_of_it))

    def positions(self):
        load, when = self.loader, self.loader.when
        load.policy_files()
        for paper in positions.positions(when):
            if not load.find(Position, paper.slug):
                self.position(paper)

    def position(self, paper: Paper):
        load = self.loader
        row = self.publication(
            Position, paper, slug=paper.slug, kind=Kind.POSITION, output=paper.output,
            outcome=paper.outcome, policy_file=load.the(PolicyFile, paper.policy_file),
            answers=load.the(Opportunity, paper.answers), adopted=paper.adopted,
            outcome_day=paper.outcome_day,
        )  # fmt: skip
        for led, slugs in ((True, paper.led_by), (False, paper.contributed)):
            for slug in slugs:
                group = load.the(WorkingGroup, slug)
                load.save(Contribution(position=row, group=group, led=led, year=paper.year))
        self.put_out(row, paper)

    def posts(self):
        self.said = posts.quotations(self.loader.when)
        for news in posts.posts(self.loader.when):
            if not self.loader.find(Post, news.slug):
                self.post(news)

    def post(self, news: News):
        load = self.loader
        row = self.publication(
            Post, news, slug=news.slug, kind=news.kind, key_points="\n".join(news.key_points),
            announces=load.the(Position, news.announces), contact=load.the(Person, news.contact),
            contact_function=news.contact_function,
            audience_group=load.the(WorkingGroup, news.audience_group),
            picture=load.picture(horizon(news.title, news.colour), "Bands of one colour")
            if news.colour
            else None,
        )  # fmt: skip
        row.organisations.set(load.all(Organisation, news.organisations))
        row.networks.set(load.all(Network, news.networks))
        row.groups.set(load.all(WorkingGroup, news.groups))
        row.activities.set(load.all(Activity, news.activities))
        for key in news.quotations:
            self.quotation(self.said[key], row)
        self.put_out(row, news)

    def announcement(self):
        """Draft the announcement of the memberships that begin next, once: the editor's to finish."""
        if Post.objects.filter(memberships__isnull=False).exists():
            return
        coming = Membership.objects.announced().order_by("during", "pk")
        first = coming.first()
        if first is None:
            return
        editor = User.objects.filter(email="editor@example.org").first()
        announcements.draft(coming.filter(during__startswith=first.starts_on), by=editor)
        self.loader.made += 1

    def quotation(self, said: Said, post: Post):
        load = self.loader
        day = said.said_on.first_day
        row = load.save(
            Quotation(
                words=said.words, speaker=load.the(Person, said.speaker), function=said.function,
                organisation=load.the(Organisation, said.organisation), said_on=day,
                consented_on=day, consent_proof=f"Mail in the demonstration's files. {INVENTED}",
            )
        )  # fmt: skip
        row.used_in.set([post])

    def overviews(self):
        """Overviews belong to their groups: they are made with them and never again."""
        when = self.loader.when
        for year in (digitalisation.overview(when), *overviews.overviews(when)):
            if year.group in self.loader.new_groups:
                self.overview(year)

    def overview(self, year: Year):
        row = self.publication(
            Overview, year, kind=Kind.OVERVIEW, year=year.year, outlook=year.outlook,
            thanks=year.thanks, record_incomplete=list(year.incomplete),
            group=self.loader.the(WorkingGroup, year.group),
            author=User.objects.filter(email__iexact=year.author).first(),
        )  # fmt: skip
        self.put_out(row, year)
