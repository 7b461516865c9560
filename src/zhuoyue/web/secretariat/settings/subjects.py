"""What each event of the record is about, in the words of the pages of the office, with the page where it stands."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.experts.rules import MANAGE_POOL
from zhuoyue.domain.outcomes.queries import NOT_PROVED
from zhuoyue.domain.outcomes.subjects import things_named
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE
from zhuoyue.domain.review.queries.blind import hidden_from
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.web.secretariat.frame import words_of


@dataclass(frozen=True, slots=True)
class About:
    """`url` is empty where there is no page, or none for the reader."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads the record of a year, and what they may open there."""

    person: Any
    cycle: Cycle
    may_act: bool
    hidden: AbstractSet[UUID]

    def of_year(self, name: str) -> str:
        return reverse(f"secretariat:{name}", kwargs={"slug": self.cycle.slug})


@dataclass(frozen=True, slots=True)
class Kind:
    """`word` stands for what is gone; `page` gives the address of its page, or of the list that it stands on."""

    word: str | Promise
    words: Callable[[Any], str]
    page: Callable[[Any, Reader], str]


def abouts_of(events: Sequence[AuditEvent], cycle: Cycle, person: Any) -> list[About]:
    """For each event. One statement for each kind of thing, whatever the number of events."""
    things = things_named({event.subject for event in events})
    applied = any(_applied_with(thing) for thing in things.values())
    hidden = hidden_from(person, cycle) if applied else frozenset()
    reader = Reader(person, cycle, access.allowed(MANAGE_CYCLE, person, cycle), hidden)
    return [_about(event.subject, things.get(event.subject), reader) for event in events]


def kinds_in_words() -> dict[str, str]:
    return {name: str(kind.word) for name, kind in _KINDS.items()}


def _about(subject: str, thing: Any, reader: Reader) -> About:
    kind = _KINDS.get(subject.partition(":")[0])
    if kind is None:
        return About(pgettext("record", "其他") if subject else "")
    if thing is None or _applied_with(thing) in reader.hidden:
        return About(str(kind.word))
    return About(kind.words(thing), kind.page(thing, reader))


def _applied_with(thing: Any) -> UUID | None:
    """The application that a thing is, or belongs to."""
    application = thing if isinstance(thing, Application) else getattr(thing, "application", None)
    return application.pk if application is not None else None


# ---- words


def _of_application(thing: Any) -> str:
    return str(thing.application)


def _in_stage(thing: Any) -> str:
    return _joined(str(thing.application), words_of(thing.run))


def _stage(run: Any) -> str:
    return _joined(words_of(run), words_of(run.category))


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)


def _list_words(result_list: Any) -> str:
    values = {"category": words_of(result_list.category), "n": result_list.number}
    return _("%(category)s名单第%(n)s版") % values


# ---- pages


def _at(name: str, thing_id: Any) -> str:
    return reverse(f"secretariat:{name}", args=[thing_id])


def _page_of(application: Application) -> str:
    """What is only being written has no page in the office; its registration has."""
    if application.snapshot_id is None:
        return _at("registration", application.registration_id)
    return _at("application", application.pk)


def _its_application(thing: Any, _reader: Reader) -> str:
    return _page_of(thing.application)


def _listed(name: str) -> Callable[[Any, Reader], str]:
    return lambda _thing, reader: reader.of_year(name)


def _expert_page(invitation: Any, reader: Reader) -> str:
    may = access.allowed(MANAGE_POOL, reader.person, invitation.expert)
    return _at("expert", invitation.expert_id) if may else reader.of_year("experts")


def _objection_page(objection: Any, reader: Reader) -> str:
    if reader.may_act and objection.state not in NOT_PROVED:
        return _at("office_objection", objection.pk)
    return _at("category_results", objection.notice.result_list.category_id)


