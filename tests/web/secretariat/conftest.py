import pytest
from tests.factories import member, moment
from tests.review_cast import make_review

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel import clock


@pytest.fixture
def review(db):
    """One application in the document review of the Shanghai award, three examiners at work; September 2021."""
    clock.stand_at(moment("2021-09-14T09:00"))
    return make_review()


@pytest.fixture
def office(client, review):
    """A browser in which the secretary is signed in."""
    client.force_login(review.by)
    return client


@pytest.fixture
def auditor(review):
    return member(review.stage.organiser.organisation, Duty.AUDITOR, name="监督")
