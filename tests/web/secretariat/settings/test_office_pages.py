"""Phases, people, recommending bodies, letters and the record: what is done, what is refused, who may look."""

import pytest
from tests.factories import member, organisation
from tests.web.secretariat.settings_cast import Pages, plain

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications.actions import Contact, register
from zhuoyue.domain.applications.actions.bodies import add_recommender
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Membership
from zhuoyue.domain.programmes.actions import ask_hand_over
from zhuoyue.domain.programmes.models import Officer, Phase
from zhuoyue.kernel import mail
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.records import subject_of

NEW_BODY = {"name": "市轴承协会", "level": "association", "kind": "association", "officer": "范云", "email": "fan@y.cn"}


def phase_of(stage, key="registration"):
    return next(phase for phase in stage.cycle.phases.all() if key in phase.opens)


# ---- the first page and the calendar


def test_the_settings_lead_to_every_part(pages, stage):
    text = pages.get("settings")
    for name in ("standards", "packs", "people"):
        assert f"/office/settings/{name}/" in text
    for name in ("phases", "letters", "record"):
        assert f"/office/settings/cycles/{stage.cycle.slug}/{name}/" in text


def test_a_phase_is_moved_with_a_reason_that_is_recorded(pages, stage):
    phase = phase_of(stage)
    given = {"starts_at": "2021-05-01T00:00", "ends_at": "2021-07-16T00:00", "version": 1}
    pages.post("edit_phase", {**given, "reason": "应企业要求"}, phase_id=phase.pk)
    assert "7月15日24:00" in pages.get("phases", slug=stage.cycle.slug)
    assert "应企业要求" in pages.get("record", slug=stage.cycle.slug)
    event = AuditEvent.objects.get(verb="programmes.phase_edited")
    assert event.data["reason"] == "应企业要求"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"starts_at": "2021-07-01T00:00", "ends_at": "2021-06-01T00:00", "reason": "错"}, "截止应在开始之后"),
        ({"starts_at": "明天", "ends_at": "", "reason": "错"}, "明天"),
        ({"starts_at": "", "ends_at": "", "reason": "  "}, "zy-field-error"),
    ],
)
def test_a_wrong_date_is_said_and_nothing_typed_is_lost(pages, stage, given, said):
    phase = phase_of(stage)
    text = pages.post("edit_phase", {**given, "version": 1}, status=422, phase_id=phase.pk)
    assert said in text
    assert Phase.objects.get(pk=phase.pk).version == 1


def test_the_second_of_two_who_move_a_phase_sees_both_dates(pages, stage):
    phase = phase_of(stage)
    given = {"starts_at": "2021-05-01T00:00", "reason": "甲的理由", "version": 1}
    pages.post("edit_phase", {**given, "ends_at": "2021-07-16T00:00"}, phase_id=phase.pk)
    theirs = {**given, "ends_at": "2021-07-20T00:00", "reason": "乙的理由"}
    text = pages.post("edit_phase", theirs, status=409, phase_id=phase.pk)
    for kept in ("2021-07-16T00:00", "2021-07-20T00:00", "乙的理由"):
        assert kept in text


# ---- people


def test_a_colleague_is_let_in_by_a_letter_with_a_way_in(pages, stage):
    given = {"body": str(stage.organiser.pk), "name": "新人", "email": "New@Example.org", "duty": "secretary"}
    pages.post("add_colleague", given)
    person = Person.objects.get(email="new@example.org")
    letter = OutboxMail.objects.get(to=person.email)
    assert "/account/first/" in letter.text
    assert "?next=/office/" in letter.text
    assert "等待确认" in pages.get("people")
    assert subject_of(stage.organiser.organisation) == letter.scope


def test_the_last_secretary_stays(pages, stage):
    own = Membership.objects.get(person=stage.secretary)
    assert "这是最后一位秘书处工作人员" in pages.post("end_colleague", status=409, membership_id=own.pk)
    other = member(stage.organiser.organisation, Duty.SECRETARY, name="第二人")
    theirs = Membership.objects.get(person=other)
    assert "立即生效" in pages.get("end_colleague", membership_id=theirs.pk)
    pages.post("end_colleague", membership_id=theirs.pk)
    assert "第二人" not in pages.get("people")
    pages.client.force_login(other)
    pages.get("people", status=404)


