"""manage.py remind_of_endings: mail who is to know that a membership ends. Run it once a day."""

from django.core.management.base import BaseCommand

from members.endings import remind


class Command(BaseCommand):
    help = (
        "Tell the staff and those who act for an organisation that its membership ends within 90, "
        "60 or 30 days: once each. Safe to run twice, late, or at the same time as another run."
    )

    def handle(self, *args, **options):  # noqa: ARG002  Django's signature
        ran = remind()
        self.stdout.write(f"{ran.notices} notices for {ran.recipients} recipients.")
        for membership in ran.goes_on:
            self.stdout.write(f"Not told, it goes on: {membership.organisation}, {membership}")
        for membership in ran.nobody:
            self.stdout.write(
                f"Nobody acts for it, only the staff is told: {membership.organisation}"
            )
