"""Registrations and applications as they arrive: lists, filters, workbook, the dossier, its history."""

import uuid
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from tests.review_cast import make_application

from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.kernel.mail.models import OutboxMail


@pytest.fixture
def waiting(review):
    """A registration that nobody has looked at."""
    registration = review.applications[0].registration
    Registration.objects.filter(pk=registration.pk).update(state="sent")
    registration.refresh_from_db()
    return registration


def _list(review, name="applications", **asked):
    url = reverse(f"secretariat:{name}", kwargs={"slug": review.stage.cycle.slug})
    return f"{url}?{'&'.join(f'{key}={value}' for key, value in asked.items())}"


def _registration(registration, name="registration"):
    return reverse(f"secretariat:{name}", kwargs={"registration_id": registration.pk})


def _application(review, name="application"):
    return reverse(f"secretariat:{name}", kwargs={"application_id": review.applications[0].pk})


def test_a_registration_is_confirmed_and_the_applicant_told(office, waiting):
    assert waiting.organisation.name in office.get(_registration(waiting)).content.decode()
    office.post(_registration(waiting, "confirm_registration"))
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    assert OutboxMail.objects.filter(to=waiting.contact_email, subject__contains="报名已确认").exists()


def test_confirming_twice_says_why_not_and_changes_nothing(office, waiting):
    office.post(_registration(waiting, "confirm_registration"))
    answer = office.post(_registration(waiting, "confirm_registration"), follow=True)
    assert "确认报名" in answer.content.decode()
    assert OutboxMail.objects.filter(subject__contains="报名已确认").count() == 1


def test_a_refusal_carries_its_reason(office, waiting):
    assert office.post(_registration(waiting, "refuse_registration"), {"reason": " "}).status_code == 422
    office.post(_registration(waiting, "refuse_registration"), {"reason": "不在申报范围"})
    waiting.refresh_from_db()
    assert waiting.state == "refused"
    assert "不在申报范围" in OutboxMail.objects.get(subject__contains="报名未受理").text


def test_paper_is_noted_with_its_time(office, waiting):
    office.post(_registration(waiting, "note_paper"), {"at": "2021-06-03T10:30"})
    waiting.refresh_from_db()
    assert waiting.paper_received_at is not None
    assert waiting.paper_received_at.isoformat() == "2021-06-03T02:30:00+00:00"
    assert "未收到" not in office.get(_registration(waiting)).content.decode()


def test_several_are_confirmed_at_once(office, review, waiting):
    answer = office.post(_list(review, "confirm_registrations").rstrip("?"), {"chosen": [str(waiting.pk)]}, follow=True)
    assert "已确认1份报名" in answer.content.decode()
    empty = office.post(_list(review, "confirm_registrations").rstrip("?"), follow=True)
    assert "没有选中" in empty.content.decode()


def test_registrations_are_listed_by_state(office, review, waiting):
    assert waiting.organisation.name in office.get(_list(review, "registrations", state="sent")).content.decode()
    assert waiting.organisation.name not in office.get(_list(review, "registrations", state="refused")).content.decode()
    assert waiting.organisation.name in office.get(_list(review, "registrations", state="nonsense")).content.decode()


def test_a_scan_that_is_not_there_is_not_found(office, waiting):
    assert office.get(_registration(waiting, "registration_scan")).status_code == 404


def test_drafts_are_not_there(office, review):
    found = review.applications[0]
    Application.objects.filter(pk=found.pk).update(snapshot=None, state="draft")
    assert found.number not in office.get(_list(review)).content.decode()
    assert office.get(_application(review)).status_code == 404
    assert office.get(_application(review, "condition_check")).status_code == 404


def test_filters_stand_in_the_address(office, review):
    found = review.applications[0]
    for asked in ({"state": "in_review"}, {"category": "organisation"}, {"text": found.number}, {"sort": "-sent"}):
        assert found.number in office.get(_list(review, **asked)).content.decode()
    for asked in ({"state": "returned"}, {"category": "project"}, {"text": "没有这家"}):
        answer = office.get(_list(review, **asked)).content.decode()
        assert "没有符合条件的申报" in answer


def test_nonsense_in_the_address_shows_everything(office, review):
    answer = office.get(_list(review, state="x", body=uuid.uuid4(), page="minus", sort="?"))
    assert review.applications[0].number in answer.content.decode()


def test_a_page_beyond_the_last_is_the_last(office, review):
    assert review.applications[0].number in office.get(_list(review, page="99")).content.decode()


def test_the_workbook_has_the_same_rows(office, review):
    answer = office.get(_list(review, "applications_workbook", state="in_review"))
    book = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    strings = book.read("xl/worksheets/sheet1.xml").decode() + "".join(
        book.read(name).decode() for name in book.namelist() if "sharedStrings" in name
    )
    assert review.applications[0].number in strings
    assert review.applications[0].organisation.name in strings


def test_the_dossier_is_read_as_it_was_sent(office, review):
    page = office.get(_application(review)).content.decode()
    snapshot = review.applications[0].snapshot
    assert snapshot.digest in page
    file = snapshot.content["evidence"][0]["file"]
    url = reverse("secretariat:application_file", kwargs={"application_id": review.applications[0].pk, "file_id": file})
    assert url in page
    answer = office.get(url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert office.get(url.replace(file, str(uuid.uuid4()))).status_code == 404


def test_the_history_tells_what_happened(office, review):
    page = office.get(_application(review, "application_history")).content.decode()
    assert "没有回执" in page
    assert "经过" in page


@pytest.mark.parametrize("name", ["applications", "registrations"])
def test_lists_cost_the_same_with_one_row_and_with_three(office, review, name, django_assert_max_num_queries):
    office.get(_list(review, name))
    with django_assert_max_num_queries(9):
        office.get(_list(review, name))
    make_application(review.stage)
    make_application(review.stage)
    with django_assert_max_num_queries(9):
        assert office.get(_list(review, name)).status_code == 200


@pytest.mark.parametrize("name", ["application", "application_history", "condition_check"])
def test_pages_of_one_application_stay_within_twelve_statements(office, review, name, django_assert_max_num_queries):
    office.get(_list(review))
    with django_assert_max_num_queries(12):
        assert office.get(_application(review, name)).status_code == 200


def test_the_auditor_looks_and_does_nothing(client, review, waiting, auditor):
    client.force_login(auditor)
    assert client.get(_list(review)).status_code == 200
    assert client.get(_application(review)).status_code == 200
    assert client.get(_registration(waiting)).status_code == 200
    assert client.post(_registration(waiting, "confirm_registration")).status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == "sent"


def test_strangers_find_nothing(client, review):
    client.force_login(review.leader)
    for url in (_list(review), _application(review), reverse("secretariat:home")):
        assert client.get(url).status_code == 404
