from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkingGroupsConfig(AppConfig):
    name = "working_groups"
    verbose_name = _("working groups")

    def ready(self):
        from working_groups import permissions  # it needs the models
        from publishing.querysets import AUDIENCE_RULES

        AUDIENCE_RULES.append(permissions.read_by_people_of_groups)
