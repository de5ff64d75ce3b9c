from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from publishing import permissions, querysets  # they need the models

        querysets.AUDIENCE_RULES.append(permissions.read_by_staff)
