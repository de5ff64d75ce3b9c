"""manage.py remind_of_deadlines: mail who asked that a deadline is near. Run it once a day."""

from django.core.management.base import BaseCommand

from news.reminders import remind


class Command(BaseCommand):
    help = (
        "Tell those who asked for it on their desk that a call or consultation closes within 14 or 3 "
        "days: once each. Safe to run twice, late, or at the same time as another run."
    )

    def handle(self, *args, **options):  # noqa: ARG002  Django's signature
        ran = remind()
        self.stdout.write(f"{ran.notices} reminders for {ran.people} people.")
