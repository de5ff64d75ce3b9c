"""manage.py thin_versions: forget the steps of typing, keep what they led to. Run it once a day."""

from django.core.management.base import BaseCommand

from publishing import versions


class Command(BaseCommand):
    help = (
        "Delete automatic saves that are older than a day, but the last of each sitting. What was "
        "saved by hand, and what was refused, stays. Safe to run twice."
    )

    def handle(self, *args, **options):  # noqa: ARG002  Django's signature
        self.stdout.write(f"{versions.thin()} automatic saves thinned.")
