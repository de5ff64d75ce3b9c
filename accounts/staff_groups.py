"""What each staff group may do in the admin: one table, written into the groups after each migrate.

Deleting is for mistakes, so only managers do it; everybody else ends things with a day.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from accounts.permissions import EDITORS, MANAGERS, MEMBERSHIP_OFFICERS

VIEW = ("view",)
KEEP = ("view", "add", "change")
ALL = ("view", "add", "change", "delete")

# Group → what it may, by app or by app.model; the more precise line wins.
MAY = {
    MEMBERSHIP_OFFICERS: {
        "members": KEEP,
        "publishing": VIEW,
        "publishing.picture": KEEP,
        "working_groups": VIEW,
        "news": VIEW,
        "alliance_portal.contactmessage": ("view", "change"),
    },
    EDITORS: {
        "publishing": KEEP,
        "news": KEEP,
        "members": VIEW,
        "members.application": (),
        "members.applicationdocument": (),
        "members.applicationkey": (),
        "members.applicationmessage": (),
        "members.applicationperson": (),
        "members.representation": (),
        "members.profilechange": (),
        "members.confirmationrequest": (),
        "members.networknote": (),
        "members.quotation": KEEP,
        "working_groups": VIEW,
        "working_groups.joinrequest": (),
        "working_groups.workinggroup": ("view", "change"),
        "working_groups.strand": KEEP,
        "working_groups.activity": KEEP,
        "working_groups.guestappearance": KEEP,
        "working_groups.initiative": KEEP,
        "working_groups.overview": KEEP,
        "alliance_portal.contactmessage": ("view", "change"),
    },
    MANAGERS: {
        "members": ALL,
        "publishing": ALL,
        "news": ALL,
        "working_groups": ALL,
        "alliance_portal": ALL,
        # Accounts are made by invitation and taken away by making them inactive.
        "accounts.user": ("view", "change"),
        "accounts.invitation": KEEP,
    },
}


def allowed(table: dict, model) -> tuple[str, ...]:
    """Return the actions that a group's table allows on a model."""
    label = model._meta.app_label
    return table.get(f"{label}.{model._meta.model_name}", table.get(label, ()))


def update_staff_groups(using="default", **_signal):
    """Make the staff groups where they are missing, and give each exactly what `MAY` says."""
    labels = {entry.partition(".")[0] for table in MAY.values() for entry in table}
    configs = [apps.get_app_config(label) for label in sorted(labels)]
    for config in configs:
        create_permissions(config, verbosity=0, using=using)
    permissions = {
        (one.content_type.app_label, one.codename): one
        for one in Permission.objects.using(using)
        .filter(content_type__app_label__in=labels)
        .select_related("content_type")
    }
    for name, table in MAY.items():
        group, _made = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(
            permissions[config.label, f"{action}_{model._meta.model_name}"]
            for config in configs
            for model in config.get_models()
            for action in allowed(table, model)
            if not model.__name__.startswith("Historical")
        )