def test_nobody_reaches_into_another_office(pages, stage):
    applicant = member(organisation(), Duty.REPRESENTATIVE)
    for person in (applicant,):
        pages.get("end_colleague", status=404, membership_id=Membership.objects.get(person=person).pk)
    other = Pages(pages.client)
    others = Body.objects.create(organisation=organisation("外地协会"), level=BodyLevel.CITY)
    theirs = member(others.organisation, Duty.SECRETARY)
    other.get("end_colleague", status=404, membership_id=Membership.objects.get(person=theirs).pk)
    given = {"body": str(others.pk), "name": "混入", "email": "x@y.cn", "duty": "secretary"}
    assert "zy-field-error" in other.post("add_colleague", given, status=422)
    assert not Person.objects.filter(email="x@y.cn").exists()


# ---- recommending bodies


def recommender(stage, name="市轴承协会", email="fan@y.cn"):
    kind, level = OrganisationKind.ASSOCIATION, BodyLevel.ASSOCIATION
    return add_recommender(
        by=stage.secretary, cycle=stage.cycle, name=name, level=level, kind=kind, email=email, officer="范云"
    )


def signed_up(stage, body):
    speaker = member(organisation())
    contact = Contact("联系人", "021-60000000", speaker.email)
    held = speaker.memberships.get().organisation
    register(by=speaker, category=stage.category, organisation=held, contact=contact, recommender=body)


def test_a_body_and_its_officer_are_added_and_ended(pages, stage):
    slug = stage.cycle.slug
    assert "还没有推荐单位" in pages.get("bodies", slug=slug)
    pages.post("add_body", NEW_BODY, slug=slug)
    text = plain(pages.get("bodies", slug=slug))
    assert "市轴承协会" in text
    assert "范云" in text
    assert "/recommend/" in OutboxMail.objects.get(to="fan@y.cn").text
    signed_up(stage, Body.objects.get(organisation__name="市轴承协会"))
    officer = Officer.objects.get()
    pages.post("end_officer", slug=slug, officer_id=officer.pk)
    text = plain(pages.get("bodies", slug=slug))
    assert "没有经办人" in text
    assert "行业协会 报名1，提交0" in text
    for name in ("end_officer", "confirm_officer"):
        pages.get(name, status=404, slug=slug, officer_id=officer.pk)


def test_an_officer_of_the_year_before_is_confirmed_on_the_page(pages, stage):
    slug = stage.cycle.slug
    recommender(stage)
    Officer.objects.update(confirmed_at=None)
    assert "上一年度经办人，待确认" in pages.get("bodies", slug=slug)
    officer = Officer.objects.get()
    pages.post("confirm_officer", slug=slug, officer_id=officer.pk)
    assert "上一年度经办人" not in pages.get("bodies", slug=slug)
    assert Officer.objects.get().confirmed_at is not None


def test_of_two_organisations_of_one_name_the_page_asks_which(pages, stage):
    slug = stage.cycle.slug
    strangers = [organisation("市轴承协会") for _one in range(2)]
    text = plain(pages.post("add_body", NEW_BODY, status=422, slug=slug))
    assert all(stranger.credit_code in text for stranger in strangers)
    assert "都不是，另设一个同名单位" in text
    assert not Body.objects.filter(organisation__name="市轴承协会").exists()
    pages.post("add_body", {**NEW_BODY, "which": str(strangers[1].pk)}, slug=slug)
    assert Body.objects.get(organisation__name="市轴承协会").organisation == strangers[1]
    assert strangers[1].credit_code in pages.get("bodies", slug=slug)
    pages.post("add_body", {**NEW_BODY, "which": "other", "email": "b@y.cn"}, slug=slug)
    assert Body.objects.filter(organisation__name="市轴承协会").count() == 2


def test_a_form_with_a_fault_keeps_what_was_typed(pages, stage):
    text = pages.post("add_body", {**NEW_BODY, "email": "没有"}, status=422, slug=stage.cycle.slug)
    assert "市轴承协会" in text
    assert not Body.objects.filter(organisation__name="市轴承协会").exists()


