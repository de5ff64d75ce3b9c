"""/accounts/: sign-in and what belongs to it, and invitations.

Allauth's pages one by one: what is not listed (several addresses of one account, sign-in by code)
does not exist here. Sign-up is listed because it must say that it is closed.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from accounts import views


def allauth(address, view, name):
    return path(address, views.framed(view), name=name)


urlpatterns = [
    allauth("login/", account.login, "account_login"),
    allauth("logout/", account.logout, "account_logout"),
    allauth("signup/", account.signup, "account_signup"),
    allauth("inactive/", account.account_inactive, "account_inactive"),
    allauth("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    allauth("password/change/", account.password_change, "account_change_password"),
    allauth("password/set/", account.password_set, "account_set_password"),
    allauth("password/reset/", account.password_reset, "account_reset_password"),
    allauth("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.framed(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    allauth(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    allauth("2fa/", mfa.index, "mfa_index"),
    allauth("2fa/authenticate/", mfa.authenticate, "mfa_authenticate"),
    allauth("2fa/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    allauth("2fa/totp/activate/", totp.activate_totp, "mfa_activate_totp"),
    allauth("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    allauth("2fa/recovery-codes/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    allauth(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    allauth(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    path("invitations/", views.invitation, name="invitation"),
    path("invitations/<str:token>/", views.open_invitation, name="open_invitation"),
]
