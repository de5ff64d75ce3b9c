"""The network that `manage.py generate_network` makes: a record of fifteen years, and what is written of it.

The same seed, numbers and day make the same network. What decides is skewed as in life: few countries,
sponsors, groups and organisations have most of everything.
"""

import datetime
from collections.abc import Callable
from random import Random

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from alliance_portal.generated import histories, words
from alliance_portal.generated.copying import BATCH, Table
from members.models import (
    Affiliation,
    Alias,
    Figure,
    Membership,
    Network,
    NetworkCoordination,
    NetworkMember,
    Organisation,
    Person,
    ShowingBasis,
)
from members.models.organisations import names_for_search
from news.models import Contribution, PolicyFile, Position, Post
from publishing.models import Kind, Publication, State, Topic
from record.days import PartialDate, add_months
from record.names import RESERVED, normalise
from working_groups.models import Activity, Expert, Participation, Role, WorkingGroup

FEW = 40  # sponsors and groups there are at most
KINDS = list(Organisation.Kind.values)
KIND_WEIGHTS = (20, 25, 25, 8, 8, 6, 4, 4)
POST_KINDS = (Kind.NEWS, Kind.ANNOUNCEMENT, Kind.REPORT, Kind.PRESS)
OTHER_NAMES = Alias.Kind


def generate(
    organisations: int, posts: int, seed: int, day: datetime.date, step: Callable[[str, int], None]
) -> dict[str, int]:
    """Make a network in one transaction; returns how many rows of each table were made.

    `organisations` and `posts` are numbers, `day` is the one from which announced things are ahead;
    `step` is called with a name and a number as rows are written. It writes no history, and nothing
    that `save()` would check is checked but by the database.
    """
    with transaction.atomic():
        return Generator(organisations, posts, seed, day, step).run()


