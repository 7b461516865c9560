"""Recommending bodies of several programmes: known by identity, and each officer a stranger in the other's years."""

import pytest
from tests import applying, factories
from tests.factories import body, member, organisation
from tests.small_cycle import announce, at, fresh, prepare, send, sign_up, write
from tests.twin_award import GUILD, twin_pack

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.actions.bodies import (
    Meant,
    NotNamedError,
    NotTheirOfficerError,
    SameNameError,
    add_recommender,
    confirm_officer,
    end_officer,
)
from zhuoyue.domain.applications.queries import applications_of_body, quota_state, recommenders_of
from zhuoyue.domain.applications.rules import RECOMMEND, RECOMMENDER_SEES, SEE, SEND_BACK
from zhuoyue.domain.office.queries.bodies import recommending_bodies
from zhuoyue.domain.office.queries.overview import overview_of
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.programmes.bodies import cycles_acted_in, officers_of
from zhuoyue.domain.programmes.models import CycleBody, Officer
from zhuoyue.domain.programmes.steps import name_officer
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.search import found_for

pytestmark = pytest.mark.django_db
READS = (RECOMMENDER_SEES, RECOMMEND, SEND_BACK, SEE)


def played(key, organiser=None, **more):
    organiser = organiser or body(f"办公室{key}")
    secretary = member(organiser.organisation, Duty.SECRETARY)
    play = prepare(organiser, secretary, secretary, slug=f"{key}-{len(more)}", text=twin_pack(key, f"奖{key}", **more))
    return play.of("large")


@pytest.fixture
def play():
    at("2021-04-26T09:00")
    return played("first-2021")


def add(play, name=GUILD, meant=None, email="guild@b.cn", by=None):
    body = add_recommender(
        by=by or play.secretary,
        cycle=play.cycle,
        name=name,
        level=BodyLevel.ASSOCIATION,
        kind=OrganisationKind.ASSOCIATION,
        email=email,
        officer="范",
        **({"meant": meant} if meant else {}),
    )
    Person.objects.filter(email=email).update(proved_at=clock.now())
    return body


def filed(play, recommender):
    """An application that names the body, sent in."""
    at("2021-06-10T10:00")
    owner = organisation()
    speaker = member(owner)
    registration = sign_up(play, speaker, owner, recommender=recommender)
    at("2021-08-12T10:00")
    return send(speaker, write(play, speaker, registration))


def test_a_renamed_body_keeps_its_places_and_can_be_named(play):
    guild = add(play)
    announce(play)
    application = filed(play, guild)
    assert quota_state(guild, play.category).at_most == 2
    Organisation.objects.filter(pk=guild.organisation_id).update(name="澜州卓越行会", former_names=[GUILD])
    guild = Body.objects.get(pk=guild.pk)
    assert quota_state(guild, play.category).at_most == 2
    assert recommenders_of(play.category) == [guild]
    (row,) = recommending_bodies(play.cycle)
    assert (row.name, row.body, [places.at_most for places in row.places]) == ("澜州卓越行会", guild, [2])
    (use,) = overview_of(play.cycle).quotas
    assert (use.body, use.at_most, use.waiting) == ("澜州卓越行会", 2, 1)
    officer = Officer.objects.get().person
    actions.give_opinion(by=fresh(officer), application=application, outcome="recommend", opinion="同意。")
    (use,) = overview_of(play.cycle).quotas
    assert (use.at_most, use.used, use.waiting) == (2, 1, 0)
    again = add(play, "澜州卓越行会", Meant("guild"), email="second@b.cn")
    assert again == guild


def test_the_next_year_knows_the_renamed_body_and_offers_its_officers(play):
    guild = add(play)
    district = add(play, "东区质量协会", email="east@b.cn")
    gone = add(play, "西区质量协会", email="west@b.cn")
    end_officer(by=play.secretary, cycle=play.cycle, officer=Officer.objects.get(body=gone))
    Organisation.objects.filter(pk=guild.organisation_id).update(name="澜州卓越行会")
    later = played("first-2021", play.organiser, label="2022")
    found = {(bound.key, bound.body) for bound in CycleBody.objects.filter(cycle=later.cycle)}
    assert found == {("guild", guild), ("districts", district), ("districts", gone)}
    offered = officers_of(later.cycle)
    assert [officer.confirmed_at for officer in offered] == [None, None]
    officer = offered.get(body=guild)
    announce(later)
    application = filed(later, guild)
    assert not access.allowed(RECOMMENDER_SEES, fresh(officer.person), application)
    with pytest.raises(NotTheirOfficerError):
        confirm_officer(by=play.secretary, cycle=play.cycle, officer=officer)
    with pytest.raises(access.RefusedError):
        confirm_officer(by=officer.person, cycle=later.cycle, officer=officer)
    confirm_officer(by=later.secretary, cycle=later.cycle, officer=officer)
    assert access.allowed(RECOMMENDER_SEES, fresh(officer.person), application)


