from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        from members import permissions  # it needs the models
        from publishing.querysets import AUDIENCE_RULES

        AUDIENCE_RULES.append(permissions.read_by_members)
