"""How often a visitor may do what costs others: counted as sign-ins are, for each address and each mailbox."""

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest


def within_limit(request: HttpRequest, action: str, *, key: str) -> bool:
    """Whether this one is still within `settings.VISITOR_RATE_LIMITS`, and count it."""
    usage = consume(
        request, app="zhuoyue", action=action, config=settings.VISITOR_RATE_LIMITS, key=key.lower(), limit_get=True
    )
    return usage is not None
