"""A duty that others give waits for the proof of the address: until then it is nothing, in every question."""

import pytest
from tests.factories import body, member, organisation, person

from zhuoyue.domain.accounts.actions import KnownPersonError, make_person, prove_address
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.orgs import actions, rules, steps
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.queries import bodies_of, duties_of, has_duty, members_of, named_in, organisations_for_user
from zhuoyue.kernel import access
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db
EMAIL = "named@example.org"


def named(home, duty, name="新人", **more):
    return steps.appoint(by=None, organisation=home, email=EMAIL, name=name, duty=duty, path="/office/", **more)


def afresh(someone):
    return Person.objects.get(pk=someone.pk)


@pytest.mark.parametrize("duty", list(Duty))
def test_every_duty_is_nothing_before_and_whole_after(duty):
    home = body().organisation
    someone = named(home, duty).person
    assert duties_of(someone) == {}
    assert not has_duty(someone, home.pk, duty)
    assert not bodies_of(someone, duty)
    assert not organisations_for_user(someone)
    assert list(members_of([home], duty)) == []
    assert [row.person for row in named_in([home], duty)] == [someone]
    prove_address(person=someone)
    assert has_duty(afresh(someone), home.pk, duty)
    assert [row.person for row in members_of([home], duty)] == [someone]


def test_no_permission_holds_for_who_is_not_proved_whatever_its_conditions_say():
    home = body().organisation
    someone = named(home, Duty.SECRETARY).person
    someone._duties = {home.pk: frozenset(Duty.values)}
    for permission in (rules.BE_SECRETARIAT, rules.REGISTER_ORGANISATION, rules.BE_RECOMMENDER):
        assert not access.allowed(permission, someone)
    assert access.allowed(rules.REGISTER_ORGANISATION, person())


def test_who_signed_up_and_did_not_finish_keeps_nothing_when_named():
    begun = Person.objects.create_user(EMAIL, "a password of theirs", name="陌生人")
    home = body().organisation
    membership = named(home, Duty.SECRETARY)
    assert membership.person != begun
    assert not Person.objects.filter(pk=begun.pk).exists()
    assert not membership.person.has_usable_password()
    assert membership.person.name == "新人"


def test_an_account_that_stands_is_looked_at_first_and_nothing_is_done():
    known, home = person("张三", email=EMAIL), body().organisation
    for name in ("张三", "李四"):
        with pytest.raises(KnownPersonError) as asked:
            named(home, Duty.SECRETARY, name)
        assert (asked.value.person, asked.value.name) == (known, name)
    assert not known.memberships.exists()
    assert not OutboxMail.objects.exists()
    assert named(home, Duty.SECRETARY, "李四", known=True).person == known
    assert "张三" in OutboxMail.objects.get().text


def test_the_letter_goes_again_while_the_duty_waits():
    home = body().organisation
    secretary, auditor = member(home, Duty.SECRETARY), member(home, Duty.AUDITOR)
    membership = named(home, Duty.AUDITOR)
    actions.call_again(by=secretary, membership=membership)
    assert OutboxMail.objects.filter(to=EMAIL, text__contains="/account/first/").count() == 2
    with pytest.raises(access.RefusedError):
        actions.call_again(by=auditor, membership=membership)
    prove_address(person=membership.person)
    actions.call_again(by=secretary, membership=membership)
    assert OutboxMail.objects.filter(to=EMAIL).count() == 2


def test_somebody_who_waits_is_not_the_secretary_that_lets_the_last_one_go():
    home = body().organisation
    secretary = member(home, Duty.SECRETARY)
    waiting = named(home, Duty.SECRETARY)
    with pytest.raises(actions.LastSecretaryError):
        actions.dismiss(by=secretary, membership=secretary.memberships.get())
    actions.dismiss(by=secretary, membership=waiting)
    assert not named_in([home], Duty.SECRETARY).exclude(person=secretary).exists()


def test_proving_twice_changes_nothing():
    someone = make_person(by=None, email=EMAIL, name="新人")
    prove_address(person=someone)
    first = someone.proved_at
    prove_address(person=someone)
    assert afresh(someone).proved_at == first


FACTS = {"level": BodyLevel.CITY, "kind": OrganisationKind.ASSOCIATION, "secretary": "首任"}


def test_the_administrator_founds_a_body_and_names_its_first_secretary_and_no_second():
    chief = person(is_administrator=True)
    membership = actions.found_office(by=chief, name="新协会", email=EMAIL, **FACTS)
    assert membership.waits
    assert membership.organisation.body.level == BodyLevel.CITY
    with pytest.raises(actions.OfficeStandsError, match="“新协会”已有秘书处工作人员"):
        actions.found_office(by=chief, name="新协会", email="second@example.org", **FACTS)
    other = actions.found_office(
        by=None, name="另一协会", email=EMAIL, known=True, parent=membership.organisation.body, **FACTS
    )
    assert other.organisation.body.parent == membership.organisation.body
    for someone in (person(), member(organisation())):
        with pytest.raises(access.RefusedError):
            actions.found_office(by=someone, name="第三协会", email="x@example.org", **FACTS)
