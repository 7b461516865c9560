"""What the jury decides: on the count, against it with a reason, and within the places of the rules."""

from decimal import Decimal

import pytest
from tests.factories import pack_text
from tests.jury_cast import WINNER, make_jury, open_ballot

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.review.actions import jury, stages
from zhuoyue.domain.review.actions.jury import BallotError
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import Decision, Entry
from zhuoyue.domain.review.queries.agreed import agreed_items, totals_of
from zhuoyue.domain.review.queries.jury import standings_of
from zhuoyue.domain.review.queries.places import places_of
from zhuoyue.domain.review.queries.scores import new_book
from zhuoyue.domain.review.queries.stages import runs_of_kind, scored_nodes
from zhuoyue.kernel import clock
from zhuoyue.kernel.access import RefusedError

pytestmark = pytest.mark.django_db


def test_a_decision_states_its_count_and_total():
    cast = make_jury()
    cast.vote_all()
    cast.decide(0, 1)
    decision = Decision.objects.get(application=cast.applications[0])
    assert (decision.tier, decision.record["count"]["for"]) == (WINNER, 5)
    assert Decimal(decision.record["total"]) == totals_of([cast.applications[0]])[cast.applications[0].pk]
    assert set(Entry.objects.filter(run=cast.run).values_list("outcome", flat=True)) == {"through"}


def test_nothing_is_decided_before_the_count():
    cast = make_jury()
    with pytest.raises(BallotError, match="计票以后"):
        cast.decide(0)
    open_ballot(by=cast.by, meeting=cast.meeting)
    with pytest.raises(BallotError, match="计票以后"):
        cast.decide(0)


def test_against_the_count_needs_a_reason():
    cast = make_jury()
    cast.vote_all(against=3)
    with pytest.raises(BallotError, match="不一致"):
        cast.decide(0)
    cast.decide(0, reasons={cast.applications[0].pk: "全体委员复议一致同意"})
    assert Decision.objects.get(application=cast.applications[0]).reason
    assert Decision.objects.get(application=cast.applications[1]).tier == ""


def test_decisions_of_a_colleague_are_not_overwritten_unseen():
    cast = make_jury()
    cast.vote_all()
    cast.meeting.refresh_from_db()
    shown = cast.meeting.version
    cast.decide(0, 1, expected=shown)
    with pytest.raises(BallotError, match="另一位工作人员登记了决定"):
        cast.decide(0, reasons={cast.applications[1].pk: "第二份不授予"}, expected=shown)
    assert {decision.tier for decision in Decision.objects.all()} == {WINNER}


def test_leaving_out_whoever_carried_needs_a_reason():
    cast = make_jury()
    cast.vote_all()
    with pytest.raises(BallotError, match=cast.applications[1].number):
        cast.decide(0)
    assert not Decision.objects.exists()


def test_a_tier_must_be_of_the_award():
    cast = make_jury(applications=1)
    cast.vote_all()
    with pytest.raises(BallotError, match="没有这个奖项等级"):
        jury.decide(by=cast.by, run=cast.run, tiers={cast.applications[0].pk: "gold"}, reasons={}, rule={})


def test_a_second_sitting_of_the_office_replaces_the_first_until_the_stage_ends():
    cast = make_jury()
    cast.vote_all()
    cast.decide(0, 1)
    cast.decide(0, reasons={cast.applications[1].pk: "复核后不授奖"})
    assert Decision.objects.get(application=cast.applications[1]).tier == ""
    early = cast.run
    stages.decide_stage(by=cast.by, run=cast.run)
    with pytest.raises(RefusedError, match="已经结束"):
        jury.decide(by=cast.by, run=early, tiers={}, reasons={}, rule={})
    with pytest.raises(RefusedError):
        jury.decide(by=cast.chair, run=early, tiers={}, reasons={}, rule={})


CAP = """caps:
  - key: organisation-places # 操作方设定
    title: {zh: 组织奖名额, en: Places for organisations}
    scope: award
    awards: [organisation-award]
    at_most: 10
    may_stay_vacant: true
"""
SCOPES = {
    "total": "scope: total",
    "award": "scope: award\n    awards: [organisation-award]",
    "tier": "scope: tier\n    tiers: [organisation-winner]",
    "category": "scope: category\n    categories: [organisation]",
    "region": "scope: region",
    "industry": "scope: industry",
    "body": "scope: body",
}


