"""Accounts."""

from access.rows import ANY, MAY, Row, row

POLICY: dict[str, Row] = {
    "accounts.administer": row(("administrator", ANY, MAY)),
}
# Addresses of the accounts library that show nothing before a second factor is set up; nobody here has one.
NOT_SET_UP = ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes")
