import pytest

from factories import organisation, person
from zhuoyue.domain.criteria.models import Edition, Standard
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import access, flow
from zhuoyue.kernel.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    standard = Standard.objects.create(key="s", title="标准")
    return Edition.objects.create(standard=standard, key="e", title="标准", scoring_model="plain-points")


def test_a_move_writes_the_state_and_the_record(edition):
    flow.move(edition, "confirm", by=None, scope=edition, data={"why": "核对无误"})
    assert Edition.objects.get().state == edition.state == "confirmed"
    event = AuditEvent.objects.get(verb="edition.confirm")
    assert event.data == {"from": "draft", "to": "confirmed", "why": "核对无误"}
    assert flow.moves_of(edition) == ["confirm"]


def test_a_move_from_another_state_is_refused_in_words(edition):
    with pytest.raises(flow.MoveError, match="锁定标准"):
        flow.move(edition, "freeze", by=None)


def test_the_stored_state_counts_not_the_one_in_hand(edition):
    Edition.objects.update(state="confirmed")
    with pytest.raises(flow.MoveError):
        flow.move(edition, "confirm", by=None)
    assert edition.state == "confirmed"


def test_a_reason_is_asked_where_the_table_says_so(edition):
    flow.move(edition, "confirm", by=None)
    with pytest.raises(flow.MoveError, match="理由"):
        flow.move(edition, "reopen", by=None, reason="  ")
    flow.move(edition, "reopen", by=None, reason="发现错字")
    assert AuditEvent.objects.get(verb="edition.reopen").data["reason"] == "发现错字"


def test_the_guard_is_asked_on_the_locked_row(edition):
    with pytest.raises(access.RefusedError):
        flow.move(edition, "confirm", by=person())
    assert Edition.objects.get().state == "draft"


def test_a_receiver_that_fails_undoes_the_move(edition, monkeypatch):
    def fail(*_args, **_facts):
        raise RuntimeError

    monkeypatch.setattr(flow.events, "send", fail)
    with pytest.raises(RuntimeError):
        flow.move(edition, "confirm", by=None)
    assert Edition.objects.get().state == "draft"
    assert not AuditEvent.objects.exists()


def test_states_equal_the_fold_of_their_moves(edition):
    flow.move(edition, "confirm", by=None)
    assert flow.state_faults(Edition.objects.all()) == []
    Edition.objects.update(state="frozen")
    assert flow.state_faults(Edition.objects.all()) == [
        f"criteria.edition:{edition.pk}: state frozen, the record says confirmed"
    ]


def test_every_row_has_its_words():
    table = Table("t", "a", (Transition("go", ("a",), "b"),))
    with pytest.raises(ValueError, match="differ in go"):
        flow.declare(table, {})


def test_subjects_are_named_by_model_and_id():
    thing = organisation()
    assert flow.subject_of(thing) == f"orgs.organisation:{thing.pk}"
