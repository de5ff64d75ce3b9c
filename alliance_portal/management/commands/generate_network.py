"""manage.py generate_network: a made-up network of any size, to measure and to look at."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alliance_portal.generated.network import generate
from members.models import Organisation
from publishing.models import Publication
from record.days import parse_day, today

LEAST = 30  # organisations
WIDTH = 30  # characters of the bar
POSTS_WEIGH = 5  # rows that come with a post
ORGANISATIONS_WEIGH = 13  # rows that come with an organisation


class Command(BaseCommand):
    help = (
        "Make up a network: organisations in several scripts with fifteen years of memberships, "
        "networks, groups, people and posts, the same ones for the same seed, numbers and day. "
        "Nothing of it is real, and it leaves no history."
    )

    def add_arguments(self, parser):
        parser.add_argument("--organisations", type=int, default=50_000)
        parser.add_argument("--posts", type=int, default=200_000)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument(
            "--day", help="The day that is today for it, as 2026-11-25; without: today."
        )
        parser.add_argument(
            "--add", action="store_true",
            help="Add it to what the database holds already; there is no way to take it out again.",
        )  # fmt: skip
        parser.add_argument(
            "--yes-generate-in-production", action="store_true",
            help="Make it in production too: every organisation, person and post of it is made up.",
        )  # fmt: skip

    def handle(self, *, organisations, posts, seed, day, add, **options):
        if settings.PRODUCTION and not options["yes_generate_in_production"]:
            raise CommandError(
                "This is production, and everything that this makes is made up and public. Use "
                "--yes-generate-in-production if that is what you want."
            )
        if organisations < LEAST or posts < 0:
            raise CommandError(
                f"It takes {LEAST} organisations at least, and no number below zero."
            )
        if not add and (Organisation.objects.exists() or Publication.objects.exists()):
            raise CommandError(
                "The database holds organisations or texts already. Name another database "
                "(DATABASE_URL), or use --add to add what is made up to them for good."
            )
        whole = organisations * ORGANISATIONS_WEIGH + posts * POSTS_WEIGH
        bar = Bar(self.stderr, whole)
        made = generate(organisations, posts, seed, _day(day), bar.step)
        bar.end()
        for name, number in made.items():
            self.stdout.write(f"{number:>10,} {name}")
        self.stdout.write("Gathering what the planner must know …")
        with connection.cursor() as cursor:
            # The visibility map too: counts are then read from the indexes alone.
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
        self.stdout.write(f"The network is made, from seed {seed}. No history was written.")


def _day(text: str | None):
    try:
        return parse_day(text) if text else today()
    except ValueError as error:
        raise CommandError(str(error)) from None


class Bar:
    """How far it is: one line that is written anew at a terminal, a line a tenth elsewhere."""

    def __init__(self, out, whole: int):
        self.out, self.whole, self.done, self.said = out, whole, 0, -1
        self.live = out.isatty()

    def step(self, name: str, number: int) -> None:
        self.done += number
        percent = min(99, 100 * self.done // self.whole)
        if self.live:
            filled = "█" * (WIDTH * percent // 100)
            self.out.write(f"\r{filled:·<{WIDTH}} {percent:>3} %  {name:<40}", ending="")
        elif percent // 10 != self.said:
            self.said = percent // 10
            self.out.write(f"{percent:>3} %  {name}")

    def end(self) -> None:
        if self.live:
            self.out.write(f"\r{'█' * WIDTH} 100 %{'':<42}")