class Generator:
    """One run. Every part has its own dice, so that a change of one leaves the others as they were."""

    def __init__(self, organisations, posts, seed, day, step):
        self.number, self.posts, self.seed, self.day = organisations, posts, seed, day
        self.step, self.tables = step, {}
        self.groups = min(FEW, max(2, organisations // 25))
        self.sponsors = min(FEW, max(2, organisations // 25))
        self.networks = min(12, max(2, organisations // 50))

    def run(self) -> dict[str, int]:
        self._alliance()
        self._organisations()
        self._networks()
        self._groups()
        self._people()
        self._participations()
        self._figures()
        self._activities()
        self._posts()
        self._positions()
        return {
            str(table.model._meta.verbose_name_plural): table.written
            for table in self.tables.values()
        }

    # What all parts use

    def dice(self, part: str) -> Random:
        return Random(f"{self.seed} {part}")  # noqa: S311 a network that is made up

    def table(self, model: type[models.Model]) -> Table:
        if model not in self.tables:
            name = str(model._meta.verbose_name_plural)
            self.tables[model] = Table(model, lambda number: self.step(name, number))
        return self.tables[model]

    def skewed(self, dice: Random, some: range, power: float = 3) -> int:
        """Return one of the keys, the first ones far more often than the last."""
        return some[int(len(some) * dice.random() ** power)]

    def moment(self, dice: Random) -> datetime.datetime:
        """Return an instant of the last years, more often a late one than an early one."""
        days = int(365 * histories.YEARS * dice.random() ** 2) - dice.randrange(2)
        at = datetime.time(dice.randrange(7, 19), dice.choice((0, 15, 30)))
        date = self.day - datetime.timedelta(days=days)
        return datetime.datetime.combine(date, at, timezone.get_default_timezone())

    def _analyse(self) -> None:
        """Have the triggers planned anew: they were for empty tables, which they would read whole."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    # Organisations with their names and memberships

    def _alliance(self) -> None:
        if Organisation.objects.filter(is_alliance=True).exists():
            return
        name = "The Generated Alliance"
        row = {"name": name, "slug": "the-generated-alliance", "sort_name": normalise(name),
               "search_names": normalise(name), "is_alliance": True}  # fmt: skip
        self.table(Organisation).write([row])

    def _organisations(self) -> None:
        dice = self.dice("organisations")
        self.slugs = set(Organisation.objects.values_list("slug", flat=True)) | RESERVED
        self.names = set(Alias.objects.values_list("normalised", flat=True))
        organisations = self.table(Organisation)
        first = organisations.next
        self.keys = range(first, first + self.number)
        payers = self.keys[: self.sponsors]
        for begin in range(0, self.number, BATCH):
            keys = self.keys[begin : begin + BATCH]
            made = [self._organisation(dice) for _key in keys]
            organisations.write(row for row, _aliases in made)
            self.table(Alias).write(
                {**alias, "organisation_id": key}
                for key, (_row, aliases) in zip(keys, made, strict=True)
                for alias in aliases
            )
            self._memberships(dice, keys, [row["region"] for row, _aliases in made], payers)
            if begin == 0:
                self._analyse()

    def _organisation(self, dice: Random) -> tuple[dict, list[dict]]:
        land = words.a_land(dice)
        town = dice.choice(land.towns)
        stem, name = self._new_name(dice, land, town)
        aliases = [alias for alias in self._aliases(dice, land, stem, name) if alias]
        founded = datetime.date(dice.randrange(1950, self.day.year - 1), dice.randrange(1, 13), 1)
        return {
            "name": name,
            "slug": self._slug(name),
            "kind": dice.choices(KINDS, KIND_WEIGHTS)[0],
            "country": land.code if dice.random() > 0.01 else "",
            "city": town,
            "region": f"{town}, {land.code}" if dice.random() < 0.4 else "",
            "founded_on": founded if dice.random() < 0.6 else None,
            "founded_precision": "month",
            "website": f"https://{self._ascii(stem)}.example.org/" if dice.random() < 0.7 else "",
            "summary": words.a_sentence(dice, name),
            "description": "".join(
                f"<p>{words.a_sentence(dice, stem)}</p>" for _number in range(dice.randrange(4))
            ),
            "sort_name": normalise(name),
            "search_names": names_for_search([name, *(alias["name"] for alias in aliases)]),
        }, aliases  # fmt: skip

    def _new_name(self, dice: Random, land: words.Land, town: str) -> tuple[str, str]:
        """Return a stem and a name that no organisation has yet."""
        while True:
            stem = words.a_stem(dice, land.sounds)
            name = dice.choice(land.houses).format(stem=stem, town=town)
            if (key := normalise(name)) not in self.names:
                self.names.add(key)
                return stem, name

    def _aliases(self, dice: Random, land: words.Land, stem: str, name: str):
        foreign = land.sounds[0] != "Latn"
        if foreign:
            latin = self._latin(name)
            yield self._alias(latin, OTHER_NAMES.PRINTED)
        if dice.random() < 0.35:
            letters = [letter for letter in self._ascii(stem) if letter not in "aeiou"]
            acronym = "".join(letters[:4]) + dice.choice("abcdefghijklmnop")
            yield self._alias(acronym.upper(), OTHER_NAMES.ACRONYM)
        if dice.random() < 0.06:
            _stem, former = self._new_name(dice, land, dice.choice(land.towns))
            self.names.discard(normalise(former))
            yield self._alias(former, OTHER_NAMES.FORMER, land.language)
        if dice.random() < 0.04:
            yield self._alias(words.a_misspelling(dice, name), OTHER_NAMES.MISSPELT)

    def _alias(self, name: str, kind: str, language: str = "") -> dict | None:
        key = normalise(name)
        if key in self.names:
            return None
        self.names.add(key)
        return {"name": name, "kind": kind, "language": language, "normalised": key}

    def _latin(self, name: str) -> str:
        latin = "".join(
            letter.translate(words.LETTERS)
            if letter.islower()
            else letter.lower().translate(words.LETTERS).capitalize()
            for letter in normalise(name).title()
        )
        return latin.strip()

    def _ascii(self, name: str) -> str:
        return slugify(normalise(self._latin(name)))

    def _slug(self, name: str) -> str:
        base = self._ascii(name)[:70] or "organisation"
        slug, number = base, 2
        while slug in self.slugs:
            slug, number = f"{base}-{number}", number + 1
        self.slugs.add(slug)
        return slug

    def _memberships(self, dice: Random, keys: range, regions: list[str], payers: range) -> None:
        rows, helped = [], []
        table = self.table(Membership)
        for key, region in zip(keys, regions, strict=True):
            if dice.random() < 0.03:  # the record names it for something else
                continue
            payer = {"sponsor_id": self._other(dice, payers, key)}
            if dice.random() < 0.3:
                payer["on_behalf_of_id"] = self._other(dice, payers, key)
            for row in histories.memberships(dice, self.day, region, payer):
                if row["category"] == "sponsored" and dice.random() < 0.1:
                    helper = self._other(dice, self.keys, key)
                    helped.append(
                        {"membership_id": table.next + len(rows), "organisation_id": helper}
                    )
                rows.append({"organisation_id": key, **row})
        table.write(rows)
        # A helper must be on record: those of later portions are not yet.
        through = Membership.helped_by.through
        self.table(through).write(row for row in helped if row["organisation_id"] <= keys[-1])

    def _other(self, dice: Random, some: range, than: int) -> int:
        while (key := self.skewed(dice, some)) == than:
            continue
        return key

    # Networks and groups

    def _networks(self) -> None:
        dice = self.dice("networks")
        first = self.table(Network).next
        rows = ({"name": f"Network of {self._ascii(stem).title()} {number}",
                 "slug": f"generated-network-{number}", "formal": dice.random() < 0.5,
                 "list_complete": dice.random() < 0.8}
                for number in range(first, first + self.networks)
                for stem in [words.a_stem(dice, words.LATIN)])  # fmt: skip
        keys = self.table(Network).write(rows)
        since = PartialDate(datetime.date(self.day.year - histories.YEARS, 1, 1))
        whole = histories.period(since, None)
        self.table(NetworkMember).write(
            {"network_id": network, "organisation_id": organisation, **whole}
            for organisation, network in zip(self.keys, keys, strict=False)
        )
        self.table(NetworkMember).write(
            {"network_id": network, "organisation_id": organisation,
             **histories.a_period(dice, self.day)}
            for organisation in self.keys[self.networks :]
            if dice.random() < 0.5
            for network in {self.skewed(dice, keys, 2) for _place in range(dice.choice((1, 1, 2)))}
        )  # fmt: skip
        self.table(NetworkCoordination).write(
            {"network_id": network, "organisation_id": organisation, **whole}
            for organisation, network in zip(self.keys, keys, strict=False)
        )

    def _groups(self) -> None:
        dice = self.dice("groups")
        first = self.table(WorkingGroup).next
        self.group_keys = self.table(WorkingGroup).write(
            {"name": f"Working group {number}: {dice.choice(words.SUBJECTS)}",
             "slug": f"generated-group-{number}", "short_code": f"WG{number}",
             "summary": words.a_sentence(dice, "The group"),
             "scope": f"<p>{words.a_sentence(dice, 'The group')}</p>"}
            for number in range(first, first + self.groups)
        )  # fmt: skip

    # People

    def _people(self) -> None:
        dice = self.dice("people")
        people, given = self.table(Person), words.GIVEN
        for begin in range(0, self.number, BATCH):
            organisations = self.keys[begin : begin + BATCH]
            first = people.next
            rows = []
            for key in range(first, first + len(organisations)):
                family = words.a_stem(dice, words.a_land(dice).sounds)
                name = f"{dice.choice(given)} {family}"
                rows.append({
                    "name": name, "family_name": family, "slug": f"{self._ascii(name)}-{key}",
                    "sort_name": normalise(f"{family} {name}"),
                    "biography": f"<p>{words.a_sentence(dice, name)}</p>"
                    if dice.random() < 0.2 else "",
                })  # fmt: skip
            keys = people.write(rows)
            self.table(ShowingBasis).write(self._bases(dice, keys))
            self.table(Affiliation).write(
                {"person_id": person, "organisation_id": at, "function": function,
                 **histories.a_period(dice, self.day)}
                for person, own in zip(keys, organisations, strict=True)
                for at in {own, *([self.skewed(dice, self.keys)] if dice.random() < 0.3 else [])}
                for function in [dice.choice(words.FUNCTIONS)]
            )  # fmt: skip
        self.people_keys = range(people.first, people.next)
        self.table(Role).write(self._chairs(dice))

    def _bases(self, dice: Random, people: range):
        since = self.day - datetime.timedelta(days=900)
        for person in people:
            for what, share in (("name", 0.6), ("biography", 0.15)):
                if dice.random() < share:
                    withdrawn = self.day if dice.random() < 0.03 else None
                    yield {"person_id": person, "what": what, "kind": "consent", "since": since,
                           "until": withdrawn, "proof": "Made up with the network"}  # fmt: skip

    def _chairs(self, dice: Random):
        """Yield chairs of each group, one after the other, the last one in office."""
        for group in self.group_keys:
            start = datetime.date(self.day.year - dice.randrange(6, 12), 1, 1)
            while start <= self.day:
                after = add_months(start, 12 * dice.randrange(2, 5))
                person = dice.choice(self.people_keys)
                last = after > self.day
                yield {"group_id": group, "person_id": person, "name": "chair",
                       "group_has_one_chair": True,
                       **histories.period(PartialDate(start), None if last else after)}  # fmt: skip
                start = after

    def _participations(self) -> None:
        dice = self.dice("participations")
        table = self.table(Participation)
        for begin in range(0, self.number, BATCH):
            keys = self.keys[begin : begin + BATCH]
            rows = [
                {"group_id": group, "organisation_id": organisation,
                 **histories.a_period(dice, self.day)}
                for organisation in keys
                if dice.random() < 0.7
                for group in {self.skewed(dice, self.group_keys, 2)
                              for _place in range(dice.choice((1, 1, 2, 3)))}
            ]  # fmt: skip
            places = table.write(rows)
            self.table(Expert).write(
                {"participation_id": place, "person_id": dice.choice(self.people_keys),
                 "expertise": dice.choice(words.SUBJECTS), "during": row["during"],
                 **{name: row[name] for name in row if name.startswith(("start_", "end_"))}}
                for place, row in zip(places, rows, strict=True)
                if dice.random() < 0.4
            )  # fmt: skip

    def _figures(self) -> None:
        dice = self.dice("figures")
        self.table(Figure).write(
            {"about_id": organisation, "measure": "represented", "unit": "companies",
             "qualifier": dice.choice(("", "more_than", "about")),
             "value": int(dice.lognormvariate(4, 1.2)) + 1,
             "as_of": self.day - datetime.timedelta(days=dice.randrange(3000)),
             "source": "Made up with the network"}
            for organisation in self.keys
            if dice.random() < 0.4
        )  # fmt: skip

    # What happens, and what is written

    def _activities(self) -> None:
        dice, table = self.dice("activities"), self.table(Activity)
        first = table.next
        table.write(
            {"group_id": self.skewed(dice, self.group_keys, 2) if dice.random() < 0.8 else None,
             "title": f"{dice.choice(words.SUBJECTS).capitalize()} {dice.choice(('day', 'meeting', 'talk'))}",
             "slug": f"generated-activity-{key}", "kind": dice.choice(Activity.Kind.values),
             "starts_on": self.moment(dice).date() + datetime.timedelta(days=dice.choice((0, 0, 0, 120))),
             "place": "Brussels", "updated_at": self.moment(dice)}
            for key in range(first, first + min(5000, self.number // 5))
        )  # fmt: skip

    def _posts(self) -> None:
        dice = self.dice("posts")
        topics = self.table(Topic)
        first = topics.next
        self.topics = topics.write(
            {"name": f"{subject.capitalize()} {key}", "slug": f"generated-topic-{key}"}
            for key, subject in enumerate(words.SUBJECTS, first)
        )
        for begin in range(0, self.posts, BATCH):
            rows = [
                self._publication(dice, dice.choice(POST_KINDS))
                for _number in range(min(BATCH, self.posts - begin))
            ]
            keys = self._publications(rows)
            self.table(Post).write({"publication_ptr_id": key} for key in keys)
            for through, columns, some, most in (
                (Publication.topics.through, ("publication_id", "topic_id"), self.topics, 2),
                (Post.organisations.through, ("post_id", "organisation_id"), self.keys, 2),
                (Post.groups.through, ("post_id", "workinggroup_id"), self.group_keys, 1),
            ):
                self.table(through).write(
                    dict(zip(columns, (key, one), strict=True))
                    for key in keys
                    for one in {self.skewed(dice, some) for _one in range(dice.randrange(most + 1))}
                )

    def _publications(self, rows: list[dict]) -> range:
        table = self.table(Publication)
        return table.write(
            {**row, "slug": f"{slugify(row['title'])[:60]}-{key}"}
            for key, row in enumerate(rows, table.next)
        )

    def _publication(self, dice: Random, kind: str) -> dict:
        at = self.moment(dice)
        who = words.a_stem(dice, words.a_land(dice).sounds)
        title = words.a_sentence(dice, who).removesuffix(".")
        state = State.DRAFT if dice.random() < 0.01 else State.PUBLISHED
        dated = dice.random()
        return {
            "kind": kind,
            "title": title[:200],
            "lead": words.a_sentence(dice, "The network"),
            "body": "".join(
                f"<p>{words.a_sentence(dice, who)} {words.a_sentence(dice, 'The network')}</p>"
                for _number in range(dice.randrange(1, 4))
            ),
            "state": state,
            "visible_from": at + datetime.timedelta(days=30 if dice.random() < 0.001 else 0)
            if state == State.PUBLISHED else None,
            "audience": "members" if dice.random() < 0.005 else "public",
            "printed_on": at.date() if dated < 0.9 else None,
            "undated": dated > 0.97,
            "created_at": at,
            "updated_at": at,
        }  # fmt: skip

    def _positions(self) -> None:
        dice = self.dice("positions")
        files = self.table(PolicyFile)
        first = files.next
        files = files.write(
            {"name": f"{subject.capitalize()} Act {key}", "slug": f"generated-file-{key}"}
            for key, subject in enumerate(words.SUBJECTS, first)
        )
        number = self.posts // 200
        keys = self._publications(
            [self._publication(dice, Kind.POSITION) for _one in range(number)]
        )
        self.table(Position).write(
            {"publication_ptr_id": key, "policy_file_id": self.skewed(dice, files),
             "output": dice.choice(Position.Output.values)}
            for key in keys
        )  # fmt: skip
        self.table(Contribution).write(
            {"position_id": key, "group_id": self.skewed(dice, self.group_keys), "led": True}
            for key in keys
        )
