"""An organisation is signed up once, under a code that can be right, and is edited by its own people."""

from datetime import date

import pytest
from tests import factories

from zhuoyue.domain.orgs import actions, steps
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.orgs.queries import duties_of, organisations_for_user
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.versions import StaleError

pytestmark = pytest.mark.django_db


def test_who_signs_up_becomes_the_representative():
    person = factories.person()
    made = actions.register_organisation(by=person, name="甲公司", code=f" {factories.make_code(7).lower()} ")
    assert made.credit_code == factories.make_code(7)
    assert duties_of(person) == {made.pk: frozenset({Duty.REPRESENTATIVE})}
    assert organisations_for_user(person) == [made]


def test_a_code_in_use_names_its_holder_and_makes_nothing():
    holder = factories.organisation()
    with pytest.raises(actions.TakenError) as caught:
        actions.register_organisation(by=factories.person(), name="乙公司", code=holder.credit_code)
    assert caught.value.holder == holder
    assert not Organisation.objects.filter(name="乙公司").exists()


def test_a_code_that_cannot_be_right_is_refused_with_its_fault():
    code = factories.make_code(8)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(actions.CodeFaultError) as caught:
        actions.register_organisation(by=factories.person(), name="丙公司", code=wrong)
    assert (caught.value.fault.kind, caught.value.fault.expected) == ("check", code[-1])


def test_a_stranger_edits_nothing_and_two_editors_meet():
    organisation = factories.organisation("丁公司")
    own = factories.member(organisation)
    with pytest.raises(access.RefusedError) as caught:
        actions.edit_organisation(by=factories.person(), organisation=organisation, expected=1, name="别名")
    assert caught.value.hidden
    actions.edit_organisation(by=own, organisation=organisation, expected=1, name="丁公司（新）")
    with pytest.raises(StaleError):
        actions.edit_organisation(by=own, organisation=organisation, expected=1, name="另一名")
    assert Organisation.objects.get(pk=organisation.pk).name == "丁公司（新）"


def test_a_duty_ends_and_is_taken_up_again():
    organisation = factories.organisation()
    person = factories.member(organisation, Duty.MEMBER)
    membership = person.memberships.get()
    steps.end_membership(by=person, membership=membership, on=date(2021, 1, 1))
    again = steps.add_member(by=person, organisation=organisation, person=person, duty=Duty.MEMBER)
    assert again.pk == membership.pk
    assert again.ends_on is None
    before = AuditEvent.objects.count()
    steps.add_member(by=person, organisation=organisation, person=person, duty=Duty.MEMBER)
    assert AuditEvent.objects.count() == before


def test_a_body_is_made_once_of_an_organisation_and_never_by_its_name():
    facts = {"name": "同业协会", "level": BodyLevel.CITY, "kind": OrganisationKind.ASSOCIATION}
    first = steps.make_body(by=None, **facts)
    again = steps.make_body(by=None, organisation=first.organisation, **facts)
    assert again == first
    assert steps.make_body(by=None, **facts) != first


def test_nobody_holds_the_duties_of_an_anonymous_visitor(rf):
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - after the settings

    assert organisations_for_user(AnonymousUser()) == []
    assert not access.allowed("orgs.register_organisation", AnonymousUser())
    assert not access.allowed("orgs.be_secretariat", factories.person())
    assert not access.allowed("orgs.be_recommender", factories.person())
    assert not access.allowed("orgs.be_applicant", factories.person())


@pytest.mark.parametrize("field", ["credit_code", "former_names", "version", "id"])
def test_nothing_else_of_an_organisation_is_written_by_whoever_calls(field):
    """What the code is, and what it was called before, is no text to edit."""
    organisation = factories.organisation()
    own = factories.member(organisation, Duty.REPRESENTATIVE)
    with pytest.raises(TypeError, match=field):
        actions.edit_organisation(by=own, organisation=organisation, expected=1, **{field: "x"})
    with pytest.raises(TypeError, match=field):
        actions.register_organisation(by=own, name="甲", code=factories.make_code(8), **{field: "x"})
