"""Assigning examiners in the office."""

from django.urls import reverse

from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.review.actions import assignment
from zhuoyue.domain.review.models import Assignment, AssignmentRun


def _at(review, name="assignments"):
    return reverse(f"secretariat:{name}", kwargs={"run_id": review.run().pk})


def _pair(pair, name):
    return reverse(f"secretariat:{name}", kwargs={"pair_id": pair.pk})


def test_teams_loads_and_reasons_are_shown(office, review):
    page = office.get(_at(review)).content.decode()
    for expert in review.experts:
        assert expert.person.name in page
    assert "组长" in page
    assert "1／6" in page


def test_the_engine_runs_with_a_visible_seed_and_its_answer_is_kept(office, review):
    answer = office.post(_at(review, "run_engine"), {"seed": "7"}, follow=True)
    assert "分配方案已计算并生效" in answer.content.decode()
    kept = AssignmentRun.objects.get()
    assert kept.seed == 7
    assert "种子7" in answer.content.decode()
    assert kept.digest in answer.content.decode()


def test_a_seed_that_is_no_number_is_refused(office, review):
    answer = office.post(_at(review, "run_engine"), {"seed": "七"})
    assert answer.status_code == 422
    assert not AssignmentRun.objects.exists()


def test_a_shortage_is_said_with_names_and_changes_nothing(office, review):
    for pair in review.pairs[1:]:
        assignment.end_assignment(by=review.by, pair=pair, reason="调整")
    Expert.objects.filter(pk=review.experts[2].pk).update(is_active=False)
    answer = office.post(_at(review, "run_engine"), {"seed": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{review.applications[0].organisation.name}需要3人，可派的只有2人，还缺1人" in page
    assert Assignment.objects.filter(state="active").count() == 1
    assert "需要3人" in office.get(_at(review, "assignment_check")).content.decode()


def test_without_examiners_there_is_nothing_to_compute(office, review):
    Expert.objects.update(is_active=False)
    answer = office.post(_at(review, "run_engine"), {"seed": "1"})
    assert answer.status_code == 409
    assert "无从分配" in answer.content.decode()
    assert "无从分配" in office.get(_at(review, "assignment_check")).content.decode()


def test_enough_people_are_said_to_be_enough(office, review):
    answer = office.get(_at(review, "assignment_check"), follow=True)
    assert "现有人员可以满足全部规则" in answer.content.decode()


def test_a_pair_is_ended_with_a_reason_and_put_back_by_hand(office, review):
    pair = review.pairs[1]
    assert office.post(_pair(pair, "end_pair"), {"reason": ""}).status_code == 422
    office.post(_pair(pair, "end_pair"), {"reason": "临时出差"})
    pair.refresh_from_db()
    assert pair.state == "ended"
    assert "缺1人" in office.get(_at(review)).content.decode()
    said = {"application": str(review.applications[0].pk), "expert": str(pair.expert_id)}
    office.post(_at(review, "add_pair"), said)
    pair.refresh_from_db()
    assert (pair.state, pair.pinned) == ("active", True)


def test_an_incomplete_pair_is_refused(office, review):
    answer = office.post(_at(review, "add_pair"), {"application": "", "expert": "x"})
    assert answer.status_code == 422


def test_a_pair_with_a_conflict_is_refused_in_words(office, review):
    expert = review.experts[1]
    assignment.end_assignment(by=review.by, pair=review.pairs[1], reason="调整")
    Expert.objects.filter(pk=expert.pk).update(employer=review.applications[0].organisation)
    said = {"application": str(review.applications[0].pk), "expert": str(expert.pk)}
    answer = office.post(_at(review, "add_pair"), said, follow=True)
    assert "利益冲突，不能分配" in answer.content.decode()


def test_the_leader_changes(office, review):
    office.post(_pair(review.pairs[2], "name_leader"))
    roles = [pair.role for pair in Assignment.objects.order_by("pk") if pair.role == "leader"]
    review.pairs[2].refresh_from_db()
    assert review.pairs[2].role == "leader"
    assert len(roles) == 1


def test_the_auditor_assigns_nobody(client, review, auditor):
    client.force_login(auditor)
    page = client.get(_at(review)).content.decode()
    assert "计算并采用" not in page
    assert client.post(_at(review, "run_engine"), {"seed": "1"}).status_code == 404
    assert client.post(_pair(review.pairs[1], "end_pair"), {"reason": "x"}).status_code == 404


def test_the_page_stays_within_twelve_statements(office, review, django_assert_max_num_queries):
    office.get(_at(review))
    with django_assert_max_num_queries(12):
        office.get(_at(review))
