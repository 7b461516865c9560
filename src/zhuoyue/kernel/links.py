"""Where something is read or done, in whichever face offers it.

A face declares its pages from its `apps.py`; a letter asks here and names no address of its own:

    links.declare("examiner.invitation", page)
    links.to("examiner.invitation", invitation.pk)
"""

from typing import Any

from django.urls import reverse

_pages: dict[str, str] = {}


class UnknownLinkError(LookupError):
    """No face has declared a page of that name."""


def declare(name: str, page: str) -> None:
    """`page`: the name of an address, with its face."""
    if name in _pages:
        raise ValueError(f"the link {name!r} is declared twice")
    _pages[name] = page


def to(name: str, *args: Any) -> str:
    """The path on this site. Raises UnknownLinkError."""
    try:
        page = _pages[name]
    except KeyError:
        raise UnknownLinkError(name) from None
    return reverse(page, args=args)


def declared() -> dict[str, str]:
    return dict(_pages)
