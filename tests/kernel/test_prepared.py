from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, Exists, OuterRef, UUIDField
from django.utils import timezone
from tests.factories import member, organisation, person

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.kernel.prepared import Blank, Prepared, hold

pytestmark = pytest.mark.django_db
OF_PERSON = {"person": Blank("person", UUIDField())}


def memberships():
    return Membership.objects.filter(**OF_PERSON).select_related("organisation").defer("organisation__address")


@pytest.fixture
def two():
    return [member(organisation(f"第{word}厂"), Duty.MEMBER) for word in "一二"]


def test_the_answer_is_that_of_the_queryset_each_time_with_its_own_values(two):
    asked = Prepared(memberships)
    for one in (*two, *reversed(two)):
        plain = Membership.objects.select_related("organisation").get(person=one)
        (found,) = asked.ask(person=one.pk)
        assert found == plain
        assert found.organisation.name == plain.organisation.name
        assert found.starts_on == plain.starts_on


def test_joined_objects_come_in_the_same_statement_and_deferred_texts_when_read(two, django_assert_num_queries):
    asked = Prepared(memberships)
    with django_assert_num_queries(1):
        found = asked.first(person=two[0].pk)
        assert found.organisation.name == "第一厂"
    with django_assert_num_queries(1):
        assert found.organisation.address == ""


def test_the_sql_is_made_once(two):
    made = []
    asked = Prepared(lambda: made.append(1) or memberships())
    for one in two * 2:
        asked.ask(person=one.pk)
    assert made == [1]


def test_tuples_and_single_values_come_as_the_queryset_says(two):
    pairs = Prepared(lambda: Membership.objects.filter(**OF_PERSON).values_list("duty", "organisation"))
    assert pairs.ask(person=two[0].pk) == [(Duty.MEMBER, Membership.objects.get(person=two[0]).organisation_id)]
    single = Prepared(lambda: Membership.objects.filter(**OF_PERSON).values_list("duty", flat=True))
    assert single.ask(person=two[1].pk) == [Duty.MEMBER]


def test_nothing_found_is_an_empty_list_and_none():
    asked = Prepared(memberships)
    stranger = person()
    assert asked.ask(person=stranger.pk) == []
    assert asked.first(person=stranger.pk) is None


def test_a_blank_may_stand_in_a_question_inside_the_question(two):
    held = Membership.objects.filter(person=OuterRef("pk"), duty=Blank("duty", CharField()))
    asked = Prepared(lambda: Person.objects.filter(Exists(held), email=Blank("email", CharField())))
    assert asked.first(duty=Duty.MEMBER, email=two[0].email) == two[0]
    assert asked.first(duty=Duty.OFFICER, email=two[0].email) is None


def test_values_are_written_as_their_field_writes_them():
    now = timezone.now()
    Session.objects.create(session_key="k", session_data="", expire_date=now + timedelta(hours=1))
    asked = Prepared(lambda: Session.objects.filter(expire_date__gt=Blank("now", DateTimeField())))
    assert asked.ask(now=now)
    assert not asked.ask(now=now + timedelta(hours=2))


def test_a_typed_value_is_a_value_and_never_sql(two):
    asked = Prepared(lambda: Person.objects.filter(email=Blank("email", CharField())))
    assert asked.ask(email="x' OR '1'='1") == []
    assert Person.objects.count() == len(two)


def test_a_forgotten_value_is_an_error(two):
    with pytest.raises(KeyError):
        Prepared(memberships).ask()


def test_what_is_held_is_not_asked_again(two, django_assert_num_queries):
    own = Membership.objects.get(person=two[0]).organisation
    rows = list(own.memberships.all())
    hold(own, "memberships", rows)
    with django_assert_num_queries(0):
        assert list(own.memberships.all()) == rows
        assert own.memberships.all()[0] is rows[0]
