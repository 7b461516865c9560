"""What a member reads of a candidate. Examiners stand under their pseudonyms."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.queries import sent_dossier
from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.dossiers.queries import file_in
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.models import Entry, Meeting
from zhuoyue.domain.review.queries.agreed import agreed_items, total_of_items
from zhuoyue.domain.review.queries.blind import mask_of
from zhuoyue.domain.review.queries.jury import candidate_by_id, findings_on, meeting_of, standings_of
from zhuoyue.domain.review.queries.tallies import chapters_of
from zhuoyue.domain.review.queries.totals import totals_of_entries
from zhuoyue.kernel.files import as_attachment
from zhuoyue.kernel.pages import page
from zhuoyue.web.jury.frame import framed, is_blind, name_of
from zhuoyue.web.shared.chapters import spokes_of
from zhuoyue.web.shared.charts import Spoke
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view
from zhuoyue.web.shared.dossier.shown import DossierView
from zhuoyue.web.shared.titles import titled


def _meeting(entry: Entry) -> Meeting:
    found = meeting_of(entry.run_id)
    if found is None:
        raise Http404
    return found


def _view(entry: Entry) -> DossierView | None:
    """What was submitted, as the rules let the jury read it."""
    snapshot = sent_dossier(entry.application)
    if snapshot is None:
        return None
    reader = Reader(
        file_url=lambda file_id: reverse("jury:file", args=[entry.pk, file_id]),
        mask=mask_of(entry.run, entry.application),
        options=options_of(rules_of(entry.run.category.cycle.rules)),
    )
    return dossier_view(snapshot, reader=reader)


def _crumbs(meeting: Meeting, *more: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": _("候选申报"), "url": reverse("jury:meeting", args=[meeting.pk])}, *more]


@page("review.see_candidate", find=candidate_by_id)
def candidate(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The short dossier: who, agreed scores with their reasons, dissent, findings of the visit."""
    meeting, blind = _meeting(entry), is_blind(entry.run)
    items = agreed_items(entry.application)
    standings = standings_of(meeting)
    standing = next(found for found in standings if found.entry.pk == entry.pk)
    total = total_of_items(entry.run.category, items)
    view = _view(entry)
    context = {
        "entry": entry,
        "name": name_of(entry, blind=blind),
        "blind": blind,
        "standing": standing,
        "of": len(standings),
        "maximum": total.maximum,
        "groups": _groups(items),
        "spokes": _spokes(entry, items),
        "dissents": [(item, said) for item in items for said in item.dissent],
        "findings": findings_on(entry.application),
        "summary": [section for section in view.sections if section.in_summary] if view else [],
        "crumbs": _crumbs(meeting, {"label": name_of(entry, blind=blind), "url": ""}),
    }
    return framed(request, "jury/candidate.html", meeting, **context)


def _spokes(entry: Entry, items: list[Any]) -> list[Spoke]:
    """Its chapters against those of the other candidates."""
    (own,) = totals_of_entries(entry.run, [entry])
    if own.total is None:
        return []
    others = chapters_of(entry.run)
    others.pop(entry.application_id, None)
    chapters = {item.node.parent.code: item.node.parent for item in items if item.node.parent}
    titles = {code: f"{code} {titled(node)}" for code, node in chapters.items()}
    return spokes_of(own.total, others.values(), titles)


def _groups(items: list[Any]) -> list[dict[str, Any]]:
    """The items under their categories, in the order of the standard."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        parent = item.node.parent or item.node
        group = found.setdefault(str(parent.pk), {"title": f"{parent.code} {titled(parent)}", "rows": []})
        group["rows"].append({"item": item, "title": f"{item.node.code} {titled(item.node)}"})
    return list(found.values())


@page("review.see_candidate", find=candidate_by_id)
def material(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Everything that was submitted."""
    meeting, blind = _meeting(entry), is_blind(entry.run)
    name = name_of(entry, blind=blind)
    here = {"label": name, "url": reverse("jury:candidate", args=[entry.pk])}
    context = {
        "name": name,
        "entry": entry,
        "view": _view(entry),
        "crumbs": _crumbs(meeting, here, {"label": _("申报材料"), "url": ""}),
    }
    return framed(request, "jury/material.html", meeting, **context)


@page("review.see_candidate", find=candidate_by_id)
def file(_request: HttpRequest, entry: Entry, *, file_id: UUID) -> HttpResponse:
    """A file of the snapshot; where applicants are hidden, none."""
    snapshot = entry.application.snapshot
    found = file_in(snapshot, file_id) if snapshot is not None and not is_blind(entry.run) else None
    if found is None:
        raise Http404
    return as_attachment(found)
