from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkingGroupsConfig(AppConfig):
    name = "working_groups"
    verbose_name = _("Working groups")

    def ready(self):
        from publishing.actions import ON_PUBLISHING  # these need the models
        from publishing.models import Kind
        from publishing.previews import PREVIEWS
        from publishing.querysets import AUDIENCE_RULES
        from working_groups import actions, desk, permissions

        AUDIENCE_RULES.append(permissions.read_by_people_of_groups)
        ON_PUBLISHING[Kind.OVERVIEW] = actions.freeze
        PREVIEWS[Kind.OVERVIEW] = desk.preview_by_link