def pack_with(scope: str, numbers: str) -> str:
    text = pack_text()
    assert CAP in text
    own = (
        f"caps:\n  - key: organisation-places\n    title: {{zh: 组织奖名额, en: Places}}\n    {scope}\n    {numbers}\n"
    )
    return text.replace(CAP, own)


@pytest.mark.parametrize("scope", SCOPES)
def test_more_awards_than_places_are_refused_by_the_name_of_the_cap(scope):
    cast = make_jury(text=pack_with(SCOPES[scope], "at_most: 1"))
    cast.vote_all()
    with pytest.raises(BallotError, match="超过“组织奖名额”：最多1个，现在是2个"):
        cast.decide(0, 1)
    cast.decide(0, reasons={cast.applications[1].pk: "名额所限"})
    assert Decision.objects.exclude(tier="").count() == 1


def test_vacant_places_are_allowed_and_told():
    cast = make_jury()
    cast.vote_all(against=5)
    cast.decide()
    (place,) = places_of(cast.stage.category, {})
    assert (place.given, place.at_most, place.vacant, place.fault) == (0, 10, 10, "")


def test_places_of_groups_are_not_added_up():
    cast = make_jury(text=pack_with("scope: region", "at_most: 3"))
    assert places_of(cast.stage.category, {})[0].vacant is None


def test_a_floor_that_must_be_filled_is_refused_when_short():
    cast = make_jury(text=pack_with("scope: total", "at_least: 2\n    may_stay_vacant: false"))
    cast.vote_all()
    with pytest.raises(BallotError, match="没有达到“组织奖名额”：至少2个，现在是1个"):
        cast.decide(0, reasons={cast.applications[1].pk: "不授"})
    cast.decide(0, 1)


def test_a_planned_number_is_no_limit():
    cast = make_jury(text=pack_with("scope: total", "planned: 1"))
    cast.vote_all()
    cast.decide(0, 1)
    assert places_of(cast.stage.category, {}) == []


def test_candidates_stand_by_their_totals_and_show_the_spread():
    cast = make_jury(applications=3)
    agreed = [standing.entry.application for standing in standings_of(cast.meeting)]
    assert agreed == cast.applications
    places = [standing.place for standing in standings_of(cast.meeting)]
    assert places == [1, 2, 3]
    assert [standing.low for standing in standings_of(cast.meeting)] == [None, None, None]


def test_the_judgement_after_the_visit_stands():
    cast = make_jury(applications=1)
    application = cast.applications[0]
    before = totals_of([application])[application.pk]
    visit = runs_of_kind(cast.stage.category, StageKind.SITE_VISIT)[0]
    book = new_book(visit, application, Step.VISIT)
    book.save()
    first, second, *_rest = scored_nodes(cast.run.category)
    for node, value in ((first, Decimal(40)), (second, None)):
        ItemScore.objects.create(scorebook=book, node=node, value=value, changed_at=clock.now())
    items = {item.node_id: item.value for item in agreed_items(application)}
    assert (items[first.pk], items[second.pk]) == (Decimal(40), Decimal(70))
    assert totals_of([application])[application.pk] < before


def test_a_candidate_without_scores_stands_last():
    cast = make_jury()
    ItemScore.objects.filter(scorebook__stagebook__application=cast.applications[0]).delete()
    last = standings_of(cast.meeting)[-1]
    assert (last.entry.application, last.place, last.total) == (cast.applications[0], None, None)


def test_what_another_category_has_decided_takes_places_under_the_same_cap():
    both = "    awards: [organisation-award, project-award]\n"
    cast = make_jury(text=pack_text().replace("    awards: [organisation-award]\n", both))
    cast.vote_all()
    cast.decide(0, 1)
    project = cast.stage.cycle.categories.get(key="project")
    Application.objects.filter(pk=cast.applications[1].pk).update(category=project)
    here = {cast.applications[0].pk: WINNER}
    assert [place.given for place in places_of(cast.run.category, here)] == [2]
    assert [place.given for place in places_of(cast.run.category, {})] == [1]
    Decision.objects.filter(application=cast.applications[1]).update(tier="")
    assert [place.given for place in places_of(cast.run.category, here)] == [1]
