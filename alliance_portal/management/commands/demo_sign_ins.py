"""manage.py demo_sign_ins: who can sign in to the demonstration, and what to try."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from alliance_portal.demo.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Print the sign-ins of the demonstration."

    def handle(self, **options):  # noqa: ARG002  Django's signature
        if settings.PRODUCTION:
            raise CommandError("This is production: sign-ins are not printed here.")
        users = {
            user.email.casefold(): user
            for user in User.objects.filter(email__in=[account.email for account in ACCOUNTS])
        }
        known = [account for account in ACCOUNTS if account.email in users]
        if not known:
            self.stdout.write("The demonstration is not loaded here: it has no sign-ins.")
            return
        self.stdout.write(f"Sign in at {settings.SITE_URL}/accounts/login/\n\n")
        rows = [("who", "mail address", "password", "what to try")]
        rows += [
            (
                account.job, account.email, self._password(users[account.email]), account.try_this,
            )
            for account in known
        ]  # fmt: skip
        rows.append(("Visitor", "none needed", "", "/members/, /news/, /working-groups/"))
        self._table(rows)

    def _password(self, user) -> str:
        if not user.is_active:
            return "account closed"
        return PASSWORD if user.check_password(PASSWORD) else "was changed"

    def _table(self, rows):
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for number, (*cells, last) in enumerate(rows):
            padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
            self.stdout.write("  ".join([*padded, last]).rstrip())
            if number == 0:
                self.stdout.write("-" * (sum(widths) + 6 + max(len(row[3]) for row in rows)))
