"""Answering an invitation and declaring conflicts: nothing opens before, everything closes at once after."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import person
from tests.review_cast import invite, make_application, make_review, take_on

from zhuoyue.domain.experts.actions import add_expert
from zhuoyue.domain.experts.models import Conflict
from zhuoyue.domain.review.actions import examiners
from zhuoyue.domain.review.models import Invitation
from zhuoyue.domain.review.queries.teams import working
from zhuoyue.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return make_review(experts=1)


@pytest.fixture
def invited(review, client):
    """A new expert with an invitation, signed in."""
    by = review.by
    expert = add_expert(by=by, pool=review.stage.organiser, email=person("新专家").email, name="新专家", known=True)
    client.force_login(expert.person)
    return invite(review, expert)


def address(name, invitation):
    return reverse(f"expert:{name}", args=[invitation.pk])


def fresh(invitation):
    return Invitation.objects.get(pk=invitation.pk)


def test_the_first_page_asks_for_an_answer_then_for_the_declaration(client, invited):
    home = client.get(reverse("expert:home")).content.decode()
    assert address("invitation", invited) in home
    assert client.post(address("accept", invited), {"agree": "on"})["Location"] == address("conflicts", invited)
    assert fresh(invited).undertaking_at
    assert address("conflicts", invited) in client.get(reverse("expert:home")).content.decode()


def test_the_undertaking_must_be_ticked(client, invited):
    page = client.get(address("invitation", invited)).content.decode()
    assert "对申报材料和评审过程保密" in page
    answer = client.post(address("accept", invited), {})
    assert answer.status_code == 422
    assert fresh(invited).state == "invited"


def test_declining_asks_for_a_reason(client, invited):
    assert client.post(address("decline", invited), {"reason": ""}).status_code == 422
    client.post(address("decline", invited), {"reason": "时间冲突"})
    assert fresh(invited).state == "declined"
    assert client.get(address("invitation", invited)).status_code == 200
    assert client.post(address("accept", invited), {"agree": "on"}).status_code == 409
    assert client.post(address("decline", invited), {"reason": "再次"}).status_code == 409


def test_after_the_day_the_answer_is_too_late(client, invited):
    Invitation.objects.filter(pk=invited.pk).update(answer_by=clock.now() - timedelta(hours=1))
    assert "答复时间已过" in client.get(address("invitation", invited)).content.decode()
    assert client.post(address("accept", invited), {"agree": "on"}).status_code == 403
    assert fresh(invited).state == "invited"


def test_only_the_invited_see_an_invitation(client, invited, review):
    for other in (review.leader, review.by, person()):
        client.force_login(other)
        assert client.get(address("invitation", invited)).status_code == 404
        assert client.get(address("conflicts", invited)).status_code == 404
    client.force_login(invited.expert.person)
    examiners.revoke(by=review.by, invitation=fresh(invited), reason="名额已满")
    assert client.get(address("invitation", invited)).status_code == 404


def test_ties_are_declared_after_acceptance_only(client, invited):
    assert client.get(address("conflicts", invited)).status_code == 403
    assert client.post(address("declare", invited), {"said": "on"}).status_code == 403


@pytest.fixture
def accepted(client, invited):
    client.post(address("accept", invited), {"agree": "on"})
    return invited


def test_none_must_be_said(client, accepted):
    assert client.post(address("declare", accepted), {}).status_code == 422
    assert not fresh(accepted).conflicts_declared_at
    assert client.post(address("declare", accepted), {"said": "on"})["Location"] == reverse("expert:home")
    assert fresh(accepted).conflicts_declared_at


def test_the_search_finds_applicants_of_the_cycle_by_name_and_shows_nothing_else(client, accepted, review):
    applicant = review.applications[0].organisation
    page = client.get(address("conflicts", accepted), {"q": applicant.name[:3]}).content.decode()
    assert applicant.name in page
    assert applicant.credit_code not in page
    assert review.applications[0].number not in page
    assert applicant.name not in client.get(address("conflicts", accepted)).content.decode()
    assert "没有名称含" in client.get(address("conflicts", accepted), {"q": "不存在的单位"}).content.decode()


def test_a_tie_is_named_with_its_kind_and_bars_at_once(client, review):
    client.force_login(review.leader)
    invitation = review.invitation()
    applicant = review.applications[0].organisation
    said = {"q": applicant.name, "organisation": str(applicant.pk), "kind": "consulting", "evidence": "2020年授课"}
    assert working(review.leader).exists()
    answer = client.post(address("add_tie", invitation), said)
    assert answer["Location"] == address("conflicts", invitation)
    tie = Conflict.objects.get()
    assert (tie.kind, tie.grade, tie.evidence) == ("consulting", "entry", "2020年授课")
    assert not working(review.leader).exists()
    assert "近三年提供咨询或培训" in client.get(address("conflicts", invitation)).content.decode()


@pytest.mark.parametrize("missing", ["organisation", "kind"])
def test_a_tie_without_unit_or_kind_is_asked_again(client, accepted, review, missing):
    applicant = review.applications[0].organisation
    said = {"q": applicant.name, "organisation": str(applicant.pk), "kind": "interest", "evidence": "持股"}
    answer = client.post(address("add_tie", accepted), {**said, missing: ""})
    assert answer.status_code == 422
    assert "持股" in answer.content.decode()
    assert not Conflict.objects.exists()


def test_a_unit_that_is_no_applicant_cannot_be_named(client, accepted, review):
    applicant = review.applications[0].organisation
    said = {"q": "", "organisation": str(applicant.pk), "kind": "interest"}
    assert client.post(address("add_tie", accepted), said).status_code == 422
    review.applications[0].registration.state = "withdrawn"
    review.applications[0].registration.save()
    assert client.post(address("add_tie", accepted), {**said, "q": applicant.name}).status_code == 422
    assert not Conflict.objects.exists()


def test_many_hits_are_cut_and_said_so(client, accepted, review):
    for number in range(21):
        make_application(review.stage, name=f"同名集团第{number}公司")
    page = client.get(address("conflicts", accepted), {"q": "同名集团"}).content.decode()
    assert "只列出前20个" in page


def test_a_second_declaration_names_all_ties(client, accepted, review):
    applicant = review.applications[0].organisation
    said = {"q": applicant.name, "organisation": str(applicant.pk), "kind": "interest"}
    client.post(address("add_tie", accepted), said)
    assert "全部利益冲突" in client.get(address("conflicts", accepted)).content.decode()
    client.post(address("declare", accepted), {"said": "on"})
    assert "补充" in client.get(address("conflicts", accepted)).content.decode()


def test_whoever_is_taken_on_has_nothing_left_to_do(client, review):
    expert = add_expert(by=review.by, pool=review.stage.organiser, email=person("甲").email, name="甲", known=True)
    take_on(review, expert)
    client.force_login(expert.person)
    assert client.get(reverse("expert:home")).context["due"] == []
