"""The consensus room: how far apart the team is, what it agrees, and who holds a reservation."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.judgements import ScoreRefusedError, UnfinishedError
from zhuoyue.domain.judging.queries.agreements import Standing, is_agreed, reservations_of
from zhuoyue.domain.judging.queries.books import items_by_node
from zhuoyue.domain.judging.queries.ledger import changes_of
from zhuoyue.domain.judging.queries.marks import uncited
from zhuoyue.domain.judging.queries.spreads import Spread
from zhuoyue.domain.review.actions import scoring
from zhuoyue.domain.review.enums import StageState, Step, TeamRole
from zhuoyue.domain.review.models import Entry
from zhuoyue.domain.review.queries.blind import called
from zhuoyue.domain.review.queries.scores import room_of, scales_of, spreads, standing_of, team_book
from zhuoyue.domain.review.queries.stages import entry_at_step, scored_nodes, settings_of
from zhuoyue.domain.review.queries.tasks import team_tasks
from zhuoyue.domain.review.queries.teams import working_on
from zhuoyue.domain.review.rules import BE_EXPERT, SEE_CONSENSUS
from zhuoyue.kernel import formats
from zhuoyue.kernel.exports import Column, as_xlsx
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.expert import shared_item
from zhuoyue.web.expert.navigation import crumbs, frame
from zhuoyue.web.shared.charts import ItemScores, Score
from zhuoyue.web.shared.scoring.scale import scale_of
from zhuoyue.web.shared.titles import titled


def consensus_entry(entry_id: Any) -> Entry | None:
    return entry_at_step(entry_id, Step.CONSENSUS)


@page(BE_EXPERT)
def consensus_list(request: HttpRequest) -> HttpResponse:
    tasks = team_tasks(request.user, Step.CONSENSUS)
    rows = [
        {
            "task": task,
            "shown": called(task.entry.run, task.entry.application),
            "stage": titled(task.entry.run),
            "url": reverse("expert:consensus", args=[task.entry.pk]),
        }
        for task in tasks
    ]
    context = frame(
        rows=rows,
        open_tasks=sum(task.is_open for task in tasks),
        leading=sum(task.leads for task in tasks if task.is_open),
    )
    return render(request, "expert/consensus_list.html", context)


@page(SEE_CONSENSUS, find=consensus_entry)
def room(request: HttpRequest, entry: Entry) -> HttpResponse:
    return _room(request, entry, request.GET.get("item", ""))


def _room(
    request: HttpRequest, entry: Entry, code: str, *, typed: dict[str, Any] | None = None, fault: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    book, found = room_of(entry.run, entry.application)
    standing = standing_of(entry.run, found)
    current = _current(found, standing, code)
    rule = settings_of(entry.run).consensus
    own = working_on(request.user, entry.run, entry.application)
    shown = called(entry.run, entry.application)
    is_open = book.state == ScorebookState.OPEN and entry.run.state == StageState.OPEN
    context = frame(
        entry.run.category.cycle,
        crumbs=crumbs("consensus_list", shown.number or shown.title),
        entry=entry,
        application=shown,
        book=book,
        standing=standing,
        team=len(found[0].voices) if found else 0,
        rows=[_row(entry, spread, spread is current) for spread in found],
        far=formats.plain(rule.spread_threshold) if rule else "",
        own=own,
        leads=own is not None and own.role == TeamRole.LEADER,
        is_open=is_open,
        ended=book.state == ScorebookState.SUBMITTED,
        fault=fault,
        **(_detail(entry, current, typed, own.alias if own else "", changes_of(book)) if current else {}),
    )
    return render(request, "expert/consensus.html", context, status=status)


def _current(found: list[Spread], standing: Standing, code: str) -> Spread | None:
    named = next((spread for spread in found if spread.node.code == code), None)
    return named or next(iter(standing.left or found), None)


def _row(entry: Entry, spread: Spread, is_current: bool) -> ItemScores:  # noqa: FBT001 - a fact of the row
    agreed = spread.agreed.value if spread.agreed else None
    words, state = _("待议"), "late" if spread.must_discuss else "draft"
    if spread.agreed is not None and agreed is not None:
        words, state = formats.percent(agreed), "done"
        if spread.agreed.dissent:
            words, state = _("%(value)s保留") % {"value": words}, "open"
    scores = tuple(Score(voice.alias, voice.value) for voice in spread.voices if voice.value is not None)
    place = reverse("expert:consensus", args=[entry.pk])
    return ItemScores(
        f"{spread.node.code} {titled(spread.node)}",
        scores,
        f"{place}?item={spread.node.code}#h-one",
        agreed,
        state,
        words,
        current=is_current,
    )


def _detail(
    entry: Entry, spread: Spread, typed: dict[str, Any] | None, alias: str, changes: dict[Any, Any]
) -> dict[str, Any]:
    """The item under discussion: who said what, the far ones first, and what the team says of it."""
    node, item = spread.node, spread.agreed
    scale = scale_of(scales_of(entry.run).words_of(node.kind), node.kind)
    far = [voice for voice in spread.voices if voice.far]
    voices = sorted(spread.voices, key=lambda voice: (not voice.far, -(voice.value or Decimal(-1))))
    said = typed or {
        "value": formats.plain(item.value) if item is not None and item.value is not None else "",
        "reason": item.reason if item else "",
        "strengths": item.strengths if item else _together(spread, "strengths"),
        "gaps": item.gaps if item else _together(spread, "gaps"),
        "version": item.version if item else 0,
    }
    reservations = reservations_of(spread)
    return {
        "spread": spread,
        "node": node,
        "node_title": titled(node),
        "agreed": is_agreed(spread),
        "voices": voices,
        "far_names": _("、").join(voice.alias for voice in far),
        "scale": scale,
        "said": said,
        "agreed_strengths": [{"text": text} for text in item.strengths] if item else [],
        "agreed_gaps": [{"text": text} for text in item.gaps] if item else [],
        "changes": changes.get(node.pk, []),
        "reservations": reservations,
        "own_reservation": next((entry.text for entry in reservations if entry.alias == alias), ""),
    }


def _together(spread: Spread, name: str) -> list[str]:
    """What all examiners wrote, each sentence once: where the team's own words start from."""
    return list(dict.fromkeys(uncited(text) for voice in spread.voices for text in getattr(voice, name)))


