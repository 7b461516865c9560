"""What is kept with a scorebook handed in, added up by the database, is what a recount of the items says."""

from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.domain.review.test_scoring_models import MODEL, TWO, agreed, full, half, with_models, write
from tests.review_cast import make_review

from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.judging.models import ItemScore, Scorebook
from zhuoyue.domain.judging.queries.kept import KEPT, NOTHING, kept_of, recounted
from zhuoyue.domain.review.actions import assignment, scoring, stages
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import StageBook
from zhuoyue.domain.review.queries.proposals import proposal_of
from zhuoyue.domain.review.queries.scores import team_book
from zhuoyue.domain.review.queries.tallies import chapters_of, tallies_of
from zhuoyue.domain.review.queries.totals import totals_of_stage
from zhuoyue.engine.scoring import chapter_shares

pytestmark = pytest.mark.django_db
WEIGHTS = MODEL + "          weights: [{stage: document-review, weight: 62.5}, {stage: consensus, weight: 37.5}]\n"
THIRDS = MODEL + "          weights: [{stage: consensus, weight: 80}, {stage: site-visit, weight: 20}]\n"


def hand_in(review, place=0, value=50, application=0):
    review.score(place, value, application=application)
    scoring.submit_book(by=review.experts[place].person, book=review.book(place, application))


def recount(run):
    return [
        (
            one.place,
            one.step,
            one.total.explanation.exact if one.total else None,
            Fraction(one.total.maximum) if one.total else Fraction(100),
            one.value,
        )
        for one in totals_of_stage(run)
    ]


def check(run):
    """The tallies of a stage, after they were compared with a recount."""
    tallies = tallies_of(run)
    told = [(one.place, one.figure.step, one.figure.total, one.figure.most, one.value) for one in tallies]
    assert told == recount(run)
    assert proposal_of(run, tallies) == proposal_of(run, totals_of_stage(run))
    return tallies


def without_what_is_kept(**books):
    found = Scorebook.objects.filter(pk__in=StageBook.objects.filter(**books))
    assert found.update(**NOTHING)


class TestExaminersOwn:
    def test_a_mean_that_does_not_end_is_exact(self):
        review = make_review(applications=3)
        for place, value in enumerate((40, 45, 60)):
            hand_in(review, place, value)
            hand_in(review, place, (60, 40, 45)[place], application=1)
        hand_in(review, 0, 55, application=2)
        tallies = {one.place.application: one for one in check(review.run())}
        first, second, third = (tallies[application.pk] for application in review.applications)
        assert first.figure.total == Fraction(1450, 3)
        assert first.value == second.value, "equals are equal, in whatever order they were made"
        assert [one.figure.judged for one in (first, second, third)] == [3, 3, 1]

    def test_without_scorebooks_there_is_nothing(self):
        (tally,) = check(make_review().run())
        assert (tally.figure.step, tally.value, tally.figure.percent, tally.figure.share) == ("", None, None, None)

    def test_one_that_keeps_nothing_is_counted_from_its_items(self):
        review = make_review(applications=2)
        for application in (0, 1):
            hand_in(review, 0, 40, application=application)
            hand_in(review, 1, 55, application=application)
        without_what_is_kept(application=review.applications[0], assignment=review.pair(0))
        assert [one.figure.total for one in check(review.run())] == [475, 475]

    def test_whoever_may_no_longer_work_does_not_count(self):
        review = make_review(applications=2)
        for place in range(3):
            hand_in(review, place, 40 + 10 * place)
        assignment.end_assignment(by=review.by, pair=review.pair(2), reason="回避")
        assert {one.figure.total for one in check(review.run())} == {Fraction(450), None}

    def test_opened_again_it_counts_no_more_until_it_is_handed_in_anew(self):
        review = make_review()
        hand_in(review, 0, 40)
        hand_in(review, 1, 60)
        scoring.reopen_book(by=review.by, book=review.book(0), reason="漏看附件")
        assert [getattr(review.book(0), name) for name in KEPT] == list(NOTHING.values())
        assert check(review.run())[0].value == 60
        judged = Judgement(value=Decimal(90), strengths=["有数据。"], done=True)
        book = review.book(0)
        scoring.save_item(by=review.leader, book=book, node=review.nodes[0], judgement=judged, expected=1)
        scoring.submit_book(by=review.leader, book=review.book(0))
        assert check(review.run())[0].value > 50
        assert not list(recounted())


