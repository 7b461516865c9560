"""Whoever edits the record with the database's own tools is found."""

import pytest
from django.db import connection

from zhuoyue.kernel import audit
from zhuoyue.kernel.audit.models import AuditEvent, AuditHead
from zhuoyue.kernel.audit.verification import faults

pytestmark = pytest.mark.django_db
VERB = audit.verb("test.seen", "看见了")


@pytest.fixture
def record():
    return [audit.record(VERB, by=None, data={"n": number}) for number in range(5)]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_record_is_whole(record):
    assert faults() == ()


def test_an_empty_record_is_whole():
    assert faults() == ()


def test_a_changed_event_is_found(record):
    AuditEvent.objects.filter(pk=record[2]).update(actor="accounts.person:nobody")
    assert len(faults()) == 1


def test_a_removed_event_is_found(record):
    AuditEvent.objects.filter(pk=record[1]).delete()
    assert faults()


def test_two_exchanged_events_are_found(record):
    first, second = AuditEvent.objects.get(pk=record[1]), AuditEvent.objects.get(pk=record[2])
    AuditEvent.objects.filter(pk=first.pk).update(data=second.data)
    AuditEvent.objects.filter(pk=second.pk).update(data=first.data)
    assert faults()


def test_a_cut_end_is_found(record):
    sql("DELETE FROM kernel_auditevent WHERE sequence >= %s", record[3])
    assert any("counts" in fault for fault in faults())


def test_a_forged_head_is_found(record):
    AuditHead.objects.update(running=bytes(32))
    assert any("digest" in fault for fault in faults())


def test_a_lost_head_is_found(record):
    AuditHead.objects.all().delete()
    assert faults()
