"""What an assessment found: items beside the last time, chapters, strengths, opportunities, the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.assessments.enums import AssessmentState, ImprovementState
from zhuoyue.domain.assessments.models import Assessment, Improvement
from zhuoyue.domain.assessments.queries import (
    Judged,
    Result,
    assessment_by_id,
    common_book,
    improvements_of,
    is_late,
    result_of,
)
from zhuoyue.domain.assessments.rules import REOPEN, SEE_RESULT
from zhuoyue.kernel import access, clock, formats
from zhuoyue.kernel.pages import page
from zhuoyue.web.applicant.assessments.desk import named, of_assessment
from zhuoyue.web.applicant.assessments.forms import edition_words
from zhuoyue.web.shared.chapters import spokes_of
from zhuoyue.web.shared.charts import Band, Chapter, Stop
from zhuoyue.web.shared.pdf import pdf_response
from zhuoyue.web.shared.scoring.scale import scale_of
from zhuoyue.web.shared.titles import titled

MAIN = 3  # strengths and opportunities that stand on the page; the rest unfolds
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An improvement with its badge."""

    of: Improvement
    state: str
    words: str


def label_of(judged: Judged) -> str:
    return f"{judged.node.code} {titled(judged.node)}"


def heading(result: Result) -> str:
    """What changed, or where one stands the first time."""
    if result.before is not None:
        values = {"n": len(result.items), "up": result.risen, "down": result.fallen}
        words = ngettext("%(n)s条中%(up)s条上升", "%(n)s条中%(up)s条上升", len(result.items)) % values
        if result.fallen:
            words += _("，%(down)s条下降") % values
        if len(result.unchanged) == 1:
            words += _("，%(item)s没有变") % {"item": titled(result.unchanged[0].node)}
        return words
    rated = [item for item in result.items if item.rate is not None]
    best = max(rated, key=lambda item: item.rate or Decimal(0))
    least = min(rated, key=lambda item: item.rate or Decimal(0))
    return _("%(best)s得分率最高，%(least)s最低") % {"best": titled(best.node), "least": titled(least.node)}


def _chapters(assessment: Assessment, result: Result) -> list[Chapter]:
    def stop(judged: Judged) -> Stop:
        url = reverse("applicant:assess_item", args=[assessment.pk, judged.node.code])
        return Stop(label_of(judged), judged.rate, judged.last, url, judged.improvements)

    runs = groupby(result.items, key=lambda judged: judged.node.parent)
    return [Chapter(titled(parent), tuple(map(stop, items))) for parent, items in runs]


def _bands(assessment: Assessment) -> list[Band]:
    """Those of the scoring model where its values are percent."""
    scale = scale_of(common_book(assessment).scales.words_of("process"), "process")
    if not scale.is_banded:
        return []
    return [Band(band.word, Decimal(band.steps[0]), Decimal(band.steps[-1])) for band in scale.bands]


def strengths_of(result: Result) -> list[Point]:
    """Of the items that stand highest first."""
    ordered = sorted(result.items, key=lambda judged: -(judged.rate or Decimal(0)))
    return [Point(label_of(one), text) for one in ordered if one.item for text in one.item.strengths]


def gaps_of(result: Result) -> list[Point]:
    """Of the items that stand lowest first."""
    ordered = sorted(result.items, key=lambda judged: judged.rate or Decimal(0))
    return [Point(label_of(one), text) for one in ordered if one.item for text in one.item.gaps]


def _row(improvement: Improvement) -> Row:
    today = clock.today().date()
    if is_late(improvement, today):
        return Row(improvement, "late", formats.days_left(improvement.due, today))
    if improvement.state == ImprovementState.DONE:
        return Row(improvement, "done", improvement.get_state_display())
    if improvement.state == ImprovementState.DROPPED:
        return Row(improvement, "shut", improvement.get_state_display())
    if improvement.due is not None and (improvement.due - today).days <= SOON_DAYS:
        return Row(improvement, "soon", formats.days_left(improvement.due, today))
    if improvement.progress:
        return Row(improvement, "open", improvement.get_state_display())
    return Row(improvement, "draft", _("未开始"))


def _count_words(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    done = sum(row.state == "done" for row in rows)
    late = sum(row.state == "late" for row in rows)
    words = ngettext("%(n)s项：完成%(done)s项，逾期%(late)s项", "%(n)s项：完成%(done)s项，逾期%(late)s项", len(rows))
    return words % {"n": len(rows), "done": done, "late": late}


def _of(request: HttpRequest, assessment: Assessment) -> dict[str, Any]:
    improvements = improvements_of(assessment)
    result = result_of(assessment, improvements)
    titles = {judged.node.parent.code: titled(judged.node.parent) for judged in result.items if judged.node.parent}
    last = result.before
    strengths, gaps = strengths_of(result), gaps_of(result)
    plan = [_row(entry) for entry in improvements]
    return of_assessment(
        assessment,
        result=result,
        name=named(assessment),
        edition_words=edition_words(assessment.edition),
        heading=heading(result),
        rate=result.total.percent,
        last_rate=result.last_total.percent if result.last_total else None,
        chapters=_chapters(assessment, result),
        bands=_bands(assessment),
        spokes=spokes_of(result.total, (), titles, last=result.last_total),
        now_label=_year(assessment),
        last_label=_year(last) if last else "",
        strengths=strengths[:MAIN],
        more_strengths=strengths[MAIN:],
        gaps=gaps[:MAIN],
        more_gaps=gaps[MAIN:],
        plan=plan,
        plan_words=_count_words(plan),
        is_finished=assessment.state == AssessmentState.FINISHED,
        may_reopen=access.allowed(REOPEN, request.user, assessment),
    )


def _year(assessment: Assessment) -> str:
    return _("%(year)s年") % {"year": assessment.year}


@page(SEE_RESULT, find=assessment_by_id)
def result(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return render(request, "applicant/assessments/result.html", _of(request, assessment))


@page(SEE_RESULT, find=assessment_by_id)
def pdf(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    name = _("%(name)s自评报告%(year)s.pdf") % {"name": assessment.organisation.name, "year": assessment.year}
    return pdf_response(request, "applicant/assessments/report.html", _of(request, assessment), name=name)
