"""What was typed into a form that could not be taken, to be written into the next page and sent again."""

from django.http import HttpRequest

from zhuoyue.kernel.idempotency import FIELD

SECRET_WORDS = ("password", "otp", "code_verifier")
# what belongs to the sending of a form, not to what was typed
ENVELOPE = frozenset({"csrfmiddlewaretoken"})


def has_secret(request: HttpRequest) -> bool:
    """Secrets are never written into a page."""
    return any(word in name for name in request.POST for word in SECRET_WORDS)


def typed_fields(request: HttpRequest, *, key: str = "") -> list[tuple[str, str]]:
    """(name, value) rows to be sent again, under `key` where the old one was used; none with a secret among them."""
    if has_secret(request):
        return []
    rows = [(name, value) for name, values in request.POST.lists() for value in values if name not in ENVELOPE]
    return [*(row for row in rows if row[0] != FIELD), (FIELD, key)] if key else rows
