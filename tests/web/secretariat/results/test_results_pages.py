"""From seats to certificates in the office, by two people, and what is refused on the way."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import moment, pack_text, person
from tests.jury_cast import WINNER, codes_of, make_jury
from tests.objections import objection_to

from zhuoyue.domain.outcomes.models import Award, Objection, PublicNotice, ResultList
from zhuoyue.domain.programmes.models import Notice
from zhuoyue.domain.programmes.queries import tier_titles
from zhuoyue.domain.review.models import Decision, Meeting, Seat
from zhuoyue.kernel import clock
from zhuoyue.kernel.mail.models import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    clock.stand_at(moment("2021-10-20T10:00"))
    return make_jury()


def at(name, *args):
    return reverse(f"secretariat:{name}", args=args)


def send(client, address, **given):
    return client.post(address, {**given, "once": str(uuid.uuid4())}, follow=True)


def text_of(answer):
    return answer.content.decode()


def home_of(cast):
    return at("category_results", cast.stage.category.pk)


def the_list():
    return ResultList.objects.order_by("-number").first()


def test_from_the_ballot_to_a_list(cast, client):
    client.force_login(cast.by)
    assert "开始投票" in text_of(client.get(home_of(cast)))
    meeting = cast.meeting
    send(client, at("jury_open", meeting.pk), custody="members:3")
    for who in cast.members:
        cast.vote(who)
    assert "已投票5人" in text_of(client.get(home_of(cast)))
    send(client, at("jury_close", meeting.pk), **{f"code-{key}": code for key, code in codes_of(meeting).items()})
    decide = at("jury_decide", cast.run.pk)
    text = text_of(client.get(decide))
    assert "同意5" in text
    assert "名额10个，授2个，空缺8个" in text
    tiers = {f"tier-{application.pk}": WINNER for application in cast.applications}
    send(client, decide, **tiers, version=cast.meeting.version)
    assert Decision.objects.exclude(tier="").count() == 2
    send(client, at("jury_end", cast.run.pk))
    send(client, at("propose_list", cast.stage.category.pk))
    assert the_list().number == 1
    text = text_of(client.get(home_of(cast)))
    assert "须由另一位工作人员发布" in text
    assert client.get(at("publish_list", the_list().pk)).status_code == 403


def test_a_second_person_takes_the_list_to_the_roll(cast, client):
    cast.decided()
    client.force_login(cast.second)
    text = text_of(client.get(at("publish_list", the_list().pk)))
    assert "2021年10月21日" in text
    assert "2021年10月27日" in text
    send(client, at("publish_list", the_list().pk), title="拟获奖名单公示", text="现予公示。")
    notice = PublicNotice.objects.get()
    assert "公示至" in text_of(client.get(home_of(cast)))
    assert client.get(at("approve_list", the_list().pk)).status_code == 403
    clock.stand_at(moment(f"{notice.ends_on + timedelta(days=1)}T09:00"))
    client.force_login(cast.second)
    answer = client.post(at("approve_list", the_list().pk), {"approval_number": ""})
    assert answer.status_code == 422
    send(client, at("approve_list", the_list().pk), approval_number="沪质协〔2021〕30号")
    send(client, at("announce_list", the_list().pk))
    assert Award.objects.count() == 2
    assert "反馈报告已发放2份" in text_of(client.get(home_of(cast)))
    answer = send(client, at("announcement", the_list().pk))
    drafted = Notice.objects.get(title__contains="公布")
    assert drafted.state == "draft"
    assert cast.applications[0].organisation.name in drafted.body
    assert answer.status_code == 200
    assert "SAQ-2021-ORGANISATION-0001" in text_of(client.get(at("award_roll", cast.stage.cycle.slug)))


def test_a_meeting_is_arranged_and_everybody_is_told(cast, client):
    client.force_login(cast.by)
    send(client, at("jury_meeting", cast.run.pk), starts_at="2021-10-25T14:00", place="协会三楼")
    meeting = Meeting.objects.get()
    assert meeting.place == "协会三楼"
    called = OutboxMail.objects.filter(subject__contains="审定会议通知")
    assert called.count() == 5
    assert "2021年10月25日" in called[0].text
    assert client.post(at("jury_meeting", cast.run.pk), {"starts_at": "soon"}).status_code == 422


def test_members_are_seated_by_address_and_unseated(cast, client):
    client.force_login(cast.by)
    seats = at("seats", cast.stage.cycle.slug)
    send(client, seats, name="谢长风", email="xie@example.org", is_chair="on")
    seat = Seat.objects.get(person__email="xie@example.org")
    assert seat.is_chair
    assert "/account/first/" in OutboxMail.objects.get(to="xie@example.org").text
    assert client.post(seats, {"name": "", "email": "no"}).status_code == 422
    send(client, at("unseat", seat.pk))
    assert not Seat.objects.get(pk=seat.pk).is_active
    send(client, at("jury_open", cast.meeting.pk), custody="members:3")
    answer = client.post(seats, {"name": "乙", "email": "late@example.org"})
    assert (answer.status_code, "正在投票" in text_of(answer)) == (422, True)


def test_a_decision_refused_keeps_what_was_typed(cast, client):
    cast.vote_all()
    client.force_login(cast.by)
    first, second = cast.applications
    given = {
        f"tier-{first.pk}": WINNER,
        f"tier-{second.pk}": "",
        f"reason-{first.pk}": "全票",
        "version": cast.meeting.version,
    }
    answer = client.post(at("jury_decide", cast.run.pk), given)
    assert answer.status_code == 422
    assert "不一致" in text_of(answer)
    assert "全票" in text_of(answer)
    assert not Decision.objects.exists()


def test_nobody_overwrites_a_colleagues_decisions_unseen(cast, client):
    cast.vote_all()
    seen = cast.meeting.version
    cast.decide(0, 1)
    client.force_login(cast.by)
    mine = {f"reason-{application.pk}": "名额留给下一年" for application in cast.applications}
    mine |= {f"tier-{application.pk}": "" for application in cast.applications}
    for version in (seen, "", "x"):
        answer = client.post(at("jury_decide", cast.run.pk), {**mine, "version": version})
        text = text_of(answer)
        assert answer.status_code == 422
        assert "另一位工作人员登记了决定" in text
        assert f"已登记：{tier_titles(cast.run.category)[WINNER]}" in text
        assert text.count("名额留给下一年") == 2
    assert Decision.objects.filter(tier=WINNER).count() == 2
    assert f'name="version" value="{cast.meeting.version}"' in text  # who has seen them may still decide otherwise
    send(client, at("jury_decide", cast.run.pk), **mine, version=cast.meeting.version)
    assert not Decision.objects.filter(tier=WINNER).exists()


def test_what_was_decided_stands_beside_each_candidate(cast, client):
    cast.vote_all()
    client.force_login(cast.by)
    assert "不授奖" not in text_of(client.get(home_of(cast)))
    cast.decide(0, reasons={cast.applications[1].pk: "名额留给下一年"})
    text = text_of(client.get(home_of(cast)))
    assert f"<b>{tier_titles(cast.run.category)[WINNER]}</b>" in text
    assert "不授奖<small>名额留给下一年</small>" in text


def test_a_cap_refuses_by_its_name(client):
    clock.stand_at(moment("2021-10-20T10:00"))
    cast = make_jury(text=pack_text().replace("    at_most: 10\n", "    at_most: 1\n"))
    cast.vote_all()
    client.force_login(cast.by)
    given = {f"tier-{application.pk}": WINNER for application in cast.applications}
    given["version"] = cast.meeting.version
    answer = client.post(at("jury_decide", cast.run.pk), given)
    assert "超过“组织奖名额”" in text_of(answer)


def test_deciding_before_the_count_leads_back(cast, client):
    client.force_login(cast.by)
    assert "计票以后" in text_of(client.get(at("jury_decide", cast.run.pk), follow=True))


def test_an_objection_is_read_ruled_and_leads_to_a_corrected_list(cast, client):
    notice = cast.on_notice()
    made = objection_to(notice)
    client.force_login(cast.by)
    assert "有异议待裁定" in text_of(client.get(home_of(cast)))
    address = at("office_objection", made.pk)
    assert "王晓明" in text_of(client.get(address))
    assert client.post(address, {"upheld": "yes", "ruling": ""}).status_code == 422
    send(client, address, upheld="yes", ruling="数据失实。")
    assert Objection.objects.get().state == "upheld"
    assert client.post(address, {"upheld": "no", "ruling": "又改"}).status_code == 409
    assert "有异议成立" in text_of(client.get(home_of(cast)))
    struck = str(cast.applications[1].pk)
    answer = client.post(at("propose_list", cast.stage.category.pk), {"leave_out": struck})
    assert (answer.status_code, "请写明理由" in text_of(answer)) == (422, True)
    send(client, at("propose_list", cast.stage.category.pk), leave_out=struck, change="一家数据失实")
    assert (the_list().number, len(the_list().entries)) == (2, 1)
    assert "一家数据失实" in text_of(client.get(at("result_list", the_list().pk)))
    text = text_of(client.get(at("propose_list", cast.stage.category.pk)))
    assert text.count(" checked") == 1


def test_a_revocation_needs_a_reason(cast, client):
    cast.announced()
    award = Award.objects.first()
    client.force_login(cast.by)
    assert client.post(at("revoke_award", award.pk), {"reason": ""}).status_code == 422
    send(client, at("revoke_award", award.pk), reason="弄虚作假")
    assert Award.objects.get(pk=award.pk).state == "revoked"
    assert "弄虚作假" in text_of(client.get(at("award_roll", cast.stage.cycle.slug)))


def test_reports_are_released_for_whoever_lacks_one(cast, client):
    client.force_login(cast.by)
    answer = client.post(at("release_feedback", cast.stage.category.pk))
    assert (answer.status_code, "公布以后" in text_of(answer)) == (409, True)
    cast.announced()
    send(client, at("release_feedback", cast.stage.category.pk))


def test_the_bundle_is_for_whoever_watches(cast, client):
    cast.announced()
    address = at("result_bundle", cast.stage.category.pk)
    client.force_login(cast.auditor)
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert json.loads(answer.content)["ballot"]["electorate"] == 5
    for who in (person(), cast.chair, cast.applications[0].organisation.memberships.first().person):
        client.force_login(who)
        assert client.get(address).status_code == 404


def test_the_auditor_watches_and_acts_nowhere(cast, client):
    cast.on_notice()
    made = objection_to(PublicNotice.objects.get())
    client.force_login(cast.auditor)
    for address in (at("results", cast.stage.cycle.slug), home_of(cast), at("result_list", the_list().pk)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "btn-primary" not in text_of(answer)
    for address in (
        at("seats", cast.stage.cycle.slug),
        at("office_objection", made.pk),
        at("propose_list", cast.stage.category.pk),
        at("publish_list", the_list().pk),
        at("jury_decide", cast.run.pk),
    ):
        assert client.get(address).status_code == 404, address


def test_no_page_of_the_office_tells_counts_before_closing(cast, client):
    client.force_login(cast.by)
    send(client, at("jury_open", cast.meeting.pk), custody="members:3")
    cast.vote(cast.members[1], "against")
    pages = [home_of(cast), at("results", cast.stage.cycle.slug), at("jury_close", cast.meeting.pk)]
    pages.append(at("result_bundle", cast.stage.category.pk))
    for address in pages:
        text = text_of(client.get(address))
        assert "不同意" not in text
        assert '"against":' not in text


def test_the_first_page_asks_as_much_for_one_category_as_for_all(cast, client, django_assert_max_num_queries):
    client.force_login(cast.by)
    address = at("results", cast.stage.cycle.slug)
    client.get(address)
    with django_assert_max_num_queries(12):
        text = text_of(client.get(address))
    assert "还没有任命" not in text


def test_a_category_without_a_jury_has_no_results(cast, client):
    client.force_login(cast.by)
    other = cast.stage.cycle.categories.exclude(key="organisation").first()
    other.stages.all().delete()
    assert client.get(at("category_results", other.pk)).status_code == 404
