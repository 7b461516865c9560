"""The office sees and changes until when each category takes what, and every reader sees the date of their category."""

import pytest
from django.urls import reverse
from tests.factories import body, member, moment, organisation
from tests.small_cycle import announce, at, prepare, sign_up
from tests.twin_award import twin_pack

from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes.models import Deadline
from zhuoyue.kernel.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
TYPED = {"opens_at": "2021-08-01T00:00", "closes_at": "2021-08-19T00:00", "version": 1, "reason": "应企业要求"}


@pytest.fixture
def play():
    at("2021-05-20")
    organiser = body()
    secretary = member(organiser.organisation, Duty.SECRETARY)
    found = prepare(organiser, secretary, secretary, slug="lanzhou-award-2021", text=twin_pack())
    announce(found)
    return found


def term(play, key):
    return Deadline.objects.get(category__cycle=play.cycle, category__key=key, opens="application")


def address(play, key):
    return reverse("secretariat:edit_deadline", args=[term(play, key).pk])


def listed(client, play):
    return client.get(reverse("secretariat:phases", args=[play.slug])).content.decode()


def test_the_office_moves_one_deadline_of_one_category(client, play):
    client.force_login(play.secretary)
    text = listed(client, play)
    assert text.count("8月12日24:00") == 1
    assert address(play, "craft") in text
    assert client.post(address(play, "large"), TYPED).status_code == 302
    assert term(play, "large").closes_at == moment("2021-08-19")
    assert {term(play, key).closes_at for key in ("large-service", "craft")} == {moment("2021-08-16")}
    assert "8月18日24:00" in listed(client, play)
    assert AuditEvent.objects.get(verb="programmes.deadline_edited").data["reason"] == "应企业要求"
    record = client.get(reverse("secretariat:record", args=[play.slug])).content.decode()
    assert "调整受理时间" in record
    assert "大型企业" in record


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"reason": " "}, 422), ({"closes_at": "2021-07-01T00:00"}, 422), ({"closes_at": "明天"}, 422)],
)
def test_what_cannot_be_a_deadline_keeps_what_was_typed(client, play, typed, status):
    client.force_login(play.secretary)
    answer = client.post(address(play, "craft"), TYPED | typed)
    assert answer.status_code == status
    assert "zy-field-error" in answer.content.decode()
    assert term(play, "craft").closes_at == moment("2021-08-16")


def test_two_who_move_one_deadline_both_see_both(client, play):
    client.force_login(play.secretary)
    client.post(address(play, "large"), TYPED)
    answer = client.post(address(play, "large"), TYPED | {"closes_at": "2021-08-20T00:00", "reason": "乙的理由"})
    assert answer.status_code == 409
    assert "乙的理由" in answer.content.decode()


def test_a_category_without_a_date_and_one_without_an_end_are_told_apart(client, play):
    Deadline.objects.filter(pk=term(play, "large").pk).update(closes_at=None)
    Deadline.objects.filter(pk=term(play, "craft").pk).update(closes_at=None, is_open_ended=True)
    client.force_login(play.secretary)
    text = listed(client, play)
    assert "未定，暂不接收" in text
    assert "不设截止" in text


def test_each_applicant_reads_the_deadline_of_their_category(client, play):
    Deadline.objects.create(
        category=play.of("large").category,
        opens="application",
        key="papers",
        medium="paper",
        position=9,
        title="申报材料",
        closes_at=moment("2021-08-21"),
    )
    at("2021-06-01")
    pages = {}
    for key in ("large", "craft"):
        owner = organisation()
        person = member(owner)
        registration = sign_up(play.of(key), person, owner)
        client.force_login(person)
        before = client.get(reverse("applicant:registration", args=[registration.pk])).content.decode()
        application = applications.open_application(by=person, registration=registration)
        page = client.get(reverse("applicant:application", args=[application.pk])).content.decode()
        home = client.get(reverse("applicant:home")).content.decode()
        pages[key] = (before, page, home)
    assert all("8月12日24:00" in text and "8月15日24:00" not in text for text in pages["large"])
    assert all("8月15日24:00" in text and "8月12日24:00" not in text for text in pages["craft"])
    assert all("纸质送达：" in text and "8月20日24:00" in text for text in pages["large"][:2])
    assert all("纸质送达" not in text for text in pages["craft"])


def test_the_public_reads_the_nearest_deadline_and_each_of_them(client, play):
    at("2021-08-10")
    text = client.get(reverse("public:programme", args=[play.slug])).content.decode()
    assert "8月12日" in text
    assert "8月15日" in text
    at("2021-08-14")
    rows = client.get(reverse("public:programmes")).content.decode()
    assert "8月15日" in rows
    assert "8月12日" not in rows
