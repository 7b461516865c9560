"""From the jury's decisions to the roll: versions of the list, two people, notice, objections, approval, awards."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories import moment, opened_cycle, pack_text, person
from tests.jury_cast import make_jury
from tests.objections import objection_to

from zhuoyue.domain.outcomes import actions, queries
from zhuoyue.domain.outcomes.actions import OutcomeError
from zhuoyue.domain.outcomes.actions.notices import notice_days
from zhuoyue.domain.outcomes.enums import ListState, NoticeState
from zhuoyue.domain.outcomes.models import Award, Certificate, Objection, PublicNotice, ResultList
from zhuoyue.domain.outcomes.queries import award_by_id, list_by_id, objection_by_id
from zhuoyue.domain.outcomes.rules import GET_CERTIFICATE, MANAGE, OBJECT, WATCH
from zhuoyue.domain.outcomes.tasks import end_notices
from zhuoyue.domain.review.actions import stages
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.mail.models import OutboxMail
from zhuoyue.packs.programmes.schema.stages import PublicNotice as NoticeRules

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    clock.stand_at(moment("2021-10-20T10:00"))
    return make_jury()


def object_to(notice, **more):
    return objection_by_id(objection_to(notice, **more).pk)


def after(notice):
    clock.stand_at(moment(f"{notice.ends_on + timedelta(days=1)}T09:00"))


def test_a_list_waits_for_the_end_of_the_jury(cast):
    with pytest.raises(OutcomeError, match="还没有结束"):
        cast.propose()
    cast.vote_all()
    cast.decide(0, 1)
    with pytest.raises(OutcomeError, match="还没有结束"):
        cast.propose()
    stages.decide_stage(by=cast.by, run=cast.run)
    assert len(cast.propose().entries) == 2


def test_a_category_without_a_jury_has_no_list(cast):
    category = cast.stage.cycle.categories.exclude(key="organisation").first()
    with pytest.raises(OutcomeError):
        actions.propose_list(by=cast.by, category=category)


def test_only_the_office_proposes(cast):
    cast.decided()
    for who in (cast.auditor, cast.chair, person()):
        with pytest.raises(RefusedError):
            actions.propose_list(by=who, category=cast.stage.category, change="改")


def test_a_later_version_says_why(cast):
    first = cast.decided()
    with pytest.raises(MoveError, match="理由"):
        cast.propose()
    second = cast.propose(change="更正名称")
    assert (second.number, second.change) == (2, "更正名称")
    assert list_by_id(first.pk).state == ListState.SUPERSEDED
    assert queries.current_list(cast.stage.category) == second
    assert [found.number for found in queries.lists_of(cast.stage.category)] == [2, 1]


def test_a_list_may_be_empty(cast):
    cast.vote_all(against=5)
    cast.decide()
    stages.decide_stage(by=cast.by, run=cast.run)
    assert cast.propose().entries == []


def test_a_second_person_publishes(cast):
    result = cast.decided()
    with pytest.raises(RefusedError, match="另一位"):
        actions.publish_notice(by=cast.by, result_list=result, title="公示", text="")
    with pytest.raises(RefusedError):
        actions.publish_notice(by=cast.auditor, result_list=result, title="公示", text="")
    notice = actions.publish_notice(by=cast.second, result_list=result, title="公示", text="")
    # published on Wednesday the 20th; five working days from the day after
    assert (notice.starts_on, notice.ends_on) == (date(2021, 10, 21), date(2021, 10, 27))
    assert (notice.state, list_by_id(result.pk).state) == (NoticeState.RUNNING, ListState.ON_NOTICE)


def test_a_list_goes_on_notice_once_even_from_a_page_opened_before(cast):
    result = cast.decided()
    early = list_by_id(result.pk)
    actions.publish_notice(by=cast.second, result_list=result, title="公示", text="")
    with pytest.raises(OutcomeError, match="已经公示过"):
        actions.publish_notice(by=cast.second, result_list=early, title="公示", text="")
    assert PublicNotice.objects.count() == 1


RULES = {"key": "k", "title": {"zh": "公示", "en": "Notice"}, "of": "awarded"}


@pytest.mark.parametrize(
    ("rule", "day", "first", "last"),
    [
        ({"days": 5}, "2021-09-30", "2021-10-08", "2021-10-13"),  # the holiday, and Saturday the 9th is worked
        ({"days": 5, "starts": "on_publication"}, "2021-10-20", "2021-10-20", "2021-10-26"),
        ({"days": 7, "unit": "days"}, "2021-10-20", "2021-10-21", "2021-10-27"),
        ({"days": 1, "unit": "days", "starts": "on_publication"}, "2021-10-20", "2021-10-20", "2021-10-20"),
        ({}, "2021-10-22", "2021-10-25", "2021-10-25"),
    ],
)
def test_the_days_are_those_of_the_rule(rule, day, first, last):
    rules = NoticeRules.model_validate({**RULES, **rule})
    days = notice_days(rules, date.fromisoformat(day))
    assert [found.isoformat() for found in days] == [first, last]


def test_without_a_rule_the_notice_runs_for_the_day_itself():
    assert notice_days(None, date(2021, 10, 20)) == (date(2021, 10, 20), date(2021, 10, 20))


def test_a_notice_ends_when_its_last_day_is_over(cast):
    notice = cast.on_notice()
    clock.stand_at(moment(f"{notice.ends_on}T23:59"))
    end_notices(clock.now())
    assert PublicNotice.objects.get().state == NoticeState.RUNNING
    after(notice)
    end_notices(clock.now())
    end_notices(clock.now())
    assert PublicNotice.objects.get().state == NoticeState.ENDED


def test_objections_come_while_the_notice_runs(cast):
    notice = cast.on_notice()
    objection = object_to(notice)
    assert objection.number.startswith("YY-")
    assert queries.objection_by_number(objection.number) == objection
    after(notice)
    with pytest.raises(RefusedError, match="不再受理"):
        object_to(notice)
    assert not access.allowed(OBJECT, AnonymousUser(), None)


def test_a_rule_may_take_no_objections(cast):
    notice = cast.on_notice()
    notice.rule["objections"] = False
    assert not access.allowed(OBJECT, AnonymousUser(), notice)


def test_an_objection_is_ruled_on_once_with_its_reason(cast):
    objection = object_to(cast.on_notice())
    with pytest.raises(RefusedError):
        actions.rule_objection(by=cast.auditor, objection=objection, upheld=False, ruling="不成立")
    with pytest.raises(MoveError, match="理由"):
        actions.rule_objection(by=cast.by, objection=objection, upheld=False, ruling=" ")
    actions.rule_objection(by=cast.by, objection=objection, upheld=False, ruling="经核实与年报一致。")
    with pytest.raises(MoveError):
        actions.rule_objection(by=cast.by, objection=objection, upheld=True, ruling="又成立")
    assert Objection.objects.get().ruling == "经核实与年报一致。"


def approve(cast, notice, number="沪质协〔2021〕30号", by=None):
    actions.approve(by=by or cast.second, result_list=list_by_id(notice.result_list_id), approval_number=number)


def test_approval_waits_for_the_days_and_the_rulings(cast):
    notice = cast.on_notice()
    objection = object_to(notice)
    with pytest.raises(RefusedError, match="还没有结束"):
        approve(cast, notice)
    after(notice)
    with pytest.raises(RefusedError, match="异议没有处理完"):
        approve(cast, notice)
    actions.rule_objection(by=cast.by, objection=objection, upheld=False, ruling="不成立。")
    with pytest.raises(RefusedError, match="另一位"):
        approve(cast, notice, by=cast.by)
    with pytest.raises(OutcomeError, match="文号"):
        approve(cast, notice, number=" ")
    approve(cast, notice)
    assert ResultList.objects.get().approval_number == "沪质协〔2021〕30号"


def test_a_list_without_a_notice_is_not_approved(cast):
    result = cast.decided()
    with pytest.raises(RefusedError, match="公示期还没有结束"):
        actions.approve(by=cast.second, result_list=result, approval_number="1")


def test_an_objection_upheld_asks_for_a_corrected_list_and_a_new_notice(cast):
    notice = cast.on_notice()
    struck = cast.applications[1]
    upheld, open_one = object_to(notice), object_to(notice, text="名称有误。")
    actions.rule_objection(by=cast.by, objection=upheld, upheld=True, ruling="数据失实。")
    after(notice)
    with pytest.raises(RefusedError, match="异议没有处理完"):
        approve(cast, notice)
    corrected = cast.propose(change="一家单位数据失实，取消拟授奖。", leave_out=[str(struck.pk)])
    assert [entry["application"] for entry in corrected.entries] == [str(cast.applications[0].pk)]
    assert queries.successor_of(list_by_id(notice.result_list_id)) is None
    again = actions.publish_notice(by=cast.second, result_list=corrected, title="再次公示", text="")
    assert queries.successor_of(list_by_id(notice.result_list_id)) == again
    after(again)
    with pytest.raises(RefusedError, match="异议没有处理完"):  # the one to the first version is still open
        approve(cast, again)
    actions.rule_objection(by=cast.by, objection=open_one, upheld=False, ruling="同一事实，已处理。")
    assert [found.first.number for found in queries.objections_of(cast.stage.category)] != []
    approve(cast, again)
    actions.announce(by=cast.second, result_list=list_by_id(corrected.pk))
    assert Award.objects.get().application == cast.applications[0]


def test_upheld_against_the_list_in_force_bars_approval(cast):
    notice = cast.on_notice()
    actions.rule_objection(by=cast.by, objection=object_to(notice), upheld=True, ruling="失实。")
    after(notice)
    with pytest.raises(RefusedError, match="有异议成立"):
        approve(cast, notice)


def test_the_notice_of_a_corrected_list_takes_no_more_objections(cast):
    notice = cast.on_notice()
    cast.propose(change="更正名称")
    assert PublicNotice.objects.get(pk=notice.pk).state == NoticeState.ENDED


def test_announcing_gives_awards_certificates_reports_and_mails(cast):
    result = cast.announced()
    assert result.announced_at is not None
    certificates = Certificate.objects.order_by("number")
    assert [found.number for found in certificates] == ["SAQ-2021-ORGANISATION-0001", "SAQ-2021-ORGANISATION-0002"]
    award = Award.objects.first()
    assert (award.given_on, award.valid_until) == (date(2021, 10, 28), date(2025, 10, 27))
    subjects = list(OutboxMail.objects.values_list("subject", flat=True))
    assert sum("获奖通知" in subject for subject in subjects) == 2
    assert sum("反馈报告" in subject for subject in subjects) == 2
    assert set(queries.award_roll()) == set(Award.objects.all())
    assert queries.certificate_by_code(certificates[0].code).award.name
    assert queries.certificate_by_code("nothing") is None


def test_announcing_needs_approval_and_a_second_person(cast):
    notice = cast.on_notice()
    with pytest.raises(MoveError):
        actions.announce(by=cast.second, result_list=list_by_id(notice.result_list_id))
    after(notice)
    approve(cast, notice)
    with pytest.raises(RefusedError):
        actions.announce(by=cast.by, result_list=list_by_id(notice.result_list_id))


def test_a_list_corrected_after_announcement_keeps_the_certificates(cast):
    cast.announced()
    first, revoked = Award.objects.order_by("certificate__number")
    before = set(Certificate.objects.values_list("number", flat=True))
    actions.revoke_award(by=cast.by, award=award_by_id(revoked.pk), reason="弄虚作假")
    corrected = cast.propose(change="撤销一家")
    assert [entry["application"] for entry in corrected.entries] == [str(first.application_id)]
    again = actions.publish_notice(by=cast.second, result_list=corrected, title="更正公示", text="")
    after(again)
    approve(cast, again)
    assert actions.announce(by=cast.second, result_list=list_by_id(corrected.pk)) == []
    assert set(Certificate.objects.values_list("number", flat=True)) == before


def test_a_revoked_award_says_when_and_why(cast):
    cast.announced()
    award = award_by_id(Award.objects.first().pk)
    with pytest.raises(MoveError, match="理由"):
        actions.revoke_award(by=cast.by, award=award, reason="")
    with pytest.raises(RefusedError):
        actions.revoke_award(by=cast.auditor, award=award, reason="弄虚作假")
    actions.revoke_award(by=cast.by, award=award, reason="弄虚作假")
    stored = Award.objects.get(pk=award.pk)
    assert (stored.state, stored.revocation_reason, stored.revoked_on) == (
        "revoked",
        "弄虚作假",
        clock.today().date(),
    )
    assert OutboxMail.objects.filter(subject__contains="撤销").count() == 1


def test_who_may_have_a_certificate_and_watch(cast):
    cast.announced()
    award = award_by_id(Award.objects.first().pk)
    owner = award.organisation.memberships.first().person
    assert access.allowed(GET_CERTIFICATE, owner, award)
    assert access.allowed(GET_CERTIFICATE, cast.auditor, award)
    assert not access.allowed(GET_CERTIFICATE, person(), award)
    assert not access.allowed(GET_CERTIFICATE, owner, None)
    assert access.allowed(WATCH, cast.auditor, cast.stage.category)
    assert not access.allowed(MANAGE, cast.auditor, cast.stage.category)
    assert not access.allowed(WATCH, cast.auditor, None)
    assert list(queries.awards_for_user(owner)) == [award]


VALIDITY = "  validity: # 操作方设定\n    years: 4\n    anchor: award_signed\n"


@pytest.mark.parametrize(
    ("rule", "given", "last"),
    [
        (VALIDITY, "2023-03-01", "2027-02-28"),
        (VALIDITY.replace("4", "3"), "2024-02-29", "2027-02-28"),
        ("", "2021-10-28", None),
    ],
)
def test_validity_ends_on_a_day_that_exists(rule, given, last):
    text = pack_text()
    assert VALIDITY in text
    category = opened_cycle(text=text.replace(VALIDITY, rule)).category
    found = actions.valid_until(category, date.fromisoformat(given))
    assert found == (date.fromisoformat(last) if last else None)
