"""A cast for self-assessments: two organisations, three standards, people who speak for them and people who do not."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests import factories
from tests.factories import Duty
from tests.small_award import short_standard
from zhuoyue.domain.assessments import actions
from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.assessments.queries import common_book
from zhuoyue.domain.criteria import actions as criteria
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.judging.queries.books import items_by_node, scored_nodes
from zhuoyue.domain.orgs.models import Organisation


@dataclass
class Case:
    organisation: Organisation
    person: Any
    colleague: Any
    other: Organisation
    stranger: Any
    secretary: Any
    edition: Edition
    second: Edition


def gather() -> Case:
    organisation, other = factories.organisation("甲申有限公司"), factories.organisation("乙酉有限公司")
    organiser = factories.body("质协")
    secretary = factories.member(organiser.organisation, Duty.SECRETARY)
    editions = [
        criteria.load_standard(by=secretary, data=short_standard().model_copy(update={"key": key, "title": title}))
        for key, title in (("short-a", "甲准则"), ("short-b", "乙准则"))
    ]
    return Case(
        organisation,
        factories.member(organisation),
        factories.member(organisation, Duty.MEMBER),
        other,
        factories.member(other),
        secretary,
        *editions,
    )


def begin(case: Case, year: int = 2026, **facts: Any) -> Assessment:
    given = {"organisation": case.organisation, "edition": case.edition, **facts}
    return actions.start(by=case.person, year=year, **given)


def judge(case: Case, assessment: Assessment, *values: int, say: Any = None) -> None:
    """Score the first items, one value each; `say(kind)` gives the words of a strength and a gap."""
    book = common_book(assessment)
    for node, value in zip(scored_nodes(book.edition), values, strict=False):
        words = say or node.code.__add__
        judged = Judgement(Decimal(value), strengths=(words("自评优势"),), gaps=(words("自评不足"),), done=True)
        held = items_by_node(book).get(node.pk)
        actions.save_item(by=case.person, book=book, node=node, judgement=judged, expected=held.version if held else 0)


def finished(case: Case, year: int = 2026, values: tuple[int, ...] = (50, 60, 40), **facts: Any) -> Assessment:
    assessment = begin(case, year, **facts)
    judge(case, assessment, *values)
    actions.finish(by=case.person, assessment=assessment)
    return assessment


def planned(case: Case, assessment: Assessment, place: int = 0, **facts: Any) -> Any:
    node = scored_nodes(assessment.edition)[place]
    plan = actions.Plan(node=node, **{"text": "按岗位测评", **facts})
    return actions.add_improvement(by=case.person, assessment=assessment, plan=plan)
