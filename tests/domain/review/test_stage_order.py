"""Stages follow each other as the rules say, side by side where they say so, and none is taken for the only one."""

from unittest.mock import patch

import pytest
from tests.factories import pack_text
from tests.review_cast import make_application, make_review

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.outcomes.queries import outcomes_of_cycle
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.actions import condition_check, stages
from zhuoyue.domain.review.enums import StageKind, StageState
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.domain.review.queries.graph import predecessors_in, upstream_of
from zhuoyue.domain.review.queries.stages import comparing_run, deciding_run, first_runs, run_by_id, runs_of_kind
from zhuoyue.domain.review.rules import consensus_has_begun
from zhuoyue.packs.programmes.schema.stages import Stage

JURY = "      - key: jury\n        title: {zh: 审定委员会审定"
HEARING = """      - key: hearing
        title: {zh: 陈述, en: Hearing}
        kind: defence
        by: [award-committee]
        parallel_with: [site-visit]
"""
SECOND = """      - key: second-review
        title: {zh: 复评, en: Second review}
        kind: document_review
        by: [review-team]
        scoring: {model: process-results, standard: gbt-19580}
        team: {at_least: 2}
      - key: second-consensus
        title: {zh: 复评会审, en: Second consensus}
        kind: consensus
        by: [review-team]
        scoring: {model: process-results, standard: gbt-19580}
        team: {at_least: 2, same_team_as: second-review}
        consensus: {spread_threshold: 20}
      - key: shortlist
        title: {zh: 初选, en: Shortlist}
        kind: jury
        by: [award-committee]
        ballot: {quorum: 2/3, majority: 1/2, base: electorate}
"""


def stage(key, kind="defence", **said):
    lists = {name: tuple(value) for name, value in said.items()}
    return Stage.model_validate({"key": key, "title": {"zh": key, "en": key}, "kind": kind, **lists})


def played(more, applications=1):
    return make_review(applications, text=pack_text().replace(JURY, more + JURY))


def run_of(review, key):
    return run_by_id(StageRun.objects.get(category=review.stage.category, key=key).pk)


def end(review, key, *, stopped=()):
    run = run_of(review, key)
    if run.state == StageState.WAITING:
        stages.open_stage(by=review.by, run=run)
    through = {entry.application_id: "达到要求" for entry in run.entries.exclude(application__in=stopped)}
    out = {application.pk: "没有达到" for application in stopped if run.entries.filter(application=application)}
    stages.set_outcomes(by=review.by, run=run, through=through, stopped=out)
    stages.decide_stage(by=review.by, run=run_of(review, key))


def entered(review, key):
    return set(Entry.objects.filter(run__key=key).values_list("application_id", flat=True))


@pytest.mark.parametrize(
    ("rules", "predecessors"),
    [
        ([stage("a"), stage("b"), stage("c")], {"a": "", "b": "a", "c": "b"}),
        ([stage("a"), stage("b"), stage("c", after=["a"]), stage("d", after=["b", "c"])], {"c": "a", "d": "bc"}),
        ([stage("a"), stage("b"), stage("c", parallel_with=["b"]), stage("d")], {"b": "a", "c": "a", "d": "bc"}),
        ([stage("a"), stage("b", parallel_with=["c"]), stage("c"), stage("d")], {"b": "a", "c": "a", "d": "bc"}),
        ([stage("a", parallel_with=["b"]), stage("b"), stage("c")], {"a": "", "b": "", "c": "ab"}),
        (
            [
                stage("a"),
                stage("x"),
                stage("b", after=["a"], parallel_with=["c"]),
                stage("c", parallel_with=["d"]),
                stage("d"),
            ],
            {"x": "a", "b": "a", "c": "a", "d": "a"},
        ),
        ([stage("a"), stage("n", "approval"), stage("m", "announcement"), stage("c")], {"a": "", "c": "a"}),
        ([stage("n", "approval"), stage("c")], {"c": ""}),
    ],
)  # fmt: skip
def test_a_stage_comes_after_what_the_rules_name_or_what_stands_above(rules, predecessors):
    found = predecessors_in(rules)
    assert {key: found[key] for key in predecessors} == {key: frozenset(before) for key, before in predecessors.items()}
    assert not {"n", "m"} & set(found), "nobody enters an approval or an announcement"


