"""Pages of the counting code: shown once, copied by hand, typed again; and what is said when codes are wrong."""

import re
import uuid

import pytest
from django.urls import reverse
from tests.jury_cast import code_of, codes_of, make_jury, open_ballot

from zhuoyue.domain.review.models import CountingCode, SealedVote
from zhuoyue.kernel import sealed
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.idempotency.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_jury()


def text_of(response):
    return response.content.decode()


def shown_in(text):
    return re.search(r"data-code>([^<]+)<", text)[1]


def public_of(who):
    return bytes(CountingCode.objects.get(person=who).public)


def test_a_code_is_kept_when_it_was_typed_from_paper(cast, client):
    who, other = cast.members[1:3]
    before, others = public_of(who), public_of(other)
    client.force_login(who)
    address = reverse("jury:code", args=[cast.stage.cycle.slug])
    answer = client.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert "您已有计票码" in text_of(answer)
    code = shown_in(text_of(answer))
    assert code != shown_in(text_of(client.get(address)))
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    answer = client.post(address, {"code": code, "again": typed}, follow=True)
    assert "计票码已登记" in text_of(answer)
    assert code not in text_of(answer)
    assert public_of(who) == sealed.public_of(sealed.private_of(code)) != before
    assert public_of(other) == others
    kept = [str(event.data) for event in AuditEvent.objects.all()]
    kept += [bytes(row.body).decode() + row.location for row in Answer.objects.all()]
    assert not [text for text in kept if code in text or code.replace("-", "") in text]


@pytest.mark.parametrize("again", ["", "0000-0000", "the code of somebody else"])
def test_a_code_typed_wrong_is_not_kept_and_stays_on_the_page(cast, client, again):
    who, other = cast.members[1:3]
    before = public_of(who)
    client.force_login(who)
    address = reverse("jury:code", args=[cast.stage.cycle.slug])
    code = shown_in(text_of(client.get(address)))
    typed = code_of(other) if again.startswith("the") else again
    answer = client.post(address, {"code": code, "again": typed})
    assert answer.status_code == 422
    assert shown_in(text_of(answer)) == code
    assert public_of(who) == before


@pytest.mark.parametrize("hidden", ["", "0000-0000", "x" * 59])
def test_a_spoiled_hidden_code_gives_a_new_one(cast, client, hidden):
    before = public_of(cast.members[1])
    client.force_login(cast.members[1])
    address = reverse("jury:code", args=[cast.stage.cycle.slug])
    answer = client.post(address, {"code": hidden, "again": hidden})
    assert answer.status_code == 422
    assert sealed.read_code(shown_in(text_of(answer)))
    assert public_of(cast.members[1]) == before


def test_a_code_in_use_is_not_replaced_while_a_ballot_is_open(cast, client):
    open_ballot(by=cast.chair, meeting=cast.meeting, custody="members:3")
    before = public_of(cast.members[1])
    client.force_login(cast.members[1])
    address = reverse("jury:code", args=[cast.stage.cycle.slug])
    text = text_of(client.get(address))
    assert "现在不能换" in text
    assert "data-code" not in text
    code = sealed.new_code()
    assert client.post(address, {"code": code, "again": code}).status_code == 422
    assert public_of(cast.members[1]) == before


def test_codes_at_the_count_are_named_when_wrong_or_too_few(cast, client):
    open_ballot(by=cast.chair, meeting=cast.meeting, custody="members:3")
    for who in cast.members:
        cast.vote(who)
    client.force_login(cast.chair)
    address = reverse("jury:close", args=[cast.meeting.pk])
    fields = [f"code-{who.pk}" for who in cast.members]
    assert all(field in text_of(client.get(address)) for field in fields)
    right = {f"code-{key}": code for key, code in codes_of(cast.meeting).items()}

    def post(given):
        return client.post(address, {**given, "once": str(uuid.uuid4())})

    few = post({field: right[field] for field in fields[:2]})
    assert few.status_code == 422
    assert "需要3位保管人的计票码，现在填了2位" in text_of(few)
    mistyped = post({**{field: right[field] for field in fields[:2]}, fields[2]: "ABCD"})
    assert mistyped.status_code == 422
    assert "计票码不完整或有误" in text_of(mistyped)
    exchanged = post({**{field: right[field] for field in fields[:2]}, fields[2]: right[fields[3]]})
    assert exchanged.status_code == 409
    assert f"计票码不对：{cast.members[2].name}" in text_of(exchanged)
    assert right[fields[0]] in text_of(exchanged)
    assert SealedVote.objects.count() == 5
    assert cast.meeting.state == "voting"
    assert post({field: right[field] for field in fields[1:4]}).status_code == 302
    assert cast.meeting.state == "closed"
    kept = b"".join(bytes(row.body) for row in Answer.objects.all())
    assert not [code for code in right.values() if code.encode() in kept]
