from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News and policy")

    def ready(self):
        from members.acceptance import AFTER_ACCEPTANCE
        from news import announcements, permissions  # they need the models
        from publishing.querysets import AUDIENCE_RULES

        AUDIENCE_RULES.append(permissions.read_by_its_group)
        AFTER_ACCEPTANCE.append(announcements.offer)
