"""Conditions judged from facts and findings."""

from datetime import date

import pytest
from tests.factories import moment, person
from tests.review_cast import make_review

from zhuoyue.domain.applications.errors import ReturnRuleError
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.office.queries.arrivals import sent_application
from zhuoyue.domain.review.actions import condition_check
from zhuoyue.domain.review.models import Assignment, ConditionCheck, Entry, StageRun
from zhuoyue.domain.review.queries import conditions
from zhuoyue.kernel import clock
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.flow import MoveError
from zhuoyue.packs.programmes.schema.conditions import AllOf, AnyOf, Leaf, NotOf

ASKED = ("member", "voluntary", "legal-person", "excellence-model", "clean-record", "recent-winner")
ALL = dict.fromkeys(ASKED, True)


@pytest.fixture
def review(db):
    clock.stand_at(moment("2021-09-14T09:00"))
    return make_review(experts=1)


@pytest.fixture
def waiting(review):
    application = review.applications[0]
    Entry.objects.all().delete()
    Application.objects.filter(pk=application.pk).update(state="submitted")
    return sent_application(application.pk)


def test_what_is_not_known_is_asked(waiting):
    found = conditions.conditions_of(waiting, {})
    assert {row.leaf.id for row in found.rows if row.asked} == set(ASKED)
    assert not found.is_met
    computed = next(row for row in found.rows if not row.asked)
    assert computed.facts == (("依法经营年数", 16, "年"),)


def test_an_answer_does_not_change_what_is_computed(waiting):
    waiting.organisation.founded_on = date(2020, 1, 1)
    found = conditions.conditions_of(waiting, ALL | {"years-in-operation": True})
    assert [finding.id for finding in found.open_points] == ["years-in-operation"]
    assert found.open_points[0].outcome == "unmet"


def test_all_answered_it_is_met(waiting):
    found = conditions.conditions_of(waiting, ALL, "en")
    assert found.is_met
    assert found.open_points == ()
    assert found.title == "Conditions for the organisation award"


def test_a_category_without_conditions_is_met(waiting, monkeypatch):
    monkeypatch.setattr(conditions, "category_rules", lambda *_: type("Rules", (), {"conditions": None}))
    found = conditions.conditions_of(waiting, {})
    assert (found.title, found.rows, found.is_met, found.open_points) == ("", (), True, ())


def test_statements_of_the_applicant_are_shown(waiting):
    waiting.snapshot.content["answers"]["statements"] = {"voluntary": "yes", "member": "no"}
    found = {row.leaf.id: row.declared for row in conditions.conditions_of(waiting, {}).rows}
    assert found["voluntary"]
    assert not found["member"]
    waiting.snapshot = None
    assert not any(row.declared for row in conditions.conditions_of(waiting, {}).rows)


def test_the_shape_of_the_tree_stays():
    def leaf(name, **more):
        return Leaf.model_validate({"id": name, "title": {"zh": name, "en": name}, "kind": "declared", **more})

    known = leaf("known", kind="computed", expression="a > 1")
    open_one = leaf("open", kind="computed", expression="b > 1")
    tree = AllOf(
        all=(
            known,
            AnyOf(
                any=(
                    open_one,
                    NotOf.model_validate(
                        {
                            "id": "not-it",
                            "title": {"zh": "非", "en": "not"},
                            "not": {"id": "inner", "title": {"zh": "内", "en": "in"}, "kind": "declared"},
                        }
                    ),
                )
            ),
        )
    )
    asked = conditions._as_asked(tree, {"known"})
    assert asked.all[0].expression == "a > 1"
    assert asked.all[1].any[0].expression is None
    assert asked.all[1].any[1].not_.id == "inner"


def test_a_fact_without_a_title_keeps_its_name():
    assert conditions._fact_words("clean_years", 3, {}, "zh") == ("clean_years", 3, "")


def test_accepting_needs_the_tree_met(review, waiting):
    with pytest.raises(condition_check.OpenConditionsError, match="自愿申报") as error:
        condition_check.decide_check(
            by=review.by, application=waiting, answers={**ALL, "voluntary": False}, notes={}, passed=True, note=""
        )
    assert [finding.id for finding in error.value.findings] == ["voluntary"]
    assert not ConditionCheck.objects.exists()


def test_accepted_it_enters_the_next_stage(review, waiting):
    condition_check.decide_check(
        by=review.by, application=waiting, answers=ALL, notes={"member": "证书"}, passed=True, note="齐备"
    )
    kinds = list(Entry.objects.order_by("run__position").values_list("run__kind", "outcome"))
    assert kinds == [("condition_check", "through"), ("document_review", "pending")]


def test_rejected_it_stops_and_the_reason_is_asked(review, waiting):
    with pytest.raises(MoveError):
        condition_check.decide_check(by=review.by, application=waiting, answers={}, notes={}, passed=False, note="")
    condition_check.decide_check(by=review.by, application=waiting, answers={}, notes={}, passed=False, note="不符")
    assert list(Entry.objects.values_list("run__kind", "outcome")) == [("condition_check", "stopped")]
    assert ConditionCheck.objects.get().results[0]["holds"] is None


def test_a_category_whose_rules_have_no_check_stage_is_only_accepted(review, waiting):
    review.stage.category.stages.filter(kind="condition_check").delete()
    condition_check.record_check(by=review.by, application=waiting, results=[], passed=True, note="")
    assert not Entry.objects.exists()


def test_a_check_stage_that_is_the_last_hands_on_to_nothing(review, waiting):
    Assignment.objects.all().delete()
    StageRun.objects.filter(category=review.stage.category).exclude(kind="condition_check").delete()
    condition_check.record_check(by=review.by, application=waiting, results=[], passed=True, note="")
    assert Entry.objects.count() == 1


def test_strangers_check_nothing(waiting):
    with pytest.raises(RefusedError):
        condition_check.record_check(by=person(), application=waiting, results=[], passed=True, note="")
    with pytest.raises(RefusedError):
        condition_check.send_back(by=person(), application=waiting, items=[{"part": "a", "text": "b"}])


def test_the_term_of_a_return_follows_from_the_rules(review, waiting):
    returned = condition_check.send_back(
        by=review.by, application=waiting, items=[{"part": "profile", "text": "请补"}], article="第十二条"
    )
    assert returned.until == moment("2021-09-23")


def test_a_term_beyond_the_rules_is_refused(review, waiting):
    with pytest.raises(ReturnRuleError):
        condition_check.send_back(
            by=review.by,
            application=waiting,
            items=[{"part": "profile", "text": "请补"}],
            until=moment("2021-12-31"),
        )


def test_without_a_rule_a_person_gives_the_term(review, waiting, monkeypatch):
    monkeypatch.setattr(condition_check, "latest_return", lambda *_: None)
    with pytest.raises(condition_check.DeadlineMissingError, match="请填写截止时间"):
        condition_check.send_back(by=review.by, application=waiting, items=[{"part": "profile", "text": "请补"}])
