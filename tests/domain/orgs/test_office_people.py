"""Letting people into an office and out again."""

import pytest
from tests.factories import body, member, person

from zhuoyue.domain.accounts.actions import prove_address
from zhuoyue.domain.orgs.actions import LastSecretaryError, appoint_colleague, dismiss
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.domain.orgs.queries import members_of, office_member_by_id
from zhuoyue.domain.orgs.rules import BE_SECRETARIAT
from zhuoyue.kernel import access
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return body().organisation


@pytest.fixture
def secretary(home):
    return member(home, Duty.SECRETARY)


def appoint(by, home, email="new@example.org", duty=Duty.SECRETARY):
    return appoint_colleague(by=by, organisation=home, email=email, name="新人", duty=duty, known=True)


def proved(someone):
    prove_address(person=someone)
    return type(someone).objects.get(pk=someone.pk)


def test_somebody_new_gets_a_way_in(secretary, home):
    membership = appoint(secretary, home)
    assert "/account/first/" in OutboxMail.objects.get().text
    assert office_member_by_id(membership.pk) == membership
    assert not membership.person.has_usable_password()


def test_somebody_known_is_told_without_one(secretary, home):
    known = person(email="known@example.org")
    assert appoint(secretary, home, known.email, Duty.AUDITOR).person == known
    assert "/account/first/" not in OutboxMail.objects.get().text


def test_whoever_is_dismissed_has_lost_the_duty_at_once(secretary, home):
    membership = appoint(secretary, home)
    someone = proved(membership.person)
    assert access.allowed(BE_SECRETARIAT, someone)
    dismiss(by=secretary, membership=membership)
    again = type(someone).objects.get(pk=someone.pk)
    assert not access.allowed(BE_SECRETARIAT, again)
    assert office_member_by_id(membership.pk) is None
    assert appoint(secretary, home).pk == membership.pk
    assert office_member_by_id(membership.pk) == membership


def test_the_last_secretary_stays_but_an_auditor_may_go(secretary, home):
    auditor = appoint(secretary, home, duty=Duty.AUDITOR)
    proved(auditor.person)
    with pytest.raises(LastSecretaryError, match="最后一位"):
        dismiss(by=secretary, membership=Membership.objects.get(person=secretary))
    dismiss(by=secretary, membership=auditor)
    assert [found.person for found in members_of([home], Duty.SECRETARY, Duty.AUDITOR)] == [secretary]


def test_others_let_nobody_in_or_out(secretary, home):
    membership = appoint(secretary, home)
    for someone in (member(home, Duty.AUDITOR), member(body().organisation, Duty.SECRETARY), person()):
        with pytest.raises(access.RefusedError):
            appoint(someone, home, "x@example.org")
        with pytest.raises(access.RefusedError):
            dismiss(by=someone, membership=membership)
