from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News and policy")

    def ready(self):
        from members.acceptance import AFTER_ACCEPTANCE
        from members.follow_ups import LINKS
        from members.models import Figure, Membership, Organisation
        from news import announcements, announcing, checking, permissions  # they need the models
        from publishing.actions import ON_PUBLISHING
        from publishing.checking import CHECKS
        from publishing.querysets import AUDIENCE_RULES

        AUDIENCE_RULES.append(permissions.read_by_its_group)
        CHECKS.append(checking.check)
        LINKS.append(announcing.links_for)
        AFTER_ACCEPTANCE.append(announcing.offer)
        ON_PUBLISHING["announcement"] = announcements.on_publishing
        for model in (Membership, Figure, Organisation):
            for signal in (post_save, post_delete):
                signal.connect(announcements.record_changed, sender=model)
