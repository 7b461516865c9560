"""The pool, invitations and conflicts in the office."""

import pytest
from django.urls import reverse
from tests.factories import organisation

from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.review.actions import examiners
from zhuoyue.domain.review.models import Invitation
from zhuoyue.kernel.mail.models import OutboxMail

FACTS = {
    "name": "叶知秋",
    "email": "ye@example.org",
    "employer": "",
    "level": "senior",
    "kinds": ["examiner"],
    "industries": "c34\nC35",
    "region": "310000",
    "most_load": "5",
    "about": "",
    "is_active": "on",
}


def _list(review, name="experts"):
    return reverse(f"secretariat:{name}", kwargs={"slug": review.stage.cycle.slug})


def _at(expert, name="expert"):
    return reverse(f"secretariat:{name}", kwargs={"expert_id": expert.pk})


@pytest.fixture
def newcomer(office, review):
    office.post(_list(review, "new_expert"), FACTS)
    return Expert.objects.get(person__email="ye@example.org")


def test_an_expert_is_taken_in(office, newcomer):
    assert newcomer.industries == ["C34", "C35"]
    assert newcomer.most_load == 5
    assert "叶知秋" in office.get(_at(newcomer)).content.decode()


def test_an_employer_that_nobody_knows_is_said(office, review):
    answer = office.post(_list(review, "new_expert"), FACTS | {"employer": "没有登记的单位"})
    assert answer.status_code == 422
    assert "系统里没有这个单位" in answer.content.decode()
    known = organisation("登记的单位")
    office.post(_list(review, "new_expert"), FACTS | {"employer": "登记的单位"})
    assert Expert.objects.get(person__email="ye@example.org").employer == known


def test_two_people_editing_see_both_texts(office, newcomer):
    url = _at(newcomer, "edit_expert")
    changes = {key: value for key, value in FACTS.items() if key not in ("name", "email")}
    assert office.post(url, changes | {"region": "320000", "version": "1"}).status_code == 302
    answer = office.post(url, changes | {"region": "330000", "version": "1"})
    assert answer.status_code == 409
    assert "320000" in answer.content.decode()
    assert "330000" in answer.content.decode()
    assert office.post(url, changes | {"most_load": "many", "version": "2"}).status_code == 422


def test_invitations_are_shown_before_they_go(office, review, newcomer):
    url = _list(review, "invite")
    chosen = {"chosen": [str(newcomer.pk)], "answer_by": "2021-09-20T18:00"}
    preview = office.post(url, chosen | {"then": "preview"})
    assert preview.status_code == 200
    assert "ye@example.org" in preview.content.decode()
    assert not Invitation.objects.filter(expert=newcomer).exists()
    office.post(url, chosen | {"then": "send"})
    invitation = Invitation.objects.get(expert=newcomer)
    assert invitation.answer_by.isoformat() == "2021-09-20T10:00:00+00:00"
    assert OutboxMail.objects.filter(to="ye@example.org", subject__contains="评审邀请").count() == 1


def test_inviting_nobody_or_without_a_date_is_refused(office, review, newcomer):
    url = _list(review, "invite")
    nobody = office.post(url, {"answer_by": "2021-09-20T18:00", "then": "send"})
    assert nobody.status_code == 422
    assert "请先选择要邀请的专家" in nobody.content.decode()
    dateless = office.post(url, {"chosen": [str(newcomer.pk)], "then": "send"})
    assert dateless.status_code == 422
    assert str(newcomer.pk) in dateless.content.decode()
    assert not Invitation.objects.filter(expert=newcomer).exists()


@pytest.fixture
def asked(review, newcomer):
    return examiners.invite(by=review.by, cycle=review.stage.cycle, experts=[newcomer], answer_by=None)[0]


def _invitation(invitation, name):
    return reverse(f"secretariat:{name}", kwargs={"invitation_id": invitation.pk})


def test_an_invitation_goes_again_once_a_day(office, asked):
    url = _invitation(asked, "resend_invitation")
    assert "ye@example.org" in office.get(url).content.decode()
    office.post(url)
    office.post(url)
    letters = OutboxMail.objects.filter(to="ye@example.org", subject__contains="答复评审邀请")
    assert letters.count() == 1
    assert f"/expert/invitations/{asked.pk}/" in letters.get().text
    assert "/account/first/" in letters.get().text


def test_an_invitation_is_revoked_with_a_reason(office, asked):
    url = _invitation(asked, "revoke_invitation")
    assert office.post(url, {"reason": ""}).status_code == 422
    office.post(url, {"reason": "名额已满"})
    asked.refresh_from_db()
    assert asked.state == "revoked"


def test_states_and_words_narrow_the_list(office, review, newcomer):
    for query, there in (
        ("?state=none", True),
        ("?state=accepted", False),
        ("?text=知秋", True),
        ("?text=无此", False),
    ):
        assert ("叶知秋" in office.get(f"{_list(review)}{query}").content.decode()) is there


def test_a_conflict_is_ruled_on(office, review):
    tie = examiners.Declared(review.applications[0].organisation, "consulting", "曾授课")
    examiners.declare_tie(by=review.leader, invitation=review.invitation(), tie=tie)
    conflict = Conflict.objects.get()
    page = office.get(_list(review)).content.decode()
    assert "待裁定的利益冲突" in page
    assert "曾授课" in page
    url = reverse("secretariat:rule_conflict", kwargs={"conflict_id": conflict.pk})
    assert office.post(f"{url}?stands=no", {"reason": ""}).status_code == 422
    office.post(f"{url}?stands=yes", {"reason": ""})
    conflict.refresh_from_db()
    assert conflict.state == "confirmed"
    office.post(f"{url}?stands=no", {"reason": "三年以前"})
    conflict.refresh_from_db()
    assert conflict.state == "dismissed"


def test_the_auditor_sees_the_pool_and_invites_nobody(client, review, auditor):
    client.force_login(auditor)
    assert client.get(_list(review)).status_code == 200
    assert client.get(_list(review, "invite")).status_code == 404
    assert client.get(_list(review, "new_expert")).status_code == 404


def test_the_list_costs_the_same_with_more_people(office, review, newcomer, django_assert_max_num_queries):
    office.get(_list(review))
    with django_assert_max_num_queries(9):
        office.get(_list(review))
