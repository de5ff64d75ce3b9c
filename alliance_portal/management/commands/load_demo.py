"""manage.py load_demo: the demonstration, once."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alliance_portal.demo.load import load
from members.models import Organisation
from record.days import today


class Command(BaseCommand):
    help = (
        "Load the demonstration: real bodies as public texts document them, everything else "
        "invented. A second run changes nothing and keeps what people changed."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true",
            help="Do nothing where any organisation is on record already.",
        )  # fmt: skip
        parser.add_argument(
            "--yes-demo-in-production", action="store_true",
            help="Load it in production too: it makes staff accounts with a printed password.",
        )  # fmt: skip

    def handle(self, *, if_empty, yes_demo_in_production, **options):  # noqa: ARG002  Django's signature
        if settings.PRODUCTION and not yes_demo_in_production:
            raise CommandError(
                "This is production, and the demonstration makes staff accounts whose password "
                "everybody can read. Use --yes-demo-in-production if that is what you want."
            )
        if if_empty and Organisation.objects.exists():
            self.stdout.write("Organisations are on record already: the demo was not loaded.")
            return
        self.stdout.write("Loading the demonstration …")
        made = load(today(), self.stdout.write)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner would take the tables for empty for a minute
        self.stdout.write(
            f"The demonstration is loaded: {made} records."
            if made
            else "The demonstration was loaded before: nothing changed."
        )
