"""The ballot as the office serves it: its own code, opening, giving a round up, and the count."""

import re
import uuid

import pytest
from django.urls import reverse
from tests.jury_cast import code_of, codes_of, make_jury, open_ballot

from zhuoyue.domain.review.models import BallotKey, CountingCode, SealedVote, VoteCast
from zhuoyue.kernel import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_jury()


def text_of(response):
    return response.content.decode()


def at(name, cast):
    return reverse(f"secretariat:{name}", args=[cast.meeting.pk])


def test_the_office_makes_its_own_code(cast, client):
    CountingCode.objects.filter(person=cast.second).delete()
    client.force_login(cast.second)
    address = reverse("secretariat:counting_code", args=[cast.stage.cycle.slug])
    answer = client.get(address)
    assert "no-store" in answer["Cache-Control"]
    code = re.search(r"data-code>([^<]+)<", text_of(answer))[1]
    assert client.post(address, {"code": code, "again": code_of(cast.by)}).status_code == 422
    assert not CountingCode.objects.filter(person=cast.second).exists()
    assert "计票码已登记" in text_of(client.post(address, {"code": code, "again": code}, follow=True))
    kept = CountingCode.objects.get(person=cast.second)
    assert bytes(kept.public) == sealed.public_of(sealed.private_of(code))
    assert cast.second.name in text_of(client.get(at("jury_open", cast)))


def test_what_stands_against_opening_is_said_with_a_way_to_mend_it(cast, client):
    client.force_login(cast.by)
    CountingCode.objects.all().delete()
    text = text_of(client.get(at("jury_open", cast)))
    assert "还没有足够的计票码" in text
    assert reverse("secretariat:counting_code", args=[cast.stage.cycle.slug]) in text
    assert '<button class="btn btn-primary"' not in text
    given = {"custody": "members:3", "once": str(uuid.uuid4())}
    assert client.post(at("jury_open", cast), given).status_code == 422
    assert not BallotKey.objects.exists()


def test_opening_asks_who_holds_the_key_and_the_count_asks_for_their_codes(cast, client):
    client.force_login(cast.by)
    text = text_of(client.get(at("jury_open", cast)))
    assert f"pair:{cast.by.pk}" in text
    assert "members:5" in text
    answer = client.post(at("jury_open", cast), {"custody": "members:9", "once": str(uuid.uuid4())})
    assert answer.status_code == 422
    client.post(at("jury_open", cast), {"custody": f"pair:{cast.by.pk}", "once": str(uuid.uuid4())})
    assert {share.person_id for share in BallotKey.objects.get().shares.all()} == {cast.by.pk, cast.chair.pk}
    for who in cast.members:
        cast.vote(who)
    right = {f"code-{key}": code for key, code in codes_of(cast.meeting).items()}
    alone = {f"code-{cast.by.pk}": code_of(cast.by), "once": str(uuid.uuid4())}
    assert client.post(at("jury_close", cast), alone).status_code == 422
    assert cast.meeting.state == "voting"
    assert client.post(at("jury_close", cast), {**right, "once": str(uuid.uuid4())}).status_code == 302
    assert cast.meeting.state == "closed"


def test_a_round_is_given_up_with_a_reason_that_members_read(cast, client):
    open_ballot(by=cast.chair, meeting=cast.meeting)
    for who in cast.members[:3]:
        cast.vote(who)
    client.force_login(cast.by)
    category = reverse("secretariat:category_results", args=[cast.meeting.run.category_id])
    assert at("jury_void", cast) in text_of(client.get(category))
    assert client.post(at("jury_void", cast), {"reason": " ", "once": str(uuid.uuid4())}).status_code == 422
    assert SealedVote.objects.count() == 3
    given = {"reason": "主任委员的计票码丢失", "once": str(uuid.uuid4())}
    answer = client.post(at("jury_void", cast), given, follow=True)
    assert "已宣布无效" in text_of(answer)
    assert "主任委员的计票码丢失" in text_of(client.get(category))
    assert not any(model.objects.exists() for model in (SealedVote, VoteCast, BallotKey))
    assert client.post(at("jury_void", cast), {**given, "once": str(uuid.uuid4())}).status_code == 409
    client.force_login(cast.members[4])
    assert "主任委员的计票码丢失" in text_of(client.get(reverse("jury:meeting", args=[cast.meeting.pk])))
    assert client.get(at("jury_void", cast)).status_code == 404
