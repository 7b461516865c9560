from datetime import UTC, datetime
from decimal import Decimal

import pytest

from factories import organisation, person
from zhuoyue.kernel import audit
from zhuoyue.kernel.audit.models import AuditEvent, AuditHead

pytestmark = pytest.mark.django_db
VERB = audit.verb("test.done", "做了")


def test_an_event_keeps_who_what_when_and_plain_facts():
    by, thing = person(), organisation()
    at = datetime(2021, 8, 12, 2, tzinfo=UTC)
    number = audit.record(VERB, by=by, subject=thing, scope=thing, at=at, data={"points": Decimal("1.50"), "at": at})
    event = AuditEvent.objects.get(pk=number)
    assert event.actor == f"accounts.person:{by.pk}"
    assert event.subject == event.scope == f"orgs.organisation:{thing.pk}"
    assert event.data == {"points": "1.5", "at": "2021-08-12T02:00:00.000000Z"}
    assert str(event) == f"{number} test.done orgs.organisation:{thing.pk}"


def test_the_system_itself_has_no_name():
    assert audit.actor_name(None) == ""


def test_each_event_is_chained_to_the_one_before():
    first, second = audit.record(VERB, by=None), audit.record(VERB, by=None)
    assert second == first + 1
    head = AuditHead.objects.get()
    assert head.size == second
    assert bytes(head.running) == bytes(AuditEvent.objects.get(pk=second).running)


def test_an_undeclared_verb_raises():
    with pytest.raises(audit.UnknownVerbError):
        audit.record("test.never", by=None)


def test_a_verb_is_declared_once_and_has_words():
    with pytest.raises(ValueError, match="twice"):
        audit.verb(VERB, "again")
    assert audit.words_of(VERB) == "做了"
    assert audit.words_of("unknown") == "unknown"
