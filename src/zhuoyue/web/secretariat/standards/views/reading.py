"""A draft edition beside the document it was read from: elements and lines lead to each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.errors import OutlineError
from zhuoyue.domain.criteria.models import Edition, Node, Reading
from zhuoyue.domain.criteria.queries import (
    counts_of,
    depths_of,
    edition_by_id,
    last_change,
    node_by_id,
    nodes_of,
    points_sums,
    points_total,
    reading_of,
)
from zhuoyue.domain.criteria.rules import EDIT_NODE, SEE
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.frame import chosen_cycle, conflict, words_of
from zhuoyue.web.secretariat.pages import edit_page, version_in
from zhuoyue.web.secretariat.settings.views.start import PLACE, settings_page
from zhuoyue.web.secretariat.standards.forms import NodeForm
from zhuoyue.web.secretariat.standards.views.standards import address, count_words, standing
from zhuoyue.web.shared.steps import Asked


@dataclass(slots=True)
class LineRow:
    """One line of the document, and what has become of it: in an element, furniture, or not placed."""

    number: int
    text: str
    page: int | None
    nodes: list[Node] = field(default_factory=list)
    unplaced: str = ""
    furniture: str = ""


def _unplaced_words(reason: str) -> str:
    known = {
        "front_matter": _("在正文之前"),
        "removed": _("所在的条目已删除"),
        "out_of_sequence": _("编号与前后不连续"),
        "stray_number": _("单独的编号，没有内容"),
        "after_attachment": _("在附件之后"),
        "field": _("域代码，没有读出结果"),
        "picture": _("图片，其中的文字没有读取"),
        "diagram": _("图示或图表，只读出其中的文字"),
        "embedded": _("嵌入的对象，没有读取"),
        "no_text": _("这一页没有可读取的文字"),
    }
    return known.get(reason, reason)


def _furniture_words(reason: str) -> str:
    known = {
        "blank": _("空行"),
        "title": _("文件标题"),
        "contents": _("目录"),
        "caption": _("图表标题"),
        "attachment": _("附件"),
        "page_number": _("页码"),
        "running_head": _("页眉页脚"),
        "watermark": _("水印"),
        "line_number": _("行号"),
        "comment": _("批注"),
        "hidden": _("隐藏文字"),
        "ruby": _("注音"),
        "points": _("分值表，分值已归入条目"),
    }
    return known.get(reason, reason)


def _lines(reading: Reading, nodes: Sequence[Node]) -> list[LineRow]:
    rows = {entry["number"]: LineRow(entry["number"], entry["text"], entry["page"]) for entry in reading.lines}
    for node in nodes:
        for number in node.lines:
            rows[number].nodes.append(node)
    for entry in reading.unplaced:
        rows[entry["line"]].unplaced = _unplaced_words(entry["reason"])
    for entry in reading.furniture:
        rows[entry["line"]].furniture = _furniture_words(entry["reason"])
    return list(rows.values())


def _changed(as_read: dict[str, int], now: dict[str, int]) -> list[tuple[str, int, int]]:
    """(name, as read, now) of the counts that editing has changed."""
    pairs = zip(count_words(as_read), count_words(now), strict=True)
    return [(label, before, after) for (label, before), (_label, after) in pairs if before != after]


@page(SEE, find=edition_by_id)
def review_edition(request: HttpRequest, found: Edition) -> HttpResponse:
    """Outline on the left, lines on the right. Works without script: a link leads to the row, which is then marked."""
    reading = reading_of(found)
    if reading is None:
        raise Http404
    nodes = nodes_of(found)
    lines = _lines(reading, nodes)
    outline = list(depths_of(nodes))
    counts = counts_of(found)
    content: dict[str, Any] = {
        **standing(request, found),
        "reading": reading,
        "outline": outline,
        "tops": [node for node, depth in outline if depth < 2],  # noqa: PLR2004 - chapters and what stands in them
        "lines": lines,
        "unplaced": [row for row in lines if row.unplaced],
        "furniture": sum(bool(row.furniture) for row in lines),
        "counts": count_words(counts),
        "changed": _changed(reading.counts, counts),
        "faults": [row for row in points_sums(nodes) if not row.adds_up],
        "total": points_total(nodes),
        "change": last_change(found),
    }
    return settings_page(request, "secretariat/standards/reading.html", **content)


@page(EDIT_NODE, find=node_by_id, methods=("GET", "POST"))
def edit_node(request: HttpRequest, found: Node) -> HttpResponse:
    back = f"{home_of(found)}#n-{found.position}"
    posted = request.method == "POST"
    form = NodeForm.of(found, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            actions.edit_node(by=request.user, node=found, expected=version_in(request), **form.cleaned_data)
        except StaleError as error:
            labels = {name: str(entry.label) for name, entry in form.fields.items()}
            return conflict(request, error, labels=labels, back=back)
        except OutlineError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("“%(code)s”已保存。") % {"code": found.code})
            return redirect(back)
    lead = f"{words_of(found.edition)}　{found.code}"
    asked = Asked(_("修改条目"), _("保存"), back, PLACE, lead=lead)
    version = version_in(request) if posted else found.version
    return edit_page(request, chosen_cycle(request), form, asked, version=version)


def home_of(node: Node) -> str:
    """Where the element is shown: beside its lines, or in the tree of an edition that was not read from a document."""
    return address(node.edition, "review_edition" if reading_of(node.edition) else "edition")
