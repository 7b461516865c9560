"""What the record says of stages, of those who judge in them, and of what they judge."""

from django.utils.translation import pgettext_lazy

from zhuoyue.domain.applications.subjects import OF_APPLICATION, named
from zhuoyue.domain.review.models import (
    Assignment,
    AssignmentRun,
    Invitation,
    Meeting,
    Seat,
    StageBook,
    StageRun,
    VisitIssue,
)
from zhuoyue.kernel.subjects import Kind, Thing, joined

_STAGE = ("title", "title_en", "category__title", "category__title_en")
_OF_STAGE = tuple(f"run__{path}" for path in _STAGE)


def _stage(thing: Thing) -> str:
    return joined(thing.titled("run__title"), thing.titled("run__category__title"))


def _in_stage(thing: Thing) -> str:
    return joined(named(thing), thing.titled("run__title"))


_IN_STAGE = ("application", *OF_APPLICATION, "run__title", "run__title_en")
KINDS = (
    Kind(
        StageRun,
        pgettext_lazy("record", "评审阶段"),
        _STAGE,
        lambda it: joined(it.titled("title"), it.titled("category__title")),
    ),
    Kind(
        Invitation,
        pgettext_lazy("record", "评审邀请"),
        ("expert__person__name", "expert", "expert__pool__organisation"),
        lambda it: it["expert__person__name"],
    ),
    Kind(AssignmentRun, pgettext_lazy("record", "分配方案"), ("run", *_OF_STAGE), _stage),
    Kind(
        Assignment,
        pgettext_lazy("record", "评审分配"),
        ("application", *OF_APPLICATION, "expert__person__name", "run"),
        lambda it: joined(named(it), it["expert__person__name"]),
        tells_of="application",
    ),
    Kind(StageBook, pgettext_lazy("record", "评分"), _IN_STAGE, _in_stage, tells_of="application"),
    Kind(VisitIssue, pgettext_lazy("record", "现场问题"), _IN_STAGE, _in_stage, tells_of="application"),
    Kind(Seat, pgettext_lazy("record", "审定委员"), ("person__name",), lambda it: it["person__name"]),
    Kind(Meeting, pgettext_lazy("record", "审定会议"), ("run__category", *_OF_STAGE), _stage),
)
