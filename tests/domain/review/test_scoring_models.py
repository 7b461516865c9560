"""Each stage and each kind of item by its own scoring model; totals made of several stages; stages of one kind."""

from decimal import Decimal

import pytest
from tests.factories import pack_text
from tests.review_cast import make_review

from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError
from zhuoyue.domain.review.actions import scoring, stages
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.domain.review.queries.agreed import agreed_items, totals_of
from zhuoyue.domain.review.queries.scores import consensus_items, scales_of, team_book
from zhuoyue.domain.review.queries.stages import entry_by_id
from zhuoyue.domain.review.queries.totals import COMPOSED, totals_of_stage

pytestmark = pytest.mark.django_db

MODEL = "          model: process-results\n"
TWO = "          process_model: percent-bands-adli\n          results_model: plain-points\n"
AGAIN = """      - key: second-consensus
        title: {zh: 二次会审, en: Second consensus}
        kind: consensus
        by: [review-team]
        scoring: {model: process-results}
        team: {at_least: 3, same_team_as: document-review}
        consensus: {spread_threshold: 20}
"""


def with_models(*models: str) -> str:
    """The pack with these models of its three scored stages, in their order."""
    parts = pack_text().split(MODEL)
    assert len(parts) > len(models), "as many scored stages as models"
    return "".join(part + model for part, model in zip(parts, models, strict=False)) + MODEL.join(parts[len(models) :])


def write(review, book, values, *, agree=False):
    """`values`: what a node gets; the version is that of the item as it stands."""
    act = scoring.agree_item if agree else scoring.save_item
    for node in review.nodes:
        judged = Judgement(value=values(node), strengths=["有数据。"], gaps=["未对标。"], reason="一致", done=True)
        book = act(by=review.leader, book=book, node=node, judgement=judged, expected=0).scorebook.stagebook
        book.run.category.edition = review.stage.edition
    scoring.submit_book(by=review.leader, book=book)


def full(node):
    return Decimal(100) if node.kind == "process" else node.points


def half(_node):
    return Decimal(50)


def agreed(review, run, values):
    """Open the stage `run` for the first application and agree every item of it."""
    StageRun.objects.filter(pk=run.pk).update(state="open")
    entry, _made = Entry.objects.get_or_create(run=run, application=review.applications[0])
    entry = entry_by_id(entry.pk)
    write(review, team_book(entry, Step.CONSENSUS), values, agree=True)
    return entry


class TestAModelForEachKindOfItem:
    def test_full_marks_are_full_points(self):
        review = make_review(text=with_models(TWO, TWO, TWO))
        write(review, review.book(), full)
        (standing,) = totals_of_stage(review.run())
        assert standing.total.value == standing.total.maximum == 1000
        assert standing.value == 100

    def test_a_value_is_checked_by_the_model_of_its_kind(self):
        review = make_review(text=with_models(TWO, TWO, TWO))
        results = next(node for node in review.nodes if node.kind == "results")
        judged = Judgement(value=results.points + 1)
        with pytest.raises(ScoreRefusedError, match="不是可选的分值"):
            scoring.save_item(by=review.leader, book=review.book(), node=results, judgement=judged, expected=0)


class TestAModelForEachStage:
    @pytest.fixture
    def review(self):
        return make_review(text=with_models(MODEL, "          model: plain-points\n", TWO))

    def test_each_stage_names_its_own(self, review):
        kinds = (StageKind.DOCUMENT_REVIEW, StageKind.CONSENSUS, StageKind.SITE_VISIT, StageKind.JURY)
        assert [tuple(scales_of(review.run(kind))) for kind in kinds] == [
            ("process-results", "process-results"),
            ("plain-points", "plain-points"),
            ("percent-bands-adli", "plain-points"),
            ("percent-bands-adli", "plain-points"),
        ]

    def test_what_is_agreed_in_points_is_totalled_in_points(self, review):
        write(review, review.book(), half)
        run = review.run(StageKind.CONSENSUS)
        agreed(review, run, lambda node: node.points)
        (standing,) = totals_of_stage(run)
        assert standing.total.value == 1000
        assert totals_of(review.applications)[review.applications[0].pk] == 1000

    def test_a_visit_in_another_unit_does_not_start_from_the_agreed_values(self, review):
        agreed(review, review.run(StageKind.CONSENSUS), lambda node: node.points)
        visit = review.run(StageKind.SITE_VISIT)
        book = scoring.shared_book_for(visit, review.applications[0], Step.VISIT)
        assert not book.items.exists()
        assert len(consensus_items(visit, review.applications[0])) == len(review.nodes)