def test_who_names_himself_in_another_programme_reaches_nothing_of_this_one(play):
    guild = add(play)
    announce(play)
    application = filed(play, guild)
    rightful = Officer.objects.get().person
    other = played("second-2021")
    mole = other.secretary
    bound = add(other, meant=Meant("guild", guild.organisation, is_known=True), email=mole.email)
    assert bound == guild
    for permission in READS:
        assert not access.allowed(permission, fresh(mole), application)
        assert access.allowed(permission, fresh(rightful), application)
    assert not applications_of_body(guild, cycles_acted_in(fresh(mole), guild)).exists()
    assert found_for(fresh(mole), application.number)["recommended"] == []
    assert [hit.key for hit in found_for(fresh(rightful), application.number)["recommended"]] == [application.pk]
    with pytest.raises(access.RefusedError):
        actions.give_opinion(by=fresh(mole), application=application, outcome="decline", opinion="不同意。")
    theirs, own = Officer.objects.get(person=rightful), Officer.objects.get(person=mole)
    with pytest.raises(NotTheirOfficerError):
        end_officer(by=mole, cycle=other.cycle, officer=theirs)
    end_officer(by=mole, cycle=other.cycle, officer=own)
    assert access.allowed(RECOMMEND, fresh(rightful), application)


def test_an_officer_of_two_programmes_loses_one_alone(play):
    guild = add(play)
    other = played("second-2021")
    assert add(other, meant=Meant(is_known=True)) == guild, "the only body of that name, which an office has made"
    announce(play)
    application = filed(play, guild)
    here, there = (Officer.objects.get(cycle=each.cycle) for each in (play, other))
    assert here.person == there.person
    end_officer(by=other.secretary, cycle=other.cycle, officer=there)
    assert access.allowed(RECOMMEND, fresh(here.person), application)
    end_officer(by=play.secretary, cycle=play.cycle, officer=here)
    assert not access.allowed(RECOMMEND, fresh(here.person), application)


def test_a_stranger_of_the_same_name_is_never_taken_for_the_body(play):
    strangers = [organisation("东区质量协会") for _one in range(2)]
    with pytest.raises(SameNameError) as asked:
        add(play, "东区质量协会")
    assert asked.value.candidates == strangers
    assert "东区质量协会" in str(asked.value)
    assert not CycleBody.objects.exists()
    for wrong in (Meant(organisation=organisation("别家")), Meant("districts")):
        with pytest.raises(SameNameError):
            add(play, "东区质量协会", wrong)
    chosen = add(play, "东区质量协会", Meant(organisation=strangers[1]))
    assert chosen.organisation == strangers[1]
    own = add(play, "东区质量协会", Meant(is_other=True), email="own@b.cn")
    assert own.organisation not in strangers
    assert sorted(row.name for row in recommending_bodies(play.cycle)) == ["东区质量协会", "东区质量协会", GUILD]


def test_the_year_is_not_bound_to_a_stranger_of_the_name():
    at("2021-04-26T09:00")
    organisation(GUILD)
    play = played("first-2021")
    assert not CycleBody.objects.exists()
    with pytest.raises(SameNameError):
        add(play)
    own = add(play, meant=Meant(is_other=True))
    assert recommenders_of(play.category) == [own]
    other = played("second-2021")
    assert not other.cycle.bodies.exists(), "two organisations bear the name: a person says which"


def test_a_key_that_the_rules_do_not_let_recommend_is_refused(play):
    with pytest.raises(NotNamedError):
        add(play, meant=Meant("bureau"))


def test_categories_offer_the_bodies_of_their_own_level(play):
    guild, district = add(play), add(play, "东区质量协会", email="east@b.cn")
    assert recommenders_of(play.category) == [guild]
    assert recommenders_of(play.of("craft").category) == [district]
    assert quota_state(district, play.of("craft").category).at_most == 1


def test_cases_of_other_tests_act_in_one_cycle():
    case = applying.sent()
    stranger = factories.member(case.body.organisation, Duty.OFFICER)
    assert access.allowed(RECOMMEND, fresh(case.officer), case.application)
    assert not access.allowed(RECOMMEND, fresh(stranger), case.application), "an officer named in no cycle"


def test_whose_duty_is_over_is_said_in_words(play):
    add(play)
    officer = officers_of(play.cycle)[0]
    end_officer(by=play.secretary, cycle=play.cycle, officer=officer)
    with pytest.raises(NotTheirOfficerError) as refused:
        end_officer(by=play.secretary, cycle=play.cycle, officer=officer)
    assert "职责已经结束" in str(refused.value)


def test_an_officer_named_twice_keeps_the_day_of_the_first_time(play):
    known = add(play)
    officer = Officer.objects.get(cycle=play.cycle, body=known)
    again = name_officer(cycle=play.cycle, body=known, person=officer.person)
    assert (again.pk, again.confirmed_at) == (officer.pk, officer.confirmed_at)
