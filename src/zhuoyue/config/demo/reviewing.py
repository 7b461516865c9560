"""From the condition check to the site visit."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from zhuoyue.config.demo import content
from zhuoyue.config.demo.play import SEED, SHANGHAI, Play, at
from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.judging.queries.marks import circled
from zhuoyue.domain.review.actions import assignment, condition_check, examiners, scoring, stages, visits
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import Assignment, Entry, StageBook, StageRun
from zhuoyue.domain.review.queries.scores import spreads
from zhuoyue.domain.review.queries.stages import scored_nodes


def review(play: Play) -> None:
    """Submitted, recommended, checked; experts invited and assigned; scoring half done."""
    for application, speaker in zip(play.applications()[4:10], play.cast.speakers[4:], strict=False):
        at("2021-08-14T11:10")
        applications.submit(by=speaker, application=application)
    sent = [application for application in play.applications() if application.state == ApplicationState.SUBMITTED]
    for application in sent[:8]:
        at("2021-08-18T09:40")
        applications.give_opinion(
            by=play.cast.officer, application=application, outcome="recommend", opinion="材料属实，管理扎实，同意推荐。"
        )
    run = play.run(StageKind.CONDITION_CHECK)
    at("2021-08-23T09:00")
    stages.open_stage(by=play.cast.secretary, run=run)
    for application in play.applications()[:9]:
        condition_check.record_check(
            by=play.cast.secretary, application=application, results=[], passed=True, note="条件齐备。"
        )
    _invite(play)
    _score(play, share=0.55)
    at("2021-09-14T09:00")


def _invite(play: Play) -> None:
    at("2021-08-24T10:00")
    invited = examiners.invite(
        by=play.cast.secretary,
        cycle=play.cycle,
        experts=play.cast.experts,
        answer_by=datetime(2021, 8, 31, 18, tzinfo=SHANGHAI),
    )
    for number, invitation in enumerate(invited[:-1]):
        person = invitation.expert.person
        at("2021-08-26T20:15")
        examiners.accept(by=person, invitation=invitation)
        ties = (
            [examiners.Declared(play.cast.applicants[number], "consulting", "2020年曾授课")] if number in (4, 7) else []
        )
        examiners.declare_conflicts(by=person, invitation=invitation, conflicts=ties)
    run = play.run(StageKind.DOCUMENT_REVIEW)
    at("2021-08-30T09:00")
    stages.open_stage(by=play.cast.secretary, run=run)
    stages.set_due(
        by=play.cast.secretary, run=run, expected=run.version, due_at=datetime(2021, 9, 20, 18, tzinfo=SHANGHAI)
    )
    assignment.assign_by_engine(by=play.cast.secretary, run=play.run(StageKind.DOCUMENT_REVIEW), seed=SEED)


def _score(play: Play, *, share: float) -> None:
    """Examiners write their own judgements; `share` of the scorebooks are finished and handed in."""
    run = play.run(StageKind.DOCUMENT_REVIEW)
    pairs = list(
        Assignment.objects.filter(run=run, state="active").select_related("expert__person", "run", "application")
    )
    first = play.cast.experts[0].pk  # whose sign-in is printed: left with something to do
    pairs.sort(key=lambda pair: (pair.expert_id == first, pair.application.number, pair.alias))
    nodes = scored_nodes(run.category)
    for number, pair in enumerate(pairs):
        at(f"2021-09-{3 + number * 11 // len(pairs):02d}T20:00")  # an evening each, from the 3rd to the 13th
        book = scoring.book_for(pair)
        if book.state == "submitted":
            continue
        finish = number < len(pairs) * share
        given = set(book.items.exclude(value=None).values_list("node_id", flat=True))
        level = Random(str(pair.application.number)).randint(9, 13)  # noqa: S311 - invented content
        for node in nodes if finish else nodes[: play.random.randint(0, 14)]:
            if node.pk not in given:
                strengths, gaps = content.comments(play.random)
                value = min(95, max(10, 5 * (level + play.random.choice((-3, -1, -1, 0, 0, 0, 1, 1, 2)))))
                passage = _passage(pair.application.snapshot.frozen, node)
                if passage and strengths:
                    strengths = [*strengths[:-1], f"{strengths[-1]}{circled(1)}"]
                marks = [passage] if passage else []
                judged = Judgement(Decimal(value), strengths=strengths, gaps=gaps, marks=marks, done=True)
                scoring.save_item(by=pair.expert.person, book=loaded(book), node=node, judgement=judged, expected=0)
        if finish:
            scoring.submit_book(by=pair.expert.person, book=loaded(book))


def _passage(content: Mapping[str, Any], node: Node) -> str:
    """The second sentence of what an applicant wrote on an item, as somebody marks it who looks for figures."""
    text: str = content["answers"].get(f"narrative/{node.code}", {}).get("text", "")
    sentences = [part for part in text.split("\n", maxsplit=1)[0].split("。") if part]
    return sentences[1] if len(sentences) > 1 else ""


def loaded(book: StageBook) -> StageBook:
    return StageBook.objects.select_related(
        "run__category__cycle__programme__organiser", "run__category__cycle__rules", "application", "assignment__expert"
    ).get(pk=book.pk)


def pass_all(play: Play, kind: StageKind, day: str) -> None:
    """Everyone in a stage goes on, and the stage ends."""
    run = play.run(kind)
    at(day)
    reasons = {entry.application_id: "达到晋级要求" for entry in run.entries.all()}
    stages.set_outcomes(by=play.cast.secretary, run=run, through=reasons, stopped={})
    stages.decide_stage(by=play.cast.secretary, run=run)


def _end_condition_check(play: Play) -> None:
    at("2021-09-15T09:00")
    for application in play.applications():
        if application.state == ApplicationState.SUBMITTED:
            condition_check.record_check(
                by=play.cast.secretary,
                application=application,
                results=[],
                passed=False,
                note="不是协会会员单位。",
            )
    stages.decide_stage(by=play.cast.secretary, run=play.run(StageKind.CONDITION_CHECK))


def consensus(play: Play) -> None:
    _end_condition_check(play)
    _score(play, share=1.0)
    pass_all(play, StageKind.DOCUMENT_REVIEW, "2021-09-21T09:00")
    stages.open_stage(by=play.cast.secretary, run=play.run(StageKind.CONSENSUS))
    _agree(play, share=0.4)
    at("2021-09-24T14:00")


def _agree(play: Play, *, share: float) -> None:
    run = play.run(StageKind.CONSENSUS)
    at("2021-09-23T13:30")
    entries = list(run.entries.select_related("application"))
    for number, entry in enumerate(entries):
        leader = (
            Assignment.objects.select_related("expert__person")
            .filter(application=entry.application, role="leader", state="active")
            .first()
        )
        book = scoring.shared_book_for(run, entry.application, Step.CONSENSUS)
        if leader is None or book.state == "submitted" or number > len(entries) * share:
            continue
        _agree_items(leader.expert.person, run, entry, book)
        scoring.submit_book(by=leader.expert.person, book=loaded(book))


def _agree_items(by: Any, run: StageRun, entry: Entry, book: StageBook) -> None:
    shared = loaded(book)
    for spread in spreads(run, entry.application):
        middle = spread.median or Decimal(50)
        said = [voice for voice in spread.voices if voice.strengths]
        judged = Judgement(
            value=(middle / 5).quantize(Decimal(1)) * 5,
            strengths=said[0].strengths if said else (),
            gaps=said[0].gaps if said else (),
            reason="取中位数，各方依据一致。",
            done=True,
        )
        scoring.agree_item(by=by, book=shared, node=spread.node, judgement=judged, expected=0)


def visit(play: Play) -> None:
    _agree(play, share=1.0)
    pass_all(play, StageKind.CONSENSUS, "2021-10-08T09:00")
    run = play.run(StageKind.SITE_VISIT)
    stages.open_stage(by=play.cast.secretary, run=run)
    at("2021-10-11T09:00")
    nodes = scored_nodes(run.category)
    for entry in Entry.objects.filter(run=play.run(StageKind.SITE_VISIT)).select_related(
        "run__category__cycle", "application"
    ):
        leader = Assignment.objects.select_related("expert__person").get(
            application=entry.application, role="leader", state="active"
        )
        for node in nodes[:3]:
            question = f"核实{node.title}的展开范围和近三年数据来源。"
            visits.add_issue(by=leader.expert.person, entry=entry, question=question, node=node)
    at("2021-10-13T10:00")
