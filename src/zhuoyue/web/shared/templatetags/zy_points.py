"""`{% points "strength" texts %}`: what was written, each in its own box, and an empty box for one more.

`{{ text|with_marks:passages }}`: a text whose marked passages stand out and carry the numbers of their boxes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.judging.queries.marks import Piece, circled, pieces
from zhuoyue.web.shared.texts import broken, paragraphs_of

register = template.Library()
CHARACTERS_A_ROW = 26
PASSAGE = '<mark id="m-{0}">{1}</mark><a class="zy-ref" href="#q-{0}" data-cite="{0}" aria-label="{2}">{0}</a>'


@dataclass(frozen=True, slots=True)
class Kind:
    """`anchor`: beginning of the addresses of its boxes; `modifier`: class of the list."""

    label: Promise
    hint: Promise
    anchor: str
    modifier: str = ""


KINDS = {
    "strength": Kind(_("优势"), _("再写一条优势，一行一条"), "s"),
    "gap": Kind(_("改进机会"), _("再写一条改进机会，一行一条"), "g", " zy-points--gap"),
    "mark": Kind(_("摘录"), _("从材料中再摘一处，原样粘贴"), "q", " zy-points--mark"),
}


def _rows(text: str) -> int:
    return max(1, -(-len(text) // CHARACTERS_A_ROW))


@register.simple_tag
def points(name: str, texts: Sequence[str]) -> SafeString:
    kind = KINDS[name]
    boxes = [(name, _rows(text), f"{kind.label}{place}", "", "", text) for place, text in enumerate(texts, 1)]
    boxes.append((name, 1, kind.hint, kind.hint, f"data-{name}", ""))
    rows = format_html_join(
        "",
        '<li id="{}-{}"><textarea class="form-control" name="{}" rows="{}" aria-label="{}" placeholder="{}" {}>{}'
        "</textarea></li>",
        ((kind.anchor, place, *box) for place, box in enumerate(boxes, 1)),
    )
    return format_html('<ul class="zy-points{}" data-points="{}">{}</ul>', kind.modifier, name, rows)


register.filter("circled", circled)


@register.filter
def with_marks(text: str, passages: Sequence[str]) -> SafeString:
    left, parts = list(passages), []
    for paragraph in paragraphs_of(text):
        cut = pieces(paragraph, left)
        for piece in cut:
            if piece.mark:
                left[piece.mark - 1] = ""  # each is shown once, where it stands first
        parts.append((format_html_join("", "{}", ((_shown(piece),) for piece in cut)),))
    return format_html_join("", "<p>{}</p>", parts)


def _shown(piece: Piece) -> SafeString:
    if not piece.mark:
        return broken(piece.text)
    return format_html(PASSAGE, piece.mark, broken(piece.text), _("摘录%(number)s") % {"number": piece.mark})
