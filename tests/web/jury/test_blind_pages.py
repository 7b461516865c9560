"""Where the rules hide applicants from the jury, members meet a code name on every page."""

import pytest
from django.urls import reverse
from tests.factories import pack_text
from tests.jury_cast import make_jury, open_ballot

from zhuoyue.domain.review.queries.blind import code_of

pytestmark = pytest.mark.django_db
JURY = "        kind: jury\n"


@pytest.fixture
def blind():
    text = pack_text()
    assert JURY in text
    return make_jury(text=text.replace(JURY, f"{JURY}        visibility: double_blind\n"))


def pages_of(cast):
    for name in ("meeting", "ballot", "recusals"):
        yield reverse(f"jury:{name}", args=[cast.meeting.pk])
    for name in ("candidate", "material"):
        yield reverse(f"jury:{name}", args=[cast.candidate().pk])


def test_no_page_names_an_applicant(blind, client):
    client.force_login(blind.members[1])
    open_ballot(by=blind.chair, meeting=blind.meeting)
    for address in pages_of(blind):
        text = client.get(address).content.decode()
        assert code_of(blind.applications[0].pk) in text, address
        for application in blind.applications:
            organisation = application.organisation
            for word in (organisation.name, organisation.credit_code, application.number):
                assert not word or word not in text, address


def test_the_count_names_none_either(blind, client):
    blind.vote_all()
    client.force_login(blind.chair)
    text = client.get(reverse("jury:count", args=[blind.meeting.pk])).content.decode()
    for application in blind.applications:
        assert application.organisation.name not in text
        assert code_of(application.pk) in text