_KINDS: Mapping[str, Kind] = {
    "programmes.cycle": Kind(pgettext_lazy("record", "年度"), words_of, _listed("cycle")),
    "programmes.phase": Kind(pgettext_lazy("record", "日程"), words_of, _listed("phases")),
    "programmes.deadline": Kind(
        pgettext_lazy("record", "受理时间"),
        lambda it: _joined(words_of(it.category), words_of(it)),
        _listed("phases"),
    ),
    "programmes.notice": Kind(
        pgettext_lazy("record", "通知"), lambda it: str(it.title), lambda it, _reader: _at("notice", it.pk)
    ),
    "kernel.outboxmail": Kind(
        pgettext_lazy("record", "信件"),
        lambda it: str(it.to),
        lambda it, reader: reverse("secretariat:letter", args=[reader.cycle.slug, it.pk]),
    ),
    "criteria.edition": Kind(
        pgettext_lazy("record", "标准"),
        lambda it: _joined(words_of(it), it.label),
        lambda _it, _reader: reverse("secretariat:standards"),
    ),
    "applications.registration": Kind(
        pgettext_lazy("record", "报名"), lambda it: it.organisation.name, lambda it, _reader: _at("registration", it.pk)
    ),
    "applications.application": Kind(pgettext_lazy("record", "申报"), str, lambda it, _reader: _page_of(it)),
    "applications.receipt": Kind(pgettext_lazy("record", "回执"), _of_application, _its_application),
    "applications.extension": Kind(
        pgettext_lazy("record", "推荐延期"), lambda it: it.body.organisation.name, _listed("bodies")
    ),
    "orgs.body": Kind(pgettext_lazy("record", "推荐单位"), lambda it: it.organisation.name, _listed("bodies")),
    "orgs.membership": Kind(
        pgettext_lazy("record", "经办人"), lambda it: _joined(it.person.name, it.organisation.name), _listed("bodies")
    ),
    "programmes.officer": Kind(
        pgettext_lazy("record", "经办人"),
        lambda it: _joined(it.person.name, it.body.organisation.name),
        _listed("bodies"),
    ),
    "review.stagerun": Kind(pgettext_lazy("record", "评审阶段"), _stage, lambda it, _reader: _at("stage", it.pk)),
    "review.invitation": Kind(pgettext_lazy("record", "评审邀请"), lambda it: it.expert.person.name, _expert_page),
    "review.assignmentrun": Kind(
        pgettext_lazy("record", "分配方案"),
        lambda it: _stage(it.run),
        lambda it, _reader: _at("assignments", it.run_id),
    ),
    "review.assignment": Kind(
        pgettext_lazy("record", "评审分配"),
        lambda it: _joined(str(it.application), it.expert.person.name),
        lambda it, _reader: _at("assignments", it.run_id),
    ),
    "review.stagebook": Kind(pgettext_lazy("record", "评分"), _in_stage, _its_application),
    "review.visitissue": Kind(pgettext_lazy("record", "现场问题"), _in_stage, _its_application),
    "review.seat": Kind(
        pgettext_lazy("record", "审定委员"),
        lambda it: it.person.name,
        lambda _it, reader: reader.of_year("seats") if reader.may_act else reader.of_year("results"),
    ),
    "review.meeting": Kind(
        pgettext_lazy("record", "审定会议"),
        lambda it: _stage(it.run),
        lambda it, _reader: _at("category_results", it.run.category_id),
    ),
    "outcomes.resultlist": Kind(
        pgettext_lazy("record", "名单"), _list_words, lambda it, _reader: _at("result_list", it.pk)
    ),
    "outcomes.publicnotice": Kind(
        pgettext_lazy("record", "公示"),
        lambda it: str(it.title),
        lambda it, _reader: _at("result_list", it.result_list_id),
    ),
    "outcomes.objection": Kind(pgettext_lazy("record", "异议"), lambda it: str(it.number), _objection_page),
    "outcomes.award": Kind(
        pgettext_lazy("record", "奖项"), lambda it: _joined(it.title, it.name), _listed("award_roll")
    ),
    "outcomes.feedbackreport": Kind(pgettext_lazy("record", "反馈报告"), _of_application, _its_application),
}
