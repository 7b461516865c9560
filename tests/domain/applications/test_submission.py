"""Sending in: whole, in time, once; the receipt says by which clock and rule."""

import hashlib
from datetime import datetime

import pytest
from tests import applying, factories

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.errors import IncompleteError
from zhuoyue.domain.applications.models import Application, Receipt
from zhuoyue.domain.applications.queries import (
    counts_of_cycle,
    edit_window,
    last_receipt,
    receipt_of,
    receipts_of,
    registrations_for_user,
)
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.models import Dossier, Snapshot
from zhuoyue.engine import chain
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import state_faults
from zhuoyue.kernel.models import OutboxMail

pytestmark = pytest.mark.django_db


def test_a_complete_dossier_is_frozen_and_acknowledged():
    case = applying.complete()
    applying.at("2021-08-13T09:30")
    receipt = actions.submit(by=case.person, application=case.application)
    snapshot = Snapshot.objects.get()
    assert receipt.number == "HZ-2021-00001"
    assert receipt.digest == snapshot.digest == hashlib.sha256(chain.canonical(snapshot.content)).hexdigest()
    assert receipt.rule["grace_minutes"] == 10
    assert receipt.rule["within_grace"] is False
    assert "服务器收到" in receipt.rule["text"]
    assert receipt.rule["rules_version"] == 1
    event = AuditEvent.objects.get(sequence=receipt.audit_sequence)
    assert event.data["digest"] == receipt.digest
    assert OutboxMail.objects.filter(to=case.person.email, subject__contains=receipt.number).exists()
    assert case.application.state == ApplicationState.SUBMITTED
    assert not Dossier.objects.get().is_open
    assert state_faults(Application.objects.all()) == []


def test_what_is_missing_stops_it_and_nothing_changes():
    case = applying.writing()
    with pytest.raises(IncompleteError) as caught:
        actions.submit(by=case.person, application=case.application)
    assert {fault.code for fault in caught.value.faults} >= {"missing", "too_few_series", "file_missing"}
    assert case.application.state == ApplicationState.DRAFT
    assert Dossier.objects.get().is_open
    assert not Receipt.objects.exists()


def test_too_early_and_too_late_are_told_apart():
    case = applying.complete()
    applying.at("2021-08-01T10:00")
    with pytest.raises(access.RefusedError, match="现在还不能提交"):
        actions.submit(by=case.person, application=case.application)
    applying.at("2021-09-01T10:00")
    with pytest.raises(access.RefusedError, match="已过截止时间"):
        actions.submit(by=case.person, application=case.application)
    assert not Receipt.objects.exists()


def test_the_grace_counts_and_the_receipt_says_so():
    case = applying.complete()
    deadline = edit_window(case.application).phase.deadline.astimezone(factories.SHANGHAI)
    applying.at(deadline.replace(minute=5, tzinfo=None).isoformat())
    assert actions.submit(by=case.person, application=case.application).rule["within_grace"] is True


def test_it_is_sent_once():
    case = applying.complete()
    first_page, second_page = case.application, case.application
    actions.submit(by=case.person, application=first_page)
    with pytest.raises(access.RefusedError):
        actions.submit(by=case.person, application=second_page)
    with pytest.raises(access.RefusedError, match="已经提交"):
        actions.submit(by=case.person, application=case.application)
    assert Receipt.objects.count() == 1


def test_nobody_else_sends_it_and_not_without_a_registration():
    case = applying.complete()
    with pytest.raises(access.RefusedError) as caught:
        actions.submit(by=factories.person(), application=case.application)
    assert caught.value.hidden
    actions.withdraw_registration(by=case.person, registration=case.fresh_registration())
    with pytest.raises(access.RefusedError, match="报名已被撤回"):
        actions.submit(by=case.person, application=case.application)


def test_a_correction_is_a_second_version_with_its_own_receipt():
    case = applying.sent()
    applying.at("2021-08-24T10:00")
    items = [{"part": "narrative/4.1.2", "text": "补充覆盖范围"}]
    until = factories.moment("2021-08-30T17:00")
    returned = actions.send_back(by=case.stage.secretary, application=case.application, items=items, until=until)
    assert edit_window(case.application).returned == returned
    applying.at("2021-08-25T10:00")
    answer = case.application.dossier.answers.get(section="narrative/4.1.2")
    dossiers.save_answer(
        by=case.person,
        dossier=case.application.dossier,
        section="narrative/4.1.2",
        value={"text": "覆盖全部部门。"},
        expected=answer.version,
    )
    receipt = actions.submit(by=case.person, application=case.application)
    assert datetime.fromisoformat(receipt.rule["deadline"]) == until
    assert receipt.rule["grace_minutes"] == 0
    assert [entry.snapshot.number for entry in receipts_of(case.application)] == [1, 2]
    returned.refresh_from_db()
    assert returned.answered_at is not None
    assert receipt_of(case.application, receipt.pk) == receipt == last_receipt(case.application)


def test_a_late_correction_is_refused():
    case = applying.sent()
    applying.at("2021-08-24T10:00")
    items = [{"part": "", "text": "补章"}]
    until = factories.moment("2021-08-27T17:00")
    actions.send_back(by=case.stage.secretary, application=case.application, items=items, until=until)
    applying.at("2021-08-27T17:00")
    with pytest.raises(access.RefusedError, match="截止"):
        actions.submit(by=case.person, application=case.application)


def test_in_review_it_is_not_withdrawn():
    case = applying.sent()
    Application.objects.update(state=ApplicationState.IN_REVIEW)
    with pytest.raises(access.RefusedError, match="秘书处"):
        actions.withdraw(by=case.person, application=case.application)


def test_the_counts_of_a_cycle_follow():
    case = applying.sent()
    applying.writing(stage=case.stage)
    counts = counts_of_cycle(case.stage.cycle)
    assert (counts["registered"], counts["started"], counts["sent"]) == (2, 2, 1)
    assert [entry.application.number for entry in registrations_for_user(case.person)] == ["2021-A-0001"]


def test_a_draft_is_seen_by_nobody_else_and_a_submission_by_those_concerned():
    case = applying.complete()
    others = (case.officer, case.stage.secretary)
    assert access.allowed("applications.see", case.person, case.application)
    assert not any(access.allowed("applications.see", other, case.application) for other in others)
    actions.submit(by=case.person, application=case.application)
    assert all(access.allowed("applications.see", other, case.application) for other in others)
    assert not access.allowed("applications.see", factories.person(), case.application)
    assert not access.allowed("applications.see", case.person, None)
