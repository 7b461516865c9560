"""The jury's pages: read, recuse, vote once, and see nothing of the counts before they are counted."""

import re
import uuid

import pytest
from django.db import transaction
from django.urls import reverse
from tests.factories import pack_text, person
from tests.jury_cast import close_ballot, codes_of, make_jury, open_ballot

from zhuoyue.domain.dossiers.queries import file_in
from zhuoyue.domain.review.actions import jury
from zhuoyue.domain.review.models import Recusal, SealedVote, VoteCast
from zhuoyue.kernel.idempotency.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_jury()


@pytest.fixture
def voting(cast):
    open_ballot(by=cast.chair, meeting=cast.meeting)
    return cast


def at(name, cast, *more):
    return reverse(f"jury:{name}", args=[cast.meeting.pk, *more])


def paper(cast, choice="for", **more):
    return {f"choice-{application.pk}": choice for application in cast.applications} | more


def codes(cast):
    """The form of the count, filled in by the holders."""
    typed = {f"code-{person}": code for person, code in codes_of(cast.meeting).items()}
    return typed | {"once": str(uuid.uuid4())}


def text_of(response):
    return response.content.decode()


def steady(response):
    """The page without what differs on every request: tokens and keys."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text_of(response))
    text = re.sub(r'name="once" value="[^"]+"', "", text)
    return re.sub(r"\b[0-9A-F]{4}(-[0-9A-F]{4}){3}\b", "", text)  # the receipt of one's own vote


def test_the_first_page_says_what_is_next(cast, client):
    client.force_login(cast.members[1])
    text = text_of(client.get(reverse("jury:home")))
    assert "阅读材料" in text
    assert text.count("btn-primary") == 1
    open_ballot(by=cast.chair, meeting=cast.meeting)
    assert "请完成您的一票" in text_of(client.get(reverse("jury:home")))
    cast.vote(cast.members[1])
    text = text_of(client.get(reverse("jury:home")))
    assert "您已投票，等待计票" in text
    assert "btn-primary" not in text
    for who in (cast.chair, *cast.members[2:]):
        cast.vote(who)
    close_ballot(by=cast.chair, meeting=cast.meeting)
    assert "已计票的会议" in text_of(client.get(reverse("jury:home")))


def test_a_member_without_a_meeting_is_told_so(cast, client):
    cast.meeting.delete()
    client.force_login(cast.members[1])
    assert "秘书处安排会议后" in text_of(client.get(reverse("jury:home")))


@pytest.mark.parametrize("who", ["stranger", "secretary", "applicant"])
def test_the_pages_are_the_members_own(voting, client, who):
    people = {
        "stranger": person(),
        "secretary": voting.by,
        "applicant": voting.applications[0].organisation.memberships.first().person,
    }
    client.force_login(people[who])
    addresses = [reverse("jury:home"), at("meeting", voting), at("ballot", voting), at("recusals", voting)]
    addresses += [reverse("jury:candidate", args=[voting.candidate().pk]), at("count", voting)]
    assert {client.get(address).status_code for address in addresses[:-1]} == {404}
    assert client.post(at("cast", voting), paper(voting)).status_code == 404
    assert client.get(addresses[-1]).status_code in (403, 404)
    assert not VoteCast.objects.exists()


def test_candidates_show_total_place_and_spread(cast, client, django_assert_max_num_queries):
    client.force_login(cast.members[1])
    address = at("meeting", cast)
    with django_assert_max_num_queries(12):
        text = text_of(client.get(address))
    for application in cast.applications:
        assert application.title in text
    assert "700.0" in text


def test_three_candidates_cost_no_more_than_one(client, django_assert_max_num_queries):
    cast = make_jury(applications=3)
    client.force_login(cast.members[1])
    address = at("meeting", cast)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_the_dossier_is_read_from_the_snapshot(cast, client):
    client.force_login(cast.members[1])
    entry = cast.candidate()
    text = text_of(client.get(reverse("jury:candidate", args=[entry.pk])))
    assert "目标分解到班组。" in text
    assert "缺少对标数据。" in text
    assert "没有评审员保留意见" in text
    whole = text_of(client.get(reverse("jury:material", args=[entry.pk])))
    assert "准时交付率" in whole
    file_id = entry.application.snapshot.content["evidence"][0]["file"]
    answer = client.get(reverse("jury:file", args=[entry.pk, file_id]))
    assert answer["Content-Disposition"].startswith("attachment")
    other = cast.candidate(1).application.snapshot.content["evidence"][0]["file"]
    assert client.get(reverse("jury:file", args=[entry.pk, other])).status_code == 404
    assert file_in(entry.application.snapshot, uuid.uuid4()) is None


def test_where_the_rules_hide_applicants_the_number_stands_for_the_name(client):
    text = pack_text().replace("        kind: jury\n", "        kind: jury\n        visibility: applicant_hidden\n", 1)
    cast = make_jury(text=text)
    client.force_login(cast.members[1])
    entry = cast.candidate()
    pages = [at("meeting", cast), at("recusals", cast), at("ballot", cast)]
    pages += [reverse(f"jury:{name}", args=[entry.pk]) for name in ("candidate", "material")]
    for address in pages:
        assert entry.application.organisation.name not in text_of(client.get(address)), address
    file_id = entry.application.snapshot.content["evidence"][0]["file"]
    assert client.get(reverse("jury:file", args=[entry.pk, file_id])).status_code == 404


def test_recusal_needs_a_reason_and_shuts_the_dossier(cast, client):
    client.force_login(cast.members[1])
    first = cast.applications[0]
    address = at("recuse", cast, first.pk)
    answer = client.post(address, {"reason": " "})
    assert (answer.status_code, Recusal.objects.count()) == (422, 0)
    client.post(address, {"reason": "曾任独立董事", "once": str(uuid.uuid4())})
    assert Recusal.objects.get().reason == "曾任独立董事"
    entry = cast.candidate()
    for name in ("candidate", "material"):
        assert client.get(reverse(f"jury:{name}", args=[entry.pk])).status_code == 403
    file_id = entry.application.snapshot.content["evidence"][0]["file"]
    assert client.get(reverse("jury:file", args=[entry.pk, file_id])).status_code == 403
    shown = text_of(client.get(at("meeting", cast)))
    assert "您已回避" in shown
    assert "700.0" not in shown
    assert client.get(at("recuse", cast, uuid.uuid4())).status_code == 404
    assert "曾任独立董事" in text_of(client.get(at("recusals", cast)))


def test_recusal_ends_when_the_ballot_opens(voting, client):
    client.force_login(voting.members[1])
    answer = client.post(at("recuse", voting, voting.applications[0].pk), {"reason": "亲属"})
    assert (answer.status_code, Recusal.objects.count()) == (403, 0)


def test_an_unfinished_paper_keeps_what_was_chosen(voting, client):
    client.force_login(voting.members[1])
    given = {f"choice-{voting.applications[0].pk}": "against"}
    answer = client.post(at("check", voting), given)
    assert answer.status_code == 422
    assert re.search(r'value="against"[^>]*checked', text_of(answer))
    assert not VoteCast.objects.exists()


def test_choices_are_shown_back_then_given_then_gone(voting, client):
    client.force_login(voting.members[1])
    answer = client.post(at("check", voting), paper(voting, "against"))
    assert "不同意" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert not VoteCast.objects.exists()
    answer = client.post(at("cast", voting), paper(voting, "against", once=str(uuid.uuid4())), follow=True)
    assert "您已投票" in text_of(answer)
    for name in ("ballot", "meeting"):
        assert "不同意" not in text_of(client.get(at(name, voting)))


def test_nothing_kept_for_repeats_holds_a_choice(voting, client):
    client.force_login(voting.members[1])
    key = str(uuid.uuid4())
    page = text_of(client.get(at("ballot", voting)))
    form = page[page.index(at("check", voting)) :]
    assert 'name="once"' not in form[: form.index("</form>")]
    client.post(at("check", voting), paper(voting, "against"))
    client.post(at("cast", voting), paper(voting, "against", once=key))
    kept = b"".join(bytes(answer.body) + answer.location.encode() for answer in Answer.objects.all())
    assert b"against" not in kept
    assert b"choice-" not in kept


def test_a_double_click_is_one_vote(voting, client):
    client.force_login(voting.members[1])
    given = paper(voting, once=str(uuid.uuid4()))
    first, second = client.post(at("cast", voting), given), client.post(at("cast", voting), given)
    assert (first.status_code, second.status_code) == (302, 302)
    third = client.post(at("cast", voting), paper(voting, "against", once=str(uuid.uuid4())), follow=True)
    assert "您已投票" in text_of(third)
    assert VoteCast.objects.count() == 1
    assert SealedVote.objects.count() == 1


@pytest.mark.parametrize("given", [{}, {"choice-x": "for"}])
def test_a_paper_that_does_not_fit_is_shown_again(voting, client, given):
    client.force_login(voting.members[1])
    answer = client.post(at("cast", voting), {**given, "once": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert not VoteCast.objects.exists()


def test_a_recused_candidate_is_not_on_the_paper(cast, client):
    first, other = cast.applications
    jury.recuse(by=cast.members[1], meeting=cast.meeting, application=first, reason="亲属")
    open_ballot(by=cast.chair, meeting=cast.meeting)
    client.force_login(cast.members[1])
    text = text_of(client.get(at("ballot", cast)))
    assert f"choice-{first.pk}" not in text
    assert f"choice-{other.pk}" in text
    client.post(at("cast", cast), paper(cast, once=str(uuid.uuid4())))
    for who in (cast.chair, *cast.members[2:]):
        cast.vote(who)
    counts = {count.application: count.in_favour for count in close_ballot(by=cast.chair, meeting=cast.meeting)}
    assert counts == {first.pk: 4, other.pk: 5}


def test_after_closing_a_paper_is_refused_and_no_vote_is_added(voting, client):
    for who in voting.members[:4]:
        voting.vote(who)
    close_ballot(by=voting.chair, meeting=voting.meeting)
    client.force_login(voting.members[4])
    assert client.post(at("check", voting), paper(voting)).status_code == 403
    assert client.post(at("cast", voting), paper(voting)).status_code == 403
    assert VoteCast.objects.count() == 4
    assert "没有在投票期间投票" in text_of(client.get(at("ballot", voting)))


def test_two_worlds_before_closing(voting, client):
    """Pages, lengths and statements are the same whatever the others chose."""
    addresses = [reverse("jury:home"), at("meeting", voting), at("ballot", voting), at("count", voting)]
    addresses += [at("close", voting), at("recusals", voting)]

    def world():
        seen = []
        for who in (voting.chair, voting.members[3]):
            client.force_login(who)
            for address in addresses:
                answer = client.get(address)
                seen.append((answer.status_code, steady(answer)))
        return seen

    worlds = []
    for choice in ("for", "against"):
        with transaction.atomic():
            for who in voting.members[:3]:
                voting.vote(who, choice)
            worlds.append(world())
            transaction.set_rollback(True)
    assert worlds[0] == worlds[1]


def test_the_count_is_refused_before_closing_and_read_after(voting, client):
    client.force_login(voting.chair)
    assert client.get(at("count", voting)).status_code == 403
    for who in voting.members:
        voting.vote(who)
    assert client.get(at("count", voting)).status_code == 403
    client.post(at("close", voting), codes(voting))
    text = text_of(client.get(at("count", voting)))
    assert "2份通过，共2份" in text
    for who in voting.members:
        assert who.name not in text.replace(voting.chair.name, "", 1) or who == voting.chair


def test_the_chair_opens_and_closes_with_the_quorum_stated(cast, client):
    client.force_login(cast.chair)
    assert "法定人数" in text_of(client.get(at("open", cast)))
    client.post(at("open", cast), {"custody": "members:3", "once": str(uuid.uuid4())})
    assert cast.meeting.state == "voting"
    text = text_of(client.get(at("close", cast)))
    assert "还不能结束投票" in text
    assert '<button class="btn btn-primary"' not in text
    answer = client.post(at("close", cast), codes(cast), follow=True)
    assert "法定人数是4人" in text_of(answer)
    client.force_login(cast.members[1])
    assert client.get(at("close", cast)).status_code == 404


def test_a_meeting_short_of_seats_says_so(client):
    cast = make_jury(applications=1, members=4)
    client.force_login(cast.chair)
    assert "至少5人" in text_of(client.get(at("open", cast)))


def test_the_pages_speak_english(voting, client):
    client.cookies["language"] = "en"
    client.force_login(voting.members[1])
    assert "Check the ballot" in text_of(client.get(at("ballot", voting)))
