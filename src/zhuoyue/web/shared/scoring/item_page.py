"""The page of one item: what is read on the left, what is judged on the right, and what a save answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.criteria.queries import children_of
from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.marks import circled, lost
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.shared.dossier.shown import DossierView
from zhuoyue.web.shared.scoring import item_form
from zhuoyue.web.shared.scoring.item_form import ItemFields
from zhuoyue.web.shared.scoring.scale import Scale
from zhuoyue.web.shared.titles import titled


@dataclass(frozen=True, slots=True)
class ItemDesk:
    """What a face says of an item that is judged on its pages.

    `keep(judgement, expected)` is the owner's action. `page(typed=, fault=, status=)` shows the item again, `frame`
    gives what stands around the page of two texts, `onwards` where one goes once the item is finished. `url` is the
    address of the item.
    """

    node: Node
    scale: Scale
    url: str
    keep: Callable[[Judgement, int], ItemScore]
    page: Callable[..., HttpResponse]
    frame: Callable[..., dict[str, Any]]
    onwards: Callable[[], str]


def item_context(
    node: Node,
    scale: Scale,
    view: DossierView,
    *,
    nodes: Sequence[Node],
    stored: ItemScore | None,
    typed: ItemFields | None,
    fault: str,
    editable: bool,
) -> dict[str, Any]:
    """Context of `shared/scoring/read.html` and `judge.html`, but for the address of the item."""
    fields = typed or item_form.from_item(stored, scale)
    siblings = [other for other in nodes if other.kind == "results" and other.parent_id == node.parent_id]
    read = view.of_node(node.code)
    texts = [row.text for section in read.texts for row in section.rows if row.text]
    series = read.series or tuple(one for other in siblings for one in view.of_node(other.code).series)
    return {
        "node": node,
        "node_title": titled(node),
        "aspects": children_of(node),
        "read": read,
        "series": series,
        "files": [file for section in view.sections for file in section.files],
        "scale": scale,
        "fields": fields,
        "dimensions": [
            {"shape": shape, "place": place, "note": note}
            for shape, (_key, place, note) in zip(scale.dimensions, fields.dimensions, strict=True)
        ],
        "grades": [{"value": str(band.steps[0]), "label": band.word, "hint": band.meaning} for band in scale.bands],
        "band": scale.band_of(fields.number),
        "guide": scale.guide(stored.dimensions) if stored else None,
        "saved_at": stored.changed_at if stored else None,
        "editable": editable,
        "writable": editable or bool(fault),
        "strengths": [{"text": text} for text in fields.strengths],
        "gaps": [{"text": text} for text in fields.gaps],
        "marks": [{"text": text} for text in fields.marks],
        "lost": [circled(number) for number in lost(texts, fields.marks)],
        "fault": fault,
    }


def save_item(request: HttpRequest, desk: ItemDesk) -> HttpResponse:
    """Keep what was sent. A stale save gets both texts; what is refused gets the page back with all that was typed."""
    quiet = request.headers.get("X-Autosave") == "1"
    typed = item_form.from_post(request.POST, desk.scale)
    done = not quiet and request.POST.get("then") == "done"
    try:
        kept = desk.keep(typed.judgement(desk.scale, done=done), typed.version)
    except StaleError as error:
        return _both_texts(request, desk, typed, error)
    except (ScoreRefusedError, access.RefusedError) as error:
        if isinstance(error, access.RefusedError) and error.hidden:
            raise
        if quiet:
            return JsonResponse({"errors": {"percent": str(error)}}, status=422)
        status = 403 if isinstance(error, access.RefusedError) else 422
        return desk.page(typed=typed, fault=str(error), status=status)
    if quiet:
        return JsonResponse({"version": kept.version, "at": f"{clock.today():%H:%M}"})
    return redirect(desk.onwards() if done else desk.url)


def _both_texts(request: HttpRequest, desk: ItemDesk, typed: ItemFields, error: StaleError) -> HttpResponse:
    current = error.current
    stored = item_form.from_item(current if isinstance(current, ItemScore) else None, desk.scale)
    context = desk.frame(
        **item_form.conflict(stored, typed, desk.scale),
        again=desk.url,
        stored_at=getattr(current, "changed_at", None),
    )
    return render(request, "shared/conflict.html", context, status=409)
