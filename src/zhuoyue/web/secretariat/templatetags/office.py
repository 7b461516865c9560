"""Words for what the office shows: {% load office %}."""

from functools import lru_cache
from typing import Any

from django import template
from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zhuoyue.web.secretariat.frame import words_of
from zhuoyue.web.shared.templatetags.zy import state_badge

register = template.Library()
# how a state looks: the shapes of `state-badge`
_LOOKS = {
    "open": "open",
    "on_notice": "open",
    "running": "open",
    "approved": "done",
    "announced": "done",
    "upheld": "back",
    "superseded": "shut",
    "confirmed": "done",
    "accepted": "done",
    "decided": "done",
    "published": "done",
    "through": "done",
    "verified": "done",
    "frozen": "done",
    "in_review": "open",
    "submitted": "open",
    "recommended": "open",
    "concluded": "done",
    "sent": "soon",
    "returned": "back",
    "invited": "soon",
    "declared": "soon",
    "queued": "soon",
    "failed": "late",
    "declined": "shut",
    "refused": "shut",
    "ineligible": "shut",
    "withdrawn": "shut",
    "revoked": "shut",
    "stopped": "shut",
    "dismissed": "shut",
    "closed": "shut",
    "ended": "shut",
}


@register.filter
def named(thing: Any) -> str:
    """The title in the language of the page."""
    return words_of(thing)


@register.filter
def stands(thing: Any, name: str = "state") -> SafeString:
    """The state of a stored thing as a badge, in its own words."""
    return _badge(thing.__class__, name, str(getattr(thing, name)), get_language())


@lru_cache(maxsize=512)
def _badge(kind: type[Model], name: str, state: str, _language: str | None) -> SafeString:
    words = dict(kind._meta.get_field(name).flatchoices)  # noqa: SLF001 - the documented way to a field's choices
    return state_badge(_LOOKS.get(state, "draft"), words.get(state, state))
