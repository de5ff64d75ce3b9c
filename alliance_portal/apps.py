from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AlliancePortalConfig(AppConfig):
    name = "alliance_portal"
    verbose_name = _("Site")

    def ready(self):
        # Models can be imported only once the apps are ready.
        from alliance_portal import checks  # noqa: F401 registers them
        from alliance_portal.generation import install_triggers

        post_migrate.connect(install_triggers, sender=self)
