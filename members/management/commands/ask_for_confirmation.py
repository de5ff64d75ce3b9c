"""manage.py ask_for_confirmation: ask once a year whether profiles are right. Run it once a day."""

from django.core.management.base import BaseCommand

from members.confirmations import ask


class Command(BaseCommand):
    help = (
        "Ask those who act for a member whether its profile is still right, once a year and with a "
        "link that confirms it. Safe to run twice, late, or at the same time as another run."
    )

    def handle(self, *args, **options):  # noqa: ARG002  Django's signature
        asked = ask()
        self.stdout.write(f"{asked.questions} questions about {asked.organisations} profiles.")
        for organisation in asked.nobody:
            self.stdout.write(f"Nobody acts for it, a task for the staff: {organisation}")
