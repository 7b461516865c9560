"""Who opens which page of an expert: by assignment, undertaking, conflicts and stages, on every door."""

import pytest
from django.urls import reverse
from tests.factories import person
from tests.review_cast import make_review

from zhuoyue.domain.experts.actions import declare_conflict
from zhuoyue.domain.judging.models import ScoreEntry
from zhuoyue.domain.review.actions import assignment
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import Invitation, StageBook

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return make_review()


def desk_addresses(review, place=0):
    pair = review.pair(place)
    file = review.applications[0].snapshot.content["evidence"][0]["file"]
    code = review.nodes[0].code
    return [
        reverse("expert:book", args=[pair.pk]),
        reverse("expert:item", args=[pair.pk, code]),
        reverse("expert:dossier", args=[pair.pk]),
        reverse("expert:file", args=[pair.pk, file]),
    ]


def statuses(client, someone, addresses):
    client.force_login(someone)
    return {client.get(address).status_code for address in addresses}


def test_an_assigned_examiner_opens_book_item_dossier_and_file(client, review):
    assert statuses(client, review.leader, desk_addresses(review)) == {200}


def test_visitors_are_asked_to_sign_in(client, review):
    for address in desk_addresses(review):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "sign-in" in answer["Location"]


def test_nobody_else_opens_them(client, review):
    addresses = desk_addresses(review)
    for other in (person(), review.by):
        assert statuses(client, other, addresses) == {404}


def test_a_colleague_does_not_open_anothers_scores_before_consensus(client, review):
    book, item, *_rest = desk_addresses(review)
    assert statuses(client, review.member, [book, item]) == {404}


def test_after_consensus_opens_a_colleague_reads_by_alias_and_cannot_write(client, review):
    for place in range(3):
        review.score(place, 40 + 10 * place)
    review.move_on(StageKind.CONSENSUS)
    client.force_login(review.member)
    address = reverse("expert:item", args=[review.pair().pk, review.nodes[0].code])
    page = client.get(address).content.decode()
    assert review.pair().alias in page
    assert review.leader.name not in page
    assert "data-autosave" not in page
    answer = client.post(address, {"percent": "90", "version": "1"})
    assert answer.status_code == 404
    assert review.book().items.get(node=review.nodes[0]).value == 40


def test_an_ended_assignment_closes_all_doors(client, review):
    addresses = desk_addresses(review)
    assignment.end_assignment(by=review.by, pair=review.pair(), reason="另有安排")
    assert statuses(client, review.leader, addresses) == {404}


def test_a_declared_conflict_closes_all_doors_and_leaves_the_lists(client, review):
    addresses = desk_addresses(review)
    applicant = review.applications[0].organisation
    declare_conflict(by=review.leader, expert=review.experts[0], organisation=applicant, kind="consulting")
    assert statuses(client, review.leader, addresses) == {404}
    for name in ("expert:home", "expert:books", "expert:consensus_list", "expert:visits"):
        assert applicant.name not in client.get(reverse(name), {"view": "all"}).content.decode()


@pytest.mark.parametrize("missing", ["undertaking_at", "conflicts_declared_at"])
def test_before_undertaking_and_declaration_nothing_opens(client, review, missing):
    Invitation.objects.filter(expert=review.experts[0]).update(**{missing: None})
    assert statuses(client, review.leader, desk_addresses(review)) == {404}


def test_only_files_of_the_snapshot_are_given_out(client, review):
    other = make_other_file(review)
    client.force_login(review.leader)
    assert client.get(reverse("expert:file", args=[review.pair().pk, other])).status_code == 404
    answer = client.get(desk_addresses(review)[3])
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def make_other_file(review):
    """A file handed in after the snapshot was taken: part of the living draft, of no snapshot."""
    dossier = review.applications[0].dossier
    known = dossier.evidence.get().file
    known.pk = None
    known._state.adding = True
    known.save()
    return known.pk


def test_the_living_draft_is_not_what_examiners_read(client, review):
    answer = review.applications[0].dossier.answers.first()
    answer.value = {"text": "提交以后改写的文字"}
    answer.save()
    client.force_login(review.leader)
    assert "提交以后改写的文字" not in client.get(reverse("expert:dossier", args=[review.pair().pk])).content.decode()


def test_an_unknown_item_is_not_found(client, review):
    client.force_login(review.leader)
    assert client.get(reverse("expert:item", args=[review.pair().pk, "99.9"])).status_code == 404


def test_consensus_and_visit_are_closed_before_their_stage(client, review):
    client.force_login(review.leader)
    entry = review.entry()
    assert client.get(reverse("expert:consensus", args=[entry.pk])).status_code == 404
    assert client.get(reverse("expert:visit", args=[entry.pk])).status_code == 404
    review.score()
    review.move_on(StageKind.CONSENSUS)
    entry = review.entry(StageKind.CONSENSUS)
    assert client.get(reverse("expert:consensus", args=[entry.pk])).status_code == 200
    assert client.get(reverse("expert:visit", args=[entry.pk])).status_code == 404
    client.force_login(person())
    assert client.get(reverse("expert:consensus", args=[entry.pk])).status_code == 404
    assert client.get(reverse("expert:consensus_record", args=[entry.pk])).status_code == 404


def test_only_the_leader_agrees_and_ends(client, review):
    review.score()
    review.move_on(StageKind.CONSENSUS)
    entry = review.entry(StageKind.CONSENSUS)
    node = review.nodes[0]
    client.force_login(review.member)
    said = {"percent": "50", "reason": "一致。", "version": "0"}
    assert client.post(reverse("expert:agree", args=[entry.pk, node.code]), said).status_code == 403
    assert client.post(reverse("expert:finish_consensus", args=[entry.pk])).status_code == 403
    assert not ScoreEntry.objects.filter(scorebook__step="consensus").exists()
    page = client.get(reverse("expert:consensus", args=[entry.pk])).content.decode()
    assert reverse("expert:agree", args=[entry.pk, node.code]) not in page


def test_the_room_names_nobody(client, review):
    for place in range(3):
        review.score(place)
    review.move_on(StageKind.CONSENSUS)
    client.force_login(review.member)
    page = client.get(reverse("expert:consensus", args=[review.entry(StageKind.CONSENSUS).pk])).content.decode()
    for place in (0, 2):
        assert review.pair(place).alias in page
        assert review.experts[place].person.name not in page


def test_a_trainee_scores_but_does_not_lead(client):
    review = make_review(level="trainee", experts=1)
    client.force_login(review.leader)
    address = reverse("expert:item", args=[review.pair().pk, review.nodes[0].code])
    assert client.post(address, {"percent": "50", "version": "0", "then": "stay"}).status_code == 302
    assert StageBook.objects.get().items.get().value == 50


def test_pages_of_experts_are_for_experts(client, review):
    names = ("home", "books", "next_book", "consensus_list", "visits", "record")
    assert statuses(client, person(), [reverse(f"expert:{name}") for name in names]) == {404}
