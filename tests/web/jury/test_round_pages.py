"""A further round in the browser: opened by the chair or the office, voted on by all, each round's counts shown."""

import pytest
from django.urls import reverse
from tests.jury_cast import close_ballot, codes_of, make_jury, open_ballot

from zhuoyue.domain.review.actions import jury
from zhuoyue.domain.review.enums import Choice
from zhuoyue.domain.review.queries.jury import candidates_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def split():
    """Of two candidates the second is undecided after the first round."""
    cast = make_jury()
    cast.applications.sort(key=lambda application: application.number)
    open_ballot(by=cast.chair, meeting=cast.meeting)
    first, second = (entry.application_id for entry in candidates_of(cast.meeting))
    on_second = (Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.AGAINST, Choice.ABSTAIN)
    for who, choice in zip(cast.members, on_second, strict=True):
        jury.cast_vote(by=who, meeting=cast.meeting, choices={first: Choice.FOR, second: choice})
    close_ballot(by=cast.chair, meeting=cast.meeting)
    return cast


def at(cast, name):
    return reverse(f"jury:{name}", args=[cast.meeting.pk])


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_chair_opens_it_and_everyone_votes_on_what_was_left(split, client):
    client.force_login(split.chair)
    assert at(split, "open_round") in text_of(client.get(at(split, "meeting")))
    page = text_of(client.get(at(split, "open_round")))
    assert split.applications[1].title in page
    assert split.applications[0].title not in page
    client.post(at(split, "open_round"), {"custody": "members:2"})
    paper = text_of(client.get(at(split, "ballot")))
    assert f"choice-{split.applications[1].pk}" in paper
    assert f"choice-{split.applications[0].pk}" not in paper
    for who in split.members:
        client.force_login(who)
        client.post(at(split, "cast"), {f"choice-{split.applications[1].pk}": "for"})
    client.force_login(split.chair)
    client.post(at(split, "close"), {f"code-{key}": code for key, code in codes_of(split.meeting).items()})
    count = text_of(client.get(at(split, "count")))
    assert "第1轮计票" in count
    assert "第2轮" in count
    assert at(split, "open_round") not in text_of(client.get(at(split, "meeting")))


def test_the_office_may_open_it_too(split, client):
    client.force_login(split.by)
    results = reverse("secretariat:category_results", args=[split.stage.category.pk])
    opening = reverse("secretariat:jury_open_round", args=[split.meeting.pk])
    text_of(client.get(results))
    assert opening in text_of(client.get(results))
    assert split.applications[1].title in text_of(client.get(opening))
    assert client.post(opening, {"custody": "members:2"}).status_code == 302
    assert split.meeting.round == 2
    answer = client.post(opening, {"custody": "members:2"})
    assert answer.status_code == 409
    assert split.meeting.round == 2


def test_a_member_does_not_open_it(split, client):
    client.force_login(split.members[1])
    assert at(split, "open_round") not in text_of(client.get(at(split, "meeting")))
    assert client.post(at(split, "open_round"), {"custody": "members:2"}).status_code == 404