def test_bodies_ask_as_much_for_one_as_for_many(pages, stage, django_assert_max_num_queries):
    signed_up(stage, recommender(stage))
    pages.get("bodies", slug=stage.cycle.slug)
    with django_assert_max_num_queries(9):
        pages.get("bodies", slug=stage.cycle.slug)
    for number in range(2):
        signed_up(stage, recommender(stage, f"协会{number}", f"p{number}@y.cn"))
    with django_assert_max_num_queries(9):
        assert "协会1" in pages.get("bodies", slug=stage.cycle.slug)


# ---- letters


@pytest.fixture
def letter(stage):
    recommender(stage)
    found = OutboxMail.objects.get(to="fan@y.cn")
    OutboxMail.objects.filter(pk=found.pk).update(state=MailState.FAILED, last_error="550 no such user")
    found.refresh_from_db()
    return found


def test_a_letter_is_read_and_sent_again(pages, stage, letter):
    slug = stage.cycle.slug
    assert letter.subject in pages.get("letters", slug=slug)
    assert letter.subject not in pages.get("letters", slug=slug, query="?state=sent")
    assert letter.subject in pages.get("letters", slug=slug, query="?to=fan")
    assert "550 no such user" in pages.get("letter", slug=slug, letter_id=letter.pk)
    pages.post("send_letter_again", slug=slug, letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (MailState.QUEUED, "")
    pages.post("send_letter_again", slug=slug, letter_id=letter.pk)
    assert AuditEvent.objects.filter(verb="programmes.letter_sent_again").count() == 1


def test_a_way_in_is_covered_until_it_is_handed_over_which_is_recorded(pages, stage, letter, settings):
    slug, token = stage.cycle.slug, letter.text.split("/first/")[1].split("/")[0]
    settings.EMAIL_HOST = ""
    text = pages.get("letter", slug=slug, letter_id=letter.pk)
    assert token not in text
    assert "登录链接已遮盖" in text
    text = pages.post("hand_over_letter", status=409, slug=slug, letter_id=letter.pk)
    assert token not in text
    pages.post("ask_hand_over", slug=slug, letter_id=letter.pk)
    text = pages.get("letter", slug=slug, letter_id=letter.pk)
    assert "您已请同事转交" in text
    assert "显示链接以便转交" not in text
    assert "同事请您转交" not in pages.get("letters", slug=slug)
    pages.client.force_login(member(stage.organiser.organisation, Duty.SECRETARY))
    assert "同事请您转交" in pages.get("letters", slug=slug)
    assert "请您转交" in pages.get("letter", slug=slug, letter_id=letter.pk)
    text = pages.post("hand_over_letter", {"once": "a-key"}, status=200, slug=slug, letter_id=letter.pk)
    assert token in text
    assert "请把链接转交收件人本人" in text
    event = AuditEvent.objects.get(verb="programmes.letter_handed_over")
    assert event.data == {"to": "fan@y.cn"}
    assert token not in pages.get("letter", slug=slug, letter_id=letter.pk)


def test_a_letter_that_leaves_by_itself_is_not_handed_over(pages, stage, letter, settings):
    settings.EMAIL_HOST = "mail.example.org"
    slug, token = stage.cycle.slug, letter.text.split("/first/")[1].split("/")[0]
    ask_hand_over(by=member(stage.organiser.organisation, Duty.SECRETARY), cycle=stage.cycle, letter=letter)
    assert token in pages.post("hand_over_letter", status=200, slug=slug, letter_id=letter.pk)  # it was refused
    OutboxMail.objects.filter(pk=letter.pk).update(state=MailState.SENT)
    assert "显示链接以便转交" not in pages.get("letter", slug=slug, letter_id=letter.pk)
    text = pages.post("hand_over_letter", status=409, slug=slug, letter_id=letter.pk)
    assert "不用转交" in text
    assert token not in text


def test_a_link_that_sets_a_password_is_read_by_nobody_else(pages, stage, settings):
    settings.EMAIL_HOST = ""
    link = "https://x.cn/account/password/reset/2b-c1-secretkey/"
    mail.queue(to="a@b.cn", subject="重设密码", text=f"请打开：{link}", dedupe="reset")
    found = OutboxMail.objects.get(dedupe="reset")
    slug = stage.cycle.slug
    text = pages.get("letter", slug=slug, letter_id=found.pk)
    assert "登录链接已遮盖" in text
    assert "显示链接以便转交" not in text
    ask_hand_over(by=member(stage.organiser.organisation, Duty.SECRETARY), cycle=stage.cycle, letter=found)
    for content in (text, pages.post("hand_over_letter", status=200, slug=slug, letter_id=found.pk)):
        assert "secretkey" not in content


def test_an_auditor_sees_letters_without_their_ways_in(watching, stage, letter, settings):
    settings.EMAIL_HOST = ""
    text = watching.get("letter", slug=stage.cycle.slug, letter_id=letter.pk)
    assert letter.text.split("/first/")[1].split("/")[0] not in text
    for name in ("send_letter_again", "ask_hand_over", "hand_over_letter"):
        watching.post(name, status=404, slug=stage.cycle.slug, letter_id=letter.pk)


def test_letters_of_others_stay_theirs(pages, stage, letter):
    mail.queue(to="a@b.cn", subject="外地的信", text="内容", dedupe="other", scope="programmes.cycle:0")
    other = OutboxMail.objects.get(dedupe="other")
    assert "外地的信" not in pages.get("letters", slug=stage.cycle.slug)
    pages.get("letter", status=404, slug=stage.cycle.slug, letter_id=other.pk)
    mail.queue(to="a@b.cn", subject="没有归属的信", text="内容", dedupe="loose")
    assert "没有归属的信" in pages.get("letters", slug=stage.cycle.slug)


def test_letters_of_a_persons_own_account_are_for_nobody_else(pages, stage):
    for number in (1, 2):
        mail.queue(to="a@b.cn", subject=f"验证码：12345{number}", text=f"12345{number}", dedupe=f"account:{number}")
    assert "验证码" not in pages.get("letters", slug=stage.cycle.slug)
    for found in OutboxMail.objects.all():
        pages.get("letter", status=404, slug=stage.cycle.slug, letter_id=found.pk)


# ---- the record


def test_the_record_says_who_did_what_and_is_filtered(pages, stage):
    slug = stage.cycle.slug
    text = plain(pages.get("record", slug=slug))
    assert "启动年度" in text
    assert "秘书" in text
    rows = plain(pages.get("record", slug=slug, query="?verb=programmes.cycle_made")).split("理由")[-1]
    assert "设立年度" in rows
    assert "启动年度" not in rows
    assert "没有符合条件的记录" in pages.get("record", slug=slug, query="?until=2020-01-01")
    assert "启动年度" in pages.get("record", slug=slug, query="?since=2021-06-10&until=2021-06-10")


def test_verification_finds_a_changed_entry(pages, stage):
    slug = stage.cycle.slug
    pages.post("verify_record", slug=slug)
    assert "没有一条被改动" in pages.get("record", slug=slug)
    AuditEvent.objects.filter(verb="programmes.cycle_made").update(data={"rules": "another"})
    assert "核验没有通过" in pages.post("verify_record", status=409, slug=slug)


def test_durability_is_named_either_way(pages, monkeypatch):
    monkeypatch.setattr("zhuoyue.web.secretariat.settings.views.record.faults_of", lambda _alias: [])
    assert "设置正常" in pages.get("health")
    monkeypatch.setattr("zhuoyue.web.secretariat.settings.views.record.faults_of", lambda _alias: ["synchronous is 1"])
    assert "synchronous is 1" in pages.get("health")


def test_an_auditor_watches_and_changes_nothing(watching, stage):
    slug = stage.cycle.slug
    for name in ("phases", "bodies", "letters", "record"):
        watching.get(name, slug=slug)
    for name in ("people", "settings", "health"):
        watching.get(name)
    watching.post("verify_record", slug=slug)
    watching.get("edit_phase", status=404, phase_id=phase_of(stage).pk)
    watching.get("add_body", status=404, slug=slug)
    watching.get("add_colleague", status=404)
    own = Membership.objects.get(person=stage.secretary)
    watching.get("end_colleague", status=404, membership_id=own.pk)


def test_lists_ask_no_more_than_nine_times(pages, stage, letter, django_assert_max_num_queries):
    slug = stage.cycle.slug
    for name, kwargs in (("people", {}), ("letters", {"slug": slug}), ("settings", {})):
        pages.get(name, **kwargs)
        with django_assert_max_num_queries(9):
            pages.get(name, **kwargs)
