"""Examiners' leniency, and what it means for the order. Shown beside the totals, never instead of them."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.proposals import proposal_of
from zhuoyue.domain.review.queries.stages import run_by_id
from zhuoyue.domain.review.queries.totals import totals_of_stage
from zhuoyue.domain.review.rules import WATCH
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.review.views.stages import PLACE
from zhuoyue.web.secretariat.review.words import rule_words

if TYPE_CHECKING:
    from zhuoyue.engine.calibration import Reason

SEED = 1  # of the draws behind the intervals; any other gives the same to within their own uncertainty


@page(WATCH, find=run_by_id)
def calibration(request: HttpRequest, run: StageRun) -> HttpResponse:
    from zhuoyue.domain.review.queries.calibrations import calibration_of  # noqa: PLC0415 - loads numpy and scipy

    totals = totals_of_stage(run)
    rule = proposal_of(run, totals).rule
    following = run.category.stages.select_related("category__cycle__rules").filter(position__gt=run.position)
    for later in following if rule is None else ():
        rule = proposal_of(later, []).rule
        if rule is not None:
            break
    found = calibration_of(totals, rule, seed=SEED)
    content = {
        "run": run,
        "found": found,
        "rule": rule_words(rule) if rule and found.cut else "",
        "refused": [reason_words(reason) for reason in found.refused],
    }
    return office(request, "secretariat/review/calibration.html", run.category.cycle, place=PLACE, **content)


def reason_words(reason: "Reason") -> str:
    """Why the scores cannot be calibrated, and what would help."""
    if in_english():
        return reason.sentence
    sentences = {
        "too_few_applications": _("已有成绩的申报只有%(count)s份，至少要%(needed)s份。"),
        "too_few_examiners": _("已交成绩的评审员只有%(count)s人，至少要%(needed)s人。"),
        "zero_variance": _("全部成绩相同，无从比较。"),
        "disconnected": _("评审员分成互不相交的几组，没有共同评过的申报；请安排交叉评审。"),
        "too_few_links": _("有几名评审员只通过一份申报与其他人相连，校准会全系于这一份；请增加交叉评审。"),
        "too_few_spare_ratings": _("多余的评分只有%(spare)s个，至少要%(needed)s个，分不清宽严与偶然。"),
        "no_signal": _("评分区分不出申报之间的高低，校准没有意义。"),
    }
    sentence = sentences.get(reason.code)
    return sentence % reason.parameters if sentence else reason.sentence
