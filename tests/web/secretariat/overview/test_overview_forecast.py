"""When the review will be done at the pace so far, and silence where the pace says little."""

import pytest
from django.urls import reverse
from tests.factories import moment
from tests.review_cast import make_review
from tests.web.secretariat.overview.cast import hand_in

from zhuoyue.domain.review.actions import stages
from zhuoyue.kernel import clock


@pytest.fixture
def review(db):
    """Twelve scorebooks, the stage open since the 14th."""
    clock.stand_at(moment("2021-09-14T09:00"))
    return make_review(applications=4)


def page_of(review, office, due="2021-09-20T18:00"):
    run = review.run()
    stages.set_due(by=review.by, run=run, expected=run.version, due_at=moment(due))
    clock.stand_at(moment("2021-09-20T08:00"))
    return office.get(reverse("secretariat:cycle", kwargs={"slug": review.stage.cycle.slug})).content.decode()


def test_nine_of_twelve_in_six_days_are_two_days_late(office, review):
    hand_in(review, 9)
    page = page_of(review, office)
    assert "照目前进度，资料评价将在9月22日完成，比计划晚2天。" in page
    assert "资料评价可能不能如期完成" in page
    assert "照目前进度9月22日交齐" in page


def test_a_review_ahead_of_its_date_is_told_so_and_is_no_risk(office, review):
    hand_in(review, 9)
    page = page_of(review, office, due="2021-09-24T18:00")
    assert "比计划早2天" in page
    assert "可能不能如期完成" not in page


def test_a_review_on_its_day_is_on_time(office, review):
    hand_in(review, 9)
    assert "资料评价将在9月22日如期完成" in page_of(review, office, due="2021-09-22T18:00")


@pytest.mark.parametrize(("count", "evenings"), [(8, 4), (9, 2), (0, 1), (12, 4)])
def test_too_few_one_delivery_or_all_of_them_say_nothing(office, review, count, evenings):
    hand_in(review, count, evenings)
    assert "照目前进度，" not in page_of(review, office)


def test_the_first_days_say_nothing(office, review):
    hand_in(review, 9)
    run = review.run()
    stages.set_due(by=review.by, run=run, expected=run.version, due_at=moment("2021-09-20T18:00"))
    clock.stand_at(moment("2021-09-18T21:00"))
    url = reverse("secretariat:cycle", kwargs={"slug": review.stage.cycle.slug})
    assert "照目前进度，" not in office.get(url).content.decode()
