"""How allauth behaves here: accounts come from invitations only."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:  # noqa: ARG002  allauth's signature
        return False
