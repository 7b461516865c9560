"""Places kept inside a cap for a group, awards outside it, and both held wherever awards are decided or listed."""

import pytest
from tests.factories import pack_text
from tests.jury_cast import make_jury

from zhuoyue.domain.outcomes.actions import propose_list
from zhuoyue.domain.outcomes.errors import OutcomeError
from zhuoyue.domain.review.actions import stages
from zhuoyue.domain.review.actions.jury import BallotError
from zhuoyue.domain.review.models import ConditionCheck, Decision
from zhuoyue.domain.review.queries.places import Kept, places_of
from zhuoyue.domain.review.queries.proposals import proposal_of
from zhuoyue.domain.review.queries.totals import totals_of_stage
from zhuoyue.kernel import clock

pytestmark = pytest.mark.django_db
PLACES = "    at_most: 10\n    may_stay_vacant: true\n"
CONDITIONS = """conditions:
  - key: small-firm
    title: {zh: 小企业, en: Small firm}
    tree: {id: is-small, title: {zh: 规模为小型, en: Of small size}, kind: evidenced}
"""
KEPT = """    reserved:
      - {key: small, title: {zh: 小企业, en: Small firms}, places: 1, condition: small-firm}
"""
EXEMPT = """    exempt:
      - {key: again, title: {zh: 再次获奖, en: Repeat winners}, condition: small-firm}
"""


def pack(most, more):
    text = pack_text()
    assert PLACES in text
    assert "\nconditions:\n" in text
    return text.replace(PLACES, PLACES.replace("10", str(most)) + more).replace("conditions:\n", CONDITIONS, 1)


def found_small(cast, *places):
    """The condition check has found these to be small firms, and the others not."""
    for place, application in enumerate(cast.applications):
        results = [{"key": "is-small", "holds": place in places, "note": "", "computed": False}]
        ConditionCheck.objects.create(application=application, results=results, passed=True, by=cast.by, at=clock.now())


def tiers(cast, *places):
    return {cast.applications[place].pk: "organisation-winner" for place in places}


def test_a_place_kept_for_a_group_is_not_given_to_others():
    cast = make_jury(applications=3, text=pack(2, KEPT))
    found_small(cast, 2)
    cast.vote_all()
    with pytest.raises(BallotError, match="为小企业保留的名额被占用：还应空出1个，只空出0个"):
        cast.decide(0, 1, reasons={cast.applications[2].pk: "不授"})
    cast.decide(0, 2, reasons={cast.applications[1].pk: "名额所限"})
    (place,) = places_of(cast.stage.category, tiers(cast, 0, 2))
    assert (place.given, place.vacant, place.kept, place.fault) == (2, 0, (Kept("小企业", 1, 1),), "")


def test_a_kept_place_may_stay_vacant():
    cast = make_jury(applications=2, text=pack(2, KEPT))
    found_small(cast)
    (place,) = places_of(cast.stage.category, tiers(cast, 0))
    assert (place.vacant, place.kept[0].vacant, place.fault) == (1, 1, "")


def test_what_nobody_has_found_does_not_hold():
    cast = make_jury(applications=2, text=pack(2, KEPT))
    (place,) = places_of(cast.stage.category, tiers(cast, 0, 1))
    assert "被占用" in place.fault


def test_awards_outside_the_cap_take_no_place():
    cast = make_jury(applications=3, text=pack(1, EXEMPT))
    found_small(cast, 1)
    cast.vote_all()
    with pytest.raises(BallotError, match="最多1个，现在是2个"):
        cast.decide(0, 1, 2)
    cast.decide(0, 1, reasons={cast.applications[2].pk: "名额所限"})
    (place,) = places_of(cast.stage.category, tiers(cast, 0, 1))
    assert (place.given, place.exempt, place.vacant) == (1, 1, 0)


def test_a_group_told_by_its_kind_of_applicant():
    kind = "      - {key: firms, title: {zh: 组织, en: Organisations}, places: 1, applicant_kind: organisation}\n"
    other = kind.replace("applicant_kind: organisation", "applicant_kind: project").replace("firms", "projects")
    cast = make_jury(text=pack(2, f"    reserved:\n{kind}{other}"))
    (place,) = places_of(cast.stage.category, tiers(cast, 0))
    assert [kept.given for kept in place.kept] == [1, 0]
    assert place.fault == ""
    (place,) = places_of(cast.stage.category, tiers(cast, 0, 1))
    assert "被占用" in place.fault


def test_the_list_holds_the_caps_too():
    cast = make_jury(applications=2, text=pack(1, EXEMPT))
    found_small(cast, 1)
    cast.vote_all()
    cast.decide(0, 1)
    stages.decide_stage(by=cast.by, run=cast.run)
    ConditionCheck.objects.all().delete()
    with pytest.raises(OutcomeError, match="最多1个，现在是2个"):
        propose_list(by=cast.by, category=cast.stage.category)
    left_out = [str(cast.applications[1].pk)]
    assert len(propose_list(by=cast.by, category=cast.stage.category, leave_out=left_out).entries) == 1
    assert Decision.objects.count() == 2


def test_the_proposal_of_a_stage_leaves_exempt_ones_out_of_the_count():
    cast = make_jury(applications=2, text=pack(1, EXEMPT))
    waiting = proposal_of(cast.run, totals_of_stage(cast.run))
    assert waiting.outcome.unmet
    found_small(cast, 1)
    assert not proposal_of(cast.run, totals_of_stage(cast.run)).outcome.unmet
