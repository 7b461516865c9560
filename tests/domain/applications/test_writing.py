"""Writing: inside the time, by one's own people; files and series under the limits of the form."""

import pytest
from tests import applying, factories

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.queries import edit_window
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.errors import TooManyFilesError
from zhuoyue.domain.dossiers.queries import sections_in
from zhuoyue.kernel import access

pytestmark = pytest.mark.django_db
KEY = "narrative/4.1.2"


@pytest.fixture
def case():
    return applying.writing()


def save(case, text="正文", expected=0, by=None):
    return dossiers.save_answer(
        by=by or case.person, dossier=case.application.dossier, section=KEY, value={"text": text}, expected=expected
    )


def part_of(application, kind):
    return next(section.part for section in sections_in(application.dossier) if section.kind == kind)


def test_one_may_write_before_the_phase_but_not_send(case):
    applying.at("2021-07-20T10:00")
    assert save(case).version == 1
    assert edit_window(case.application).may_edit
    assert not edit_window(case.application).may_submit


def test_within_the_grace_one_still_writes_and_after_it_nothing_is_taken(case):
    applying.at("2021-08-21T00:09")
    window = edit_window(case.application).phase
    applying.at(window.deadline.astimezone(factories.SHANGHAI).replace(tzinfo=None).isoformat())
    assert save(case).version == 1
    applying.at("2021-08-30T00:00")
    with pytest.raises(access.RefusedError, match="截止"):
        save(case, expected=1)


def test_a_stranger_writes_nothing(case):
    with pytest.raises(access.RefusedError) as caught:
        save(case, by=factories.person())
    assert caught.value.hidden


def test_a_series_is_added_changed_and_removed_inside_the_time(case):
    application = case.application
    series = dossiers.add_indicator(by=case.person, dossier=application.dossier, node_code="4.7.2", name="合格率")
    dossiers.edit_indicator(by=case.person, indicator=series, expected=1, name="一次合格率")
    applying.at("2021-08-30T00:00")
    for refused in (
        lambda: dossiers.add_indicator(by=case.person, dossier=application.dossier, node_code="4.7.2", name="别的"),
        lambda: dossiers.edit_indicator(by=case.person, indicator=series, expected=2, name="别"),
        lambda: dossiers.remove_indicator(by=case.person, indicator=series),
    ):
        with pytest.raises(access.RefusedError):
            refused()
    applying.at(applying.WRITING)
    dossiers.remove_indicator(by=case.person, indicator=series)
    assert not application.dossier.indicators.exists()


def test_no_more_files_than_the_form_asks_for(case):
    application = case.application
    part = part_of(application, "evidence")
    licence = part.files[0]
    for number in range(licence.files_at_most):
        upload = applying.pdf(f"{number}.pdf")
        dossiers.add_evidence(
            by=case.person, dossier=application.dossier, part=part.key, slot=licence.key, upload=upload
        )
    with pytest.raises(TooManyFilesError, match="最多上传2份"):
        dossiers.add_evidence(
            by=case.person, dossier=application.dossier, part=part.key, slot=licence.key, upload=applying.pdf()
        )
    kept = application.dossier.evidence.select_related("file", "dossier__form").first()
    dossiers.remove_evidence(by=case.person, evidence=kept)
    assert application.dossier.evidence.count() == 1


def test_a_withdrawn_application_is_taken_up_again_in_time(case):
    save(case)
    actions.withdraw(by=case.person, application=case.application, reason="内部调整")
    assert case.application.state == ApplicationState.WITHDRAWN
    with pytest.raises(access.RefusedError):
        save(case, expected=1)
    actions.reopen(by=case.person, application=case.application)
    assert save(case, "接着写", 1).version == 2


def test_a_withdrawn_application_stays_so_after_the_time_or_without_a_registration(case):
    actions.withdraw(by=case.person, application=case.application)
    actions.withdraw_registration(by=case.person, registration=case.fresh_registration())
    with pytest.raises(access.RefusedError, match="重新报名"):
        actions.reopen(by=case.person, application=case.application)
    other = applying.writing(stage=case.stage)
    actions.withdraw(by=other.person, application=other.application)
    applying.at("2021-08-30T00:00")
    with pytest.raises(access.RefusedError, match="截止"):
        actions.reopen(by=other.person, application=other.application)
