"""Staff groups, and the doors that an account opens. Asked by name: `user.has_perm("accounts.invite")`.

Superusers may everything (Django answers for them before it asks here).
"""

import rules
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

# The staff groups by name; their rights in the admin are set where it is (migrations, admin).
EDITORS, MEMBERSHIP_OFFICERS, MANAGERS = "Editors", "Membership officers", "Managers"
EDITING_STAFF = (EDITORS, MANAGERS)
STAFF_GROUPS = (EDITORS, MEMBERSHIP_OFFICERS, MANAGERS)

manages = rules.is_active & rules.is_group_member(MANAGERS)
edits = rules.is_active & (rules.is_group_member(EDITORS) | rules.is_group_member(MANAGERS))
keeps_members = rules.is_active & (
    rules.is_group_member(MEMBERSHIP_OFFICERS) | rules.is_group_member(MANAGERS)
)

rules.add_perm("accounts.invite", manages)


def has_second_factor(user) -> bool:
    """Whether this account signs in with a code of its authenticator app besides the password."""
    return is_mfa_enabled(user, types=[Authenticator.Type.TOTP])


def may_enter_admin(user) -> bool:
    """Staff may; with STAFF_SECOND_FACTOR only those who have set up a second factor."""
    if not (user.is_active and user.is_staff):
        return False
    return has_second_factor(user) if settings.STAFF_SECOND_FACTOR else True
