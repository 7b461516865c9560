"""`{% points "strength" texts %}`: what was written, each in its own box, and an empty box for one more."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()
CHARACTERS_A_ROW = 26


def _rows(text: str) -> int:
    return max(1, -(-len(text) // CHARACTERS_A_ROW))


@register.simple_tag
def points(name: str, texts: Sequence[str]) -> SafeString:
    is_gap = name == "gap"
    label = _("改进机会") if is_gap else _("优势")
    hint = _("再写一条改进机会，一行一条") if is_gap else _("再写一条优势，一行一条")
    boxes = [(name, _rows(text), f"{label}{place}", "", "", text) for place, text in enumerate(texts, 1)]
    boxes.append((name, 1, hint, hint, "data-gap" if is_gap else "data-strength", ""))
    rows = format_html_join(
        "",
        '<li><textarea class="form-control" name="{}" rows="{}" aria-label="{}" placeholder="{}" {}>{}</textarea></li>',
        boxes,
    )
    return format_html('<ul class="zy-points{}" data-points>{}</ul>', " zy-points--gap" if is_gap else "", rows)
