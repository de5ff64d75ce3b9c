"""/accounts/: sign-in and what belongs to it, and invitations.

Allauth's pages one by one: what is not listed (several addresses of one account, sign-in by code)
does not exist here. Sign-up is listed because it must say that it is closed.
"""

from allauth.account import views as account
from django.urls import include, path, re_path

from accounts import views


def allauth(address, view, name):
    return path(address, views.framed(view), name=name)


urlpatterns = [
    allauth("login/", views.sign_in, "account_login"),
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
    path("2fa/", include("allauth.mfa.urls")),
    path("invitations/", views.invitation, name="invitation"),
    path("invitations/<str:token>/", views.open_invitation, name="open_invitation"),
]
