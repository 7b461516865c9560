"""Addresses of the accounts library, under the names that it asks for, each with its declared access."""

from allauth.account import views as account
from django.urls import path, re_path

from zhuoyue.kernel.pages import PUBLIC, SIGNED_IN, outside
from zhuoyue.web.account.proof import proof, start_again
from zhuoyue.web.account.second_factor import when_asked
from zhuoyue.web.account.views import own_address

MFA, CODES, TOTP = (f"allauth.mfa.{part}.views" for part in ("base", "recovery_codes", "totp"))

urlpatterns = [
    path("sign-in/", outside(account.login, PUBLIC), name="account_login"),
    path("sign-up/", outside(account.signup, PUBLIC), name="account_signup"),
    path("sign-up/code/", outside(proof, PUBLIC), name="account_email_verification_sent"),
    path("sign-up/again/", start_again, name="account_start_again"),
    path("address/", own_address, name="account_email"),
    path("sign-out/", outside(account.logout, PUBLIC), name="account_logout"),
    path("inactive/", outside(account.account_inactive, PUBLIC), name="account_inactive"),
    path("again/", outside(account.reauthenticate, SIGNED_IN), name="account_reauthenticate"),
    path("password/", outside(account.password_change, SIGNED_IN), name="account_change_password"),
    path("password/set/", outside(account.password_set, SIGNED_IN), name="account_set_password"),
    path("password/reset/", outside(account.password_reset, PUBLIC), name="account_reset_password"),
    path("password/reset/sent/", outside(account.password_reset_done, PUBLIC), name="account_reset_password_done"),
    # the key holds hyphens itself: only the first one parts it from the person
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        outside(account.password_reset_from_key, PUBLIC),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        outside(account.password_reset_from_key_done, PUBLIC),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", outside(when_asked(f"{MFA}.index"), SIGNED_IN), name="mfa_index"),
    path("second-factor/sign-in/", outside(when_asked(f"{MFA}.authenticate"), PUBLIC), name="mfa_authenticate"),
    path("second-factor/again/", outside(when_asked(f"{MFA}.reauthenticate"), SIGNED_IN), name="mfa_reauthenticate"),
    path("second-factor/app/", outside(when_asked(f"{TOTP}.activate_totp"), SIGNED_IN), name="mfa_activate_totp"),
    path(
        "second-factor/app/off/", outside(when_asked(f"{TOTP}.deactivate_totp"), SIGNED_IN), name="mfa_deactivate_totp"
    ),
    path(
        "second-factor/codes/",
        outside(when_asked(f"{CODES}.view_recovery_codes"), SIGNED_IN),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        outside(when_asked(f"{CODES}.generate_recovery_codes"), SIGNED_IN),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/file/",
        outside(when_asked(f"{CODES}.download_recovery_codes"), SIGNED_IN),
        name="mfa_download_recovery_codes",
    ),
]
