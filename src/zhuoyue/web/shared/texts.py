"""Typed text, shown as it was typed."""

import re

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

_BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")


def paragraphs_of(text: str | None) -> list[str]:
    """A blank line starts a paragraph, a line break stays one; nothing else of the text is interpreted."""
    plain = "\n".join(str(text or "").splitlines()).strip("\n")
    return [part for part in _BLANK_LINES.split(plain) if part.strip()]


def broken(text: str) -> SafeString:
    return mark_safe(escape(text).replace("\n", "<br>"))  # noqa: S308 - escaped before


def paragraphs(text: str | None) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((broken(part),) for part in paragraphs_of(text)))
