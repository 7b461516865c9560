"""Sign-up: in its time, once, by one's own people; answered by the secretariat."""

import pytest
from tests import applying, factories

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import RegistrationState
from zhuoyue.domain.applications.errors import AlreadyRegisteredError
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import (
    recommenders_of,
    registration_of,
    registration_rules,
    scan_rules,
)
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.queries import limits_of
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.files import FileRefusedError, StoredFile
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.models import OutboxMail

pytestmark = pytest.mark.django_db
CONTACT = actions.Contact("张明", "021-60000000", "zhang@example.org")


@pytest.fixture
def case():
    return applying.signed_up()


def again(case, **given):
    facts = {"by": case.person, "category": case.stage.category, "organisation": case.organisation, "contact": CONTACT}
    return actions.register(**{**facts, **given})


def test_nobody_registers_twice(case):
    with pytest.raises(AlreadyRegisteredError):
        again(case)
    assert registration_of(case.stage.category, case.organisation) == case.registration


def test_a_withdrawn_registration_is_taken_up_again(case):
    actions.withdraw_registration(by=case.person, registration=case.registration)
    renewed = again(case)
    assert renewed.pk == case.registration.pk
    assert renewed.state == RegistrationState.SENT
    assert renewed.contact_email == "zhang@example.org"


def test_one_registers_only_for_ones_own_organisation(case):
    with pytest.raises(access.RefusedError) as caught:
        again(case, organisation=factories.organisation())
    assert caught.value.hidden


def test_who_stands_for_nobody_is_told_what_to_do_first(case):
    with pytest.raises(access.RefusedError, match="先登记单位"):
        again(case, by=factories.person())


def test_outside_its_time_nobody_registers(case):
    applying.at("2021-07-01T00:00")
    with pytest.raises(access.RefusedError, match="报名时间"):
        again(case)


def test_the_secretariat_confirms_and_the_contact_hears_of_it(case):
    actions.confirm_registration(by=case.stage.secretary, registration=case.registration)
    assert case.fresh_registration().state == RegistrationState.CONFIRMED
    assert OutboxMail.objects.filter(to=case.person.email, subject__contains="报名已确认").exists()
    with pytest.raises(MoveError):
        actions.confirm_registration(by=case.stage.secretary, registration=case.registration)


def test_a_refusal_needs_its_reason(case):
    with pytest.raises(MoveError):
        actions.refuse_registration(by=case.stage.secretary, registration=case.registration, reason=" ")
    actions.refuse_registration(by=case.stage.secretary, registration=case.registration, reason="不是会员单位")
    assert OutboxMail.objects.filter(text__contains="不是会员单位").exists()


def test_only_the_secretariat_answers_a_registration(case):
    with pytest.raises(access.RefusedError) as caught:
        actions.confirm_registration(by=case.person, registration=case.registration)
    assert caught.value.hidden
    with pytest.raises(access.RefusedError):
        actions.note_paper(by=case.person, registration=case.registration, at=clock.now())
    actions.note_paper(by=case.stage.secretary, registration=case.registration, at=clock.now())
    assert case.fresh_registration().paper_received_at is not None


def test_a_new_scan_takes_the_place_of_the_old(case):
    limits = limits_of(scan_rules(registration_rules(case.stage.category)))
    actions.attach_scan(by=case.person, registration=case.registration, upload=applying.pdf("一.pdf"), limits=limits)
    first = case.registration.stamped_scan
    actions.attach_scan(by=case.person, registration=case.registration, upload=applying.pdf("二.pdf"), limits=limits)
    assert case.fresh_registration().stamped_scan.name == "二.pdf"
    assert StoredFile.objects.get(pk=first.pk).held_by == ""
    with pytest.raises(FileRefusedError):
        actions.attach_scan(
            by=case.person, registration=case.registration, upload=applying.pdf("三.docx"), limits=limits
        )


def test_no_scan_for_a_withdrawn_registration_nor_after_the_time(case):
    limits = limits_of(scan_rules(registration_rules(case.stage.category)))
    applying.at("2021-07-02T10:00")
    with pytest.raises(access.RefusedError, match="报名时间已过"):
        actions.attach_scan(by=case.person, registration=case.registration, upload=applying.pdf(), limits=limits)
    actions.withdraw_registration(by=case.person, registration=case.registration)
    with pytest.raises(access.RefusedError, match="已撤回"):
        actions.attach_scan(by=case.person, registration=case.registration, upload=applying.pdf(), limits=limits)


def test_a_registration_that_was_sent_in_is_not_withdrawn():
    case = applying.sent()
    with pytest.raises(access.RefusedError, match="先撤回申报"):
        actions.withdraw_registration(by=case.person, registration=case.fresh_registration())


def test_an_application_is_opened_once_for_a_standing_registration(case):
    first = actions.open_application(by=case.person, registration=case.fresh_registration())
    assert actions.open_application(by=case.person, registration=case.fresh_registration()) == first
    assert first.number == "2021-A-0001"
    other = applying.signed_up(stage=case.stage)
    actions.withdraw_registration(by=other.person, registration=other.registration)
    with pytest.raises(access.RefusedError):
        actions.open_application(by=other.person, registration=other.fresh_registration())
    assert Application.objects.count() == 1


def test_a_category_without_a_form_opens_no_application(case, monkeypatch):
    monkeypatch.setattr("zhuoyue.domain.applications.actions.writing.form_rules", lambda _category: None)
    with pytest.raises(LookupError):
        actions.open_application(by=case.person, registration=case.fresh_registration())


def test_who_may_recommend_is_offered(case):
    assert case.body in recommenders_of(case.stage.category)


def test_a_registration_is_seen_by_its_people_and_the_secretariat(case):
    registration = case.fresh_registration()
    assert access.allowed("applications.see_registration", case.person, registration)
    assert access.allowed("applications.see_registration", case.stage.secretary, registration)
    assert not access.allowed("applications.see_registration", factories.person(), registration)
    assert not access.allowed("applications.see_registration", case.person, None)


def test_a_section_that_the_form_does_not_have_is_refused_by_name(case):
    with pytest.raises(ValueRefusedError) as refused:
        again(case, details={"no-such-section": {}})
    assert "no-such-section" in str(refused.value)