class TestTeams:
    def test_agreed_and_changed_by_a_visit(self):
        review = make_review(applications=2)
        hand_in(review, 0, 40)
        consensus = review.run(StageKind.CONSENSUS)
        agreed(review, consensus, lambda _node: Decimal(65))
        assert check(consensus)[0].value == 65
        visit = review.run(StageKind.SITE_VISIT)
        for application in review.applications:
            stages.enter(by=review.by, run=visit, application=application)
        tallies = {one.place.application: one for one in check(visit)}
        assert tallies[review.applications[0].pk].figure.step == Step.CONSENSUS
        type(visit).objects.filter(pk=visit.pk).update(state="open")
        scoring.shared_book_for(visit, review.applications[0], Step.VISIT)
        book = team_book(review.entry(StageKind.SITE_VISIT), Step.VISIT)
        item = book.items.get(node=review.nodes[0])
        judged = Judgement(value=Decimal(100), reason="现场看到", done=True)
        scoring.agree_item(by=review.leader, book=book, node=review.nodes[0], judgement=judged, expected=item.version)
        scoring.submit_book(by=review.leader, book=team_book(review.entry(StageKind.SITE_VISIT), Step.VISIT))
        tallies = {one.place.application: one for one in check(visit)}
        assert tallies[review.applications[0].pk].figure.step == Step.VISIT
        assert tallies[review.applications[0].pk].value > 65
        without_what_is_kept(run=visit)
        check(visit)

    def test_chapters_are_those_of_the_total(self):
        review = make_review(applications=2)
        consensus = review.run(StageKind.CONSENSUS)
        agreed(review, consensus, lambda node: Decimal(40 + 5 * (node.position % 4)))
        (standing,) = totals_of_stage(consensus)
        kept = chapters_of(consensus)[review.applications[0].pk]
        assert len(kept) > 1
        assert {code: round(share, 6) for code, share in kept.items()} == {
            code: round(Decimal(share.numerator) / share.denominator, 6)
            for code, share in chapter_shares(standing.total).items()
        }
        assert chapters_of(review.run()) == {}


class TestComposed:
    def test_of_two_stages(self):
        review = make_review(applications=2, text=with_models(MODEL, WEIGHTS))
        run = review.run(StageKind.CONSENSUS)
        for application in review.applications:
            stages.enter(by=review.by, run=run, application=application)
        check(run)
        write(review, review.book(), half)
        check(run)
        agreed(review, run, lambda _node: Decimal(65))
        tallies = {one.place.application: one for one in check(run)}
        assert tallies[review.applications[0].pk].value == Decimal("55.625")
        assert chapters_of(run) == {}

    def test_of_a_composed_one(self):
        review = make_review(text=with_models(MODEL, WEIGHTS, THIRDS))
        write(review, review.book(), half)
        agreed(review, review.run(StageKind.CONSENSUS), lambda _node: Decimal(65))
        run = review.run(StageKind.SITE_VISIT)
        stages.enter(by=review.by, run=run, application=review.applications[0])
        check(run)
        type(run).objects.filter(pk=run.pk).update(state="open")
        scoring.shared_book_for(run, review.applications[0], Step.VISIT)
        scoring.submit_book(by=review.leader, book=team_book(review.entry(StageKind.SITE_VISIT), Step.VISIT))
        assert check(run)[0].value is not None

    def test_by_models_of_each_kind(self):
        review = make_review(text=with_models(TWO, TWO, TWO))
        write(review, review.book(), full)
        assert check(review.run())[0].figure.total == 1000


class TestWhatIsKept:
    def test_it_counts_items_as_they_are_done(self):
        review = make_review(applications=2)
        review.score(0, nodes=review.nodes[:2])
        judged = Judgement(value=Decimal(50), strengths=["有数据。"], done=False)
        scoring.save_item(by=review.leader, book=review.book(), node=review.nodes[0], judgement=judged, expected=1)
        assert review.book().done_count == 1
        hand_in(review, 1)
        assert review.book(1).done_count == len(review.nodes)
        assert not list(recounted())

    def test_a_number_too_large_for_the_columns_is_not_kept(self, monkeypatch):
        review = make_review()
        hand_in(review)
        values = dict(ItemScore.objects.values_list("node", "value"))
        assert kept_of(review.book(), values) != NOTHING
        monkeypatch.setattr("zhuoyue.domain.judging.queries.kept._LARGEST", 10)
        assert kept_of(review.book(), values) is NOTHING

    def test_the_check_names_what_differs_and_a_recount_mends_it(self):
        review = make_review(applications=2)
        hand_in(review)
        hand_in(review, 1)
        call_command("totals", "verify", stdout=StringIO())
        StageBook.objects.filter(pk=review.book().pk).update(done_count=1)
        Scorebook.objects.filter(pk=review.book(1).pk).update(total_numerator=1)
        out = StringIO()
        with pytest.raises(CommandError, match="2本"):
            call_command("totals", "verify", stdout=out)
        assert f"{review.book(1).pk}\ttotal_numerator\t1\t" in out.getvalue()
        before = review.book(1).version
        call_command("totals", "recount", stdout=StringIO())
        call_command("totals", "verify", stdout=StringIO())
        assert review.book(1).version == before
        check(review.run())

    def test_an_open_scorebook_that_keeps_a_total_is_named(self):
        review = make_review()
        review.score(0)
        Scorebook.objects.filter(pk=review.book().pk).update(total_numerator=1, total_denominator=1)
        with pytest.raises(CommandError):
            call_command("totals", "verify", stdout=StringIO())
        call_command("totals", "recount", stdout=StringIO())
        assert review.book().total_numerator is None