class TestATotalMadeOfStages:
    WEIGHTS = MODEL + "          weights: [{stage: document-review, weight: 62.5}, {stage: consensus, weight: 37.5}]\n"

    @pytest.fixture
    def review(self):
        return make_review(applications=2, text=with_models(MODEL, self.WEIGHTS))

    def test_it_weighs_exactly(self, review):
        write(review, review.book(), half)
        run = review.run(StageKind.CONSENSUS)
        agreed(review, run, lambda _node: Decimal(65))
        (standing,) = totals_of_stage(run)
        assert (standing.step, [part.key for part in standing.parts]) == (COMPOSED, ["document-review", "consensus"])
        assert standing.total.value == Decimal("556.25")
        assert standing.value == Decimal("55.625")

    def test_who_lacks_a_part_has_no_value(self, review):
        run = review.run(StageKind.CONSENSUS)
        for application in review.applications:
            stages.enter(by=review.by, run=run, application=application)
        write(review, review.book(), half)
        totals = {standing.entry.application_id: standing for standing in totals_of_stage(run)}
        first, second = (totals[application.pk] for application in review.applications)
        assert (first.value, first.total.missing) == (None, ("consensus",))
        assert (second.value, second.total, second.step) == (None, None, "")

    def test_a_part_may_be_composed_itself(self):
        visit = MODEL + "          weights: [{stage: consensus, weight: 80}, {stage: site-visit, weight: 20}]\n"
        review = make_review(text=with_models(MODEL, self.WEIGHTS, visit))
        write(review, review.book(), half)
        agreed(review, review.run(StageKind.CONSENSUS), lambda _node: Decimal(65))
        run = review.run(StageKind.SITE_VISIT)
        stages.enter(by=review.by, run=run, application=review.applications[0])
        (standing,) = totals_of_stage(run)
        assert standing.total.missing == ("site-visit",), "what was agreed before does not stand in for the visit"
        StageRun.objects.filter(pk=run.pk).update(state="open")
        scoring.shared_book_for(run, review.applications[0], Step.VISIT)
        scoring.submit_book(by=review.leader, book=team_book(review.entry(StageKind.SITE_VISIT), Step.VISIT))
        (standing,) = totals_of_stage(run)
        assert standing.value == Decimal("0.8") * Decimal("55.625") + Decimal("0.2") * 65


class TestTwoConsensusStages:
    def test_each_has_agreed_items_of_its_own(self):
        review = make_review(text=pack_text().replace("      - key: jury\n", AGAIN + "      - key: jury\n", 1))
        write(review, review.book(), half)
        first, second = review.stage.category.stages.filter(kind=StageKind.CONSENSUS).select_related(
            "category__cycle__rules", "category__edition"
        )
        application = review.applications[0]
        agreed(review, first, lambda _node: Decimal(40))
        stages.enter(by=review.by, run=second, application=application)
        assert totals_of_stage(second)[0].step == Step.INDIVIDUAL, "what an earlier team agreed is not agreed here"
        agreed(review, second, lambda _node: Decimal(75))
        assert [totals_of_stage(run)[0].value for run in (first, second)] == [40, 75]
        assert {item.value for item in consensus_items(first, application).values()} == {40}
        assert {item.value for item in consensus_items(review.run(StageKind.JURY), application).values()} == {75}
        assert {item.value for item in agreed_items(application)} == {75}
