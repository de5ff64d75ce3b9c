"""manage.py forget_applications: what applicants typed goes when its time is over. Run it once a day."""

from django.core.management.base import BaseCommand

from members.retention import BEGUN_DAYS, DECLINED_DAYS, forget_old


class Command(BaseCommand):
    help = (
        f"Delete applications that were begun and not touched for {BEGUN_DAYS} days without being "
        f"sent, and take the personal data off those that were declined {DECLINED_DAYS} days ago. "
        "Safe to run twice, late, or at the same time as another run."
    )

    def handle(self, *args, **options):  # noqa: ARG002  Django's signature
        done = forget_old()
        self.stdout.write(f"{done.deleted} never sent: deleted. {done.anonymised} anonymised.")
