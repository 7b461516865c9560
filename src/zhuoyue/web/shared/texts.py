"""Typed text, shown as it was typed."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")


def paragraphs(text: str | None) -> SafeString:
    """A blank line starts a paragraph, a line break stays one; nothing else of the text is interpreted."""
    plain = "\n".join(str(text or "").splitlines()).strip("\n")
    parts = [escape(part).replace("\n", "<br>") for part in _BLANK_LINES.split(plain) if part.strip()]
    return mark_safe("".join(f"<p>{part}</p>" for part in parts))  # noqa: S308 - every part is escaped above
