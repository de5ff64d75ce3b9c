from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts.staff_groups import update_staff_groups  # needs the models

        # The last of our apps that a migrate runs through: all permissions can be made by then.
        post_migrate.connect(update_staff_groups, sender=self)
