"""Scorebooks handed in over some evenings, and a year before this one."""

from datetime import timedelta

from tests.factories import moment
from tests.review_cast import make_application

from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.programmes.models import Category, Cycle, Phase
from zhuoyue.domain.review.actions import scoring
from zhuoyue.domain.review.models import Entry, StageBook, StageRun


def hand_in(review, count, evenings=4):
    """The first `count` scorebooks, one after the other on `evenings` evenings from the 15th."""
    for number, pair in enumerate(review.pairs[:count]):
        book = scoring.book_for(pair)
        at = moment("2021-09-15T20:00") + timedelta(days=number % evenings)
        StageBook.objects.filter(pk=book.pk).update(state="submitted", submitted_at=at)


def a_year_before(review):
    """2019: two registered, one application that won."""
    now = review.stage.cycle
    then = Cycle.objects.create(
        programme=now.programme, rules=now.rules, label="2019", title="2019年度", slug="y-2019", state="closed"
    )
    Phase.objects.create(cycle=then, key="registration", position=0, title="报名", starts_at=moment("2019-05-01"))
    category = Category.objects.create(cycle=then, key="organisation", position=0, title="组织奖")
    won = make_application(review.stage, "前届获奖单位")
    Registration.objects.filter(pk=won.registration_id).update(cycle=then, category=category)
    Application.objects.filter(pk=won.pk).update(
        cycle=then, category=category, state="concluded", submitted_at=moment("2019-08-10")
    )
    alone = make_application(review.stage, "前届报名单位")
    Registration.objects.filter(pk=alone.registration_id).update(cycle=then, category=category)
    Application.objects.filter(pk=alone.pk).update(cycle=then, category=category, state="draft")
    for position, kind in enumerate(("document_review", "jury")):
        run = StageRun.objects.create(
            category=category, key=kind, kind=kind, position=position, title=kind, state="decided"
        )
        Entry.objects.create(run=run, application=won, outcome="through")
    return then
