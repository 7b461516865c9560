"""The desk of an assessment: what stands around its pages, and its document."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.assessments.queries import assessment_by_id
from zhuoyue.kernel import formats
from zhuoyue.web.applicant.navigation import frame
from zhuoyue.web.shared.deadlines import digest_groups
from zhuoyue.web.shared.dossier.mount import Mount, Paper
from zhuoyue.web.shared.titles import titled


def named(assessment: Assessment) -> str:
    """Its own title, or the year."""
    return assessment.title or _("%(year)s年自我评价") % {"year": assessment.year}


def of_assessment(assessment: Assessment, **context: Any) -> dict[str, Any]:
    crumbs = [
        {"label": _("自我评价"), "url": reverse("applicant:assessments")},
        {"label": named(assessment), "url": reverse("applicant:assessment", args=[assessment.pk])},
    ]
    return frame(assessment.organisation, assessment=assessment, crumbs=crumbs, **context)


def paper_of(assessment: Assessment, *, draft: bool) -> Paper:
    snapshot = None if draft else assessment.snapshot
    version = _("草稿")
    if snapshot is not None:
        version = _("第%(number)s版，%(at)s") % {"number": snapshot.number, "at": formats.long_date(snapshot.taken_at)}
    return Paper(
        title=(named(assessment), _("自评材料")),
        name=_("%(name)s自评材料%(year)s") % {"name": assessment.organisation.name, "year": assessment.year},
        facts=(
            (_("单位"), assessment.organisation.name),
            (_("标准"), f"{titled(assessment.edition)} {assessment.edition.label}"),
            (_("版本"), version),
        ),
        stamp=assessment.organisation.name,
        stamp_label=_("单位（盖章）"),
        code=digest_groups(snapshot.digest) if snapshot else _("草稿"),
    )


DESK = Mount(
    owner="assessment",
    namespace="applicant",
    find=assessment_by_id,
    home="assessment",
    go_on="finish_assessment",
    go_on_words=gettext_lazy("去完成自评"),
    frame=of_assessment,
    paper=paper_of,
    prefix="assessment_",
)