@pytest.mark.django_db
def test_of_two_stages_side_by_side_both_let_one_in():
    review = played(HEARING, applications=3)
    both, one, none = review.applications
    end(review, "document-review")
    end(review, "consensus")
    assert entered(review, "site-visit") == entered(review, "hearing") == {both.pk, one.pk, none.pk}
    end(review, "site-visit", stopped=[none])
    assert entered(review, "jury") == set(), "the hearing has not ended"
    end(review, "hearing", stopped=[one])
    assert entered(review, "jury") == {both.pk}
    states = {
        application.pk: type(application).objects.get(pk=application.pk).state for application in (both, one, none)
    }
    assert states == {
        both.pk: ApplicationState.IN_REVIEW,
        one.pk: ApplicationState.CONCLUDED,
        none.pk: ApplicationState.CONCLUDED,
    }


@pytest.mark.django_db
def test_the_last_of_the_branches_concludes():
    review = played(HEARING.replace("parallel_with: [site-visit]", "after: [document-review]"))
    (application,) = review.applications
    end(review, "document-review")
    assert entered(review, "hearing") == entered(review, "consensus") == {application.pk}
    StageRun.objects.filter(key__in=["site-visit", "jury"]).delete()
    end(review, "consensus")
    application.refresh_from_db()
    assert application.state == ApplicationState.IN_REVIEW, "it still stands in the hearing"
    end(review, "hearing")
    application.refresh_from_db()
    assert application.state == ApplicationState.CONCLUDED


@pytest.mark.django_db
def test_each_team_compares_at_its_own_consensus():
    review = played(SECOND)
    assert comparing_run(run_of(review, "document-review")).key == "consensus"
    assert comparing_run(run_of(review, "site-visit")).key == "consensus"
    assert comparing_run(run_of(review, "second-review")).key == "second-consensus"
    assert comparing_run(run_of(review, "second-consensus")).key == "second-consensus"
    StageRun.objects.filter(key="consensus").update(state=StageState.OPEN)
    assert consensus_has_begun(None, run_of(review, "document-review"))
    assert not consensus_has_begun(None, run_of(review, "second-review"))


@pytest.mark.django_db
def test_the_last_stage_that_votes_gives_the_tiers():
    review = played(SECOND)
    category = review.stage.category
    assert [run.key for run in runs_of_kind(category, StageKind.JURY)] == ["shortlist", "jury"]
    assert deciding_run(category).key == "jury"
    rows = [row.run.key for row in outcomes_of_cycle(review.stage.cycle) if row.category == category]
    assert rows == ["jury"]


@pytest.mark.django_db
def test_what_an_application_has_been_through_is_the_way_to_its_stage():
    review = played(HEARING)
    category = review.stage.category
    assert upstream_of(category, "hearing") == {"condition-check", "document-review", "consensus", "hearing"}
    assert [run.key for run in first_runs(category)] == ["condition-check"]


@pytest.mark.django_db
def test_a_review_without_a_check_begins_where_its_rules_begin():
    review = played(HEARING.replace("parallel_with: [site-visit]", "parallel_with: [document-review]"))
    first, second = make_application(review.stage), make_application(review.stage)
    Entry.objects.filter(application__in=[first, second]).delete()
    type(first).objects.filter(pk__in=[first.pk, second.pk]).update(state=ApplicationState.SUBMITTED)
    rules = [one for one in stage_rules(review.stage.category) if one.kind != StageKind.CONDITION_CHECK]
    assert set(predecessors_in(rules)["consensus"]) == {"document-review", "hearing"}
    with patch("zhuoyue.domain.review.queries.graph.stage_rules", return_value=tuple(rules)):
        StageRun.objects.filter(key="condition-check").delete()
        for application, passed in ((first, True), (second, False)):
            application.refresh_from_db()
            check = {"results": [], "passed": passed, "note": "齐全" if passed else "不齐"}
            condition_check.record_check(by=review.by, application=application, **check)
    assert set(first.entries.values_list("run__key", flat=True)) == {"document-review", "hearing"}
    assert not second.entries.exists()