def _node(entry: Entry, code: str) -> Node:
    found = next((node for node in scored_nodes(entry.run.category) if node.code == code), None)
    if found is None:
        raise Http404
    return found


@page(SEE_CONSENSUS, find=consensus_entry, methods=("POST",))
def agree(request: HttpRequest, entry: Entry, *, code: str) -> HttpResponse:
    node = _node(entry, code)
    scale = scale_of(scales_of(entry.run).words_of(node.kind), node.kind)
    book = team_book(entry, Step.CONSENSUS)
    stored = items_by_node(book).get(node.pk)
    try:
        judged, version = shared_item.judgement_of(request.POST, scale, stored)
        scoring.agree_item(by=request.user, book=book, node=node, judgement=judged, expected=version)
    except StaleError as error:
        context = shared_item.both_texts(error, request.POST, scale)
        return render(request, "shared/conflict.html", frame(entry.run.category.cycle, **context), status=409)
    except ScoreRefusedError as error:
        typed = {
            "value": request.POST.get("percent", ""),
            "reason": request.POST.get("reason", ""),
            "strengths": request.POST.getlist("strength"),
            "gaps": request.POST.getlist("gap"),
            "version": request.POST.get("version", ""),
        }
        return _room(request, entry, code, typed=typed, fault=str(error), status=422)
    return redirect(f"{reverse('expert:consensus', args=[entry.pk])}?item={code}")


@page(SEE_CONSENSUS, find=consensus_entry, methods=("POST",))
def dissent(request: HttpRequest, entry: Entry, *, code: str) -> HttpResponse:
    node = _node(entry, code)
    text = request.POST.get("text", "")
    try:
        scoring.dissent(by=request.user, book=team_book(entry, Step.CONSENSUS), node=node, text=text)
    except ScoreRefusedError as error:
        return _room(request, entry, code, fault=str(error), status=422)
    return redirect(f"{reverse('expert:consensus', args=[entry.pk])}?item={code}")


@page(SEE_CONSENSUS, find=consensus_entry, methods=("POST",))
def finish(request: HttpRequest, entry: Entry) -> HttpResponse:
    try:
        scoring.submit_book(by=request.user, book=team_book(entry, Step.CONSENSUS))
    except (UnfinishedError, MoveError) as error:
        return _room(request, entry, "", fault=str(error), status=409)
    return redirect("expert:consensus", entry.pk)


@page(SEE_CONSENSUS, find=consensus_entry)
def export(request: HttpRequest, entry: Entry) -> HttpResponseBase:  # noqa: ARG001 - every view takes the request
    """The record of the consensus as a workbook, by alias."""
    found = sorted(spreads(entry.run, entry.application), key=lambda spread: spread.node.position)
    aliases = [voice.alias for voice in found[0].voices] if found else []
    columns = [
        Column(_("条目"), 10),
        Column(_("名称"), 24),
        *(Column(alias, 8) for alias in aliases),
        Column(_("极差"), 8),
        Column(_("中位数"), 8),
        Column(_("议定"), 8),
        Column(_("理由"), 40),
        Column(_("保留意见"), 40),
        Column(_("优势"), 50),
        Column(_("改进机会"), 50),
    ]
    shown = called(entry.run, entry.application)
    title = _("会审记录 %(number)s %(name)s") % {"number": shown.number, "name": shown.title}
    return as_xlsx(title, columns, [_record_row(spread) for spread in found])


def _record_row(spread: Spread) -> list[Any]:
    item = spread.agreed
    reservations = _("；").join(f"{entry.alias}{_('：')}{entry.text}" for entry in reservations_of(spread))
    return [
        spread.node.code,
        titled(spread.node),
        *(voice.value for voice in spread.voices),
        spread.range,
        spread.median,
        item.value if item else None,
        item.reason if item else "",
        reservations,
        "\n".join(item.strengths) if item else "",
        "\n".join(item.gaps) if item else "",
    ]
