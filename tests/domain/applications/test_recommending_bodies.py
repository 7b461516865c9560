"""Who may recommend in a cycle: taken in with an officer, counted, let go."""

import pytest
from tests.factories import member, opened_cycle, pack_text

from zhuoyue.domain.applications.actions.bodies import NotNamedError, NotTheirOfficerError, add_recommender, end_officer
from zhuoyue.domain.applications.recommenders import recommending_names
from zhuoyue.domain.office.queries.bodies import recommending_bodies
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.queries import named_in
from zhuoyue.domain.programmes.models import Officer
from zhuoyue.kernel import access

pytestmark = pytest.mark.django_db

NAMED = ("by: [industries-and-groups]", "by: [membership-department]")
QUOTA = "    optional: true\n    categories: [organisation]\n"


@pytest.fixture
def stage():
    return opened_cycle()


def narrow(text):
    """The rules name one body instead of a class, with two places."""
    return text.replace(*NAMED).replace(QUOTA, f"{QUOTA}    quota: {{per_body_at_most: 2}}\n")


def add(stage, name="协会甲", by=None):
    kind, level = OrganisationKind.ASSOCIATION, BodyLevel.ASSOCIATION
    return add_recommender(
        by=by or stage.secretary, cycle=stage.cycle, name=name, level=level, kind=kind, email="a@b.cn", officer="范"
    )


def test_any_body_may_be_added_where_the_rules_admit_a_class(stage):
    assert recommending_names(stage.cycle) is None
    found = add(stage)
    assert [row.body for row in recommending_bodies(stage.cycle)] == [found]
    end_officer(by=stage.secretary, cycle=stage.cycle, officer=Officer.objects.get())
    assert recommending_bodies(stage.cycle)[0].officers == []


def test_only_those_named_may_where_the_rules_name_them():
    stage = opened_cycle(text=narrow(pack_text()))
    (name,) = recommending_names(stage.cycle)
    (row,) = recommending_bodies(stage.cycle)
    assert (row.name, row.body) == (name, None)
    with pytest.raises(NotNamedError, match="协会甲"):
        add(stage)
    found = add(stage, name)
    (row,) = recommending_bodies(stage.cycle)
    assert row.body == found
    assert [(place.used, place.at_most) for place in row.places] == [(0, 2)]


def test_an_officer_is_ended_once_and_the_duty_with_the_last_cycle(stage):
    found = add(stage)
    officer = Officer.objects.get()
    end_officer(by=stage.secretary, cycle=stage.cycle, officer=officer)
    with pytest.raises(NotTheirOfficerError):
        end_officer(by=stage.secretary, cycle=stage.cycle, officer=officer)
    assert not named_in([found.organisation], Duty.OFFICER).exists()
    assert named_in([stage.organiser.organisation], Duty.SECRETARY).exists()


def test_others_add_and_end_nobody(stage):
    add(stage)
    officer = Officer.objects.get()
    for someone in (member(stage.organiser.organisation, Duty.AUDITOR), officer.person):
        with pytest.raises(access.RefusedError):
            add(stage, "协会乙", by=someone)
        with pytest.raises(access.RefusedError):
            end_officer(by=someone, cycle=stage.cycle, officer=officer)
