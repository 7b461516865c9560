"""Links of letters, which nobody can guess."""

PARTS = {
    "token": "no-token",
    "uidb36": "0",
    ("account_reset_password_from_key", "key"): "0-0",
}
