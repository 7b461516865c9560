"""What is typed is kept; what is frozen stays; a save and a submission never cross."""

import pytest
from tests import applying, factories

from zhuoyue.domain.dossiers import actions
from zhuoyue.domain.dossiers.models import Answer, Dossier
from zhuoyue.domain.dossiers.queries import (
    answer_of,
    contents_of,
    dossier_by_id,
    file_in,
    file_of,
    form_of,
    latest_snapshot,
)
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.versions import StaleError

pytestmark = pytest.mark.django_db
KEY = "narrative/4.1.2"


@pytest.fixture
def case():
    return applying.writing()


def save(case, text, expected, dossier=None):
    dossier = dossier or case.application.dossier
    return actions.save_answer(by=case.person, dossier=dossier, section=KEY, value={"text": text}, expected=expected)


def test_each_save_raises_the_version(case):
    assert save(case, "一", 0).version == 1
    assert save(case, "二", 1).version == 2
    assert answer_of(case.application.dossier, KEY).value == {"text": "二"}


def test_a_save_from_an_older_page_shows_both_texts(case):
    save(case, "一", 0)
    save(case, "二", 1)
    with pytest.raises(StaleError) as caught:
        save(case, "另一份", 1)
    assert caught.value.current.value == {"text": "二"}
    assert caught.value.yours["value"] == {"text": "另一份"}
    assert Answer.objects.get().value == {"text": "二"}


def test_the_same_text_again_is_no_conflict(case):
    save(case, "一", 0)
    assert save(case, "一", 0).version == 1


def test_a_stranger_and_a_locked_dossier_are_refused(case):
    dossier = case.application.dossier
    with pytest.raises(access.RefusedError) as caught:
        actions.save_answer(by=factories.person(), dossier=dossier, section=KEY, value={}, expected=0)
    assert caught.value.hidden
    Dossier.objects.filter(pk=dossier.pk).update(is_open=False)  # another request has just submitted
    with pytest.raises(access.RefusedError, match="锁定"):
        save(case, "一", 0, dossier)
    assert not Answer.objects.exists()


def test_closing_twice_is_refused(case):
    dossier = case.application.dossier
    actions.close(by=case.person, dossier=dossier)
    with pytest.raises(access.RefusedError):
        actions.close(by=case.person, dossier=dossier)


def test_an_indicator_is_numbered_edited_and_removed(case):
    dossier = case.application.dossier
    first = actions.add_indicator(by=case.person, dossier=dossier, node_code="4.7.2", name="合格率")
    second = actions.add_indicator(by=case.person, dossier=dossier, node_code="4.7.2", name="交付率")
    assert (first.position, second.position) == (1, 2)
    actions.edit_indicator(by=case.person, indicator=first, expected=1, name="一次合格率")
    with pytest.raises(StaleError):
        actions.edit_indicator(by=case.person, indicator=first, expected=1, name="别名")
    actions.remove_indicator(by=case.person, indicator=second)
    assert [str(entry) for entry in dossier.indicators.all()] == ["一次合格率"]


def test_a_removed_file_is_let_go_unless_a_version_holds_it():
    case = applying.complete()
    dossier = case.application.dossier
    gone = dossier.evidence.select_related("file", "dossier__form").first()
    actions.remove_evidence(by=case.person, evidence=gone)
    assert file_of(dossier, gone.file_id) is None
    snapshot = actions.take_snapshot(dossier=dossier, contents=contents_of(dossier), number=1, at=clock.now())
    kept = dossier.evidence.select_related("file", "dossier__form").first()
    actions.remove_evidence(by=case.person, evidence=kept)
    assert file_of(dossier, kept.file_id) == kept.file
    assert file_in(snapshot, kept.file_id) == kept.file
    assert file_in(snapshot, gone.file_id) is None
    assert latest_snapshot(dossier) == snapshot


def test_the_same_form_is_stored_once(case):
    dossier = dossier_by_id(case.application.dossier_id)
    assert actions.form_version(form_of(dossier)) == dossier.form
