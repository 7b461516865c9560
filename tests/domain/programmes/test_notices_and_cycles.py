"""Rules loaded, cycles made and opened, notices from draft to withdrawal."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories import body, member, moment, opened_cycle, pack_text, person
from tests.small_award import short_standard

from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes import actions, queries, rules
from zhuoyue.domain.programmes.models import Cycle, NoticeReading, Phase, RulesVersion
from zhuoyue.kernel import access
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.versions import StaleError


@pytest.fixture
def stage(db):
    return opened_cycle()


def _draft(stage, **more):
    fields = {"title": "通知", "body": "正文", "attachments": ("表一", "表二"), **more}
    drafted = actions.draft_notice(
        by=stage.secretary, programme=stage.cycle.programme, issuer=stage.organiser, cycle=stage.cycle, **fields
    )
    return queries.notice_by_id(drafted.pk)


def test_the_same_pack_is_the_version_that_it_is_already(stage):
    again = actions.load_rules(by=stage.secretary, text=pack_text(), organiser=stage.organiser)
    assert again.pk == stage.cycle.rules_id
    changed = actions.load_rules(by=stage.secretary, text=pack_text() + "\n# 备注\n", organiser=stage.organiser)
    assert changed.number == 2
    assert RulesVersion.objects.count() == 2


def test_only_the_organiser_loads_its_rules(stage):
    other = member(body("另一机构").organisation, Duty.SECRETARY)
    with pytest.raises(RefusedError):
        actions.load_rules(by=other, text=pack_text(), organiser=stage.organiser)
    with pytest.raises(RefusedError):
        actions.load_rules(by=person(), text=pack_text(), organiser=stage.organiser)
    assert actions.load_rules(by=None, text=pack_text(), organiser=stage.organiser).pk == stage.cycle.rules_id


def test_a_year_is_made_once(stage):
    with pytest.raises(actions.CycleStandsError, match="已经设立"):
        actions.make_cycle(by=stage.secretary, version=stage.cycle.rules, editions={})
    with pytest.raises(RefusedError):
        actions.make_cycle(by=person(), version=stage.cycle.rules, editions={})


def test_a_later_year_gets_its_own_address(stage):
    version = stage.cycle.rules
    Cycle.objects.filter(pk=stage.cycle.pk).update(label="2020")
    later = actions.make_cycle(by=None, version=version, editions={})
    assert later.slug == "saq-award-2021-2021"


def test_a_phase_moves_with_its_reason(stage):
    phase = queries.phase_by_id(stage.cycle.phases.get(key=Phase.objects.order_by("position").first().key).pk)
    actions.edit_phase(
        by=stage.secretary,
        phase=phase,
        expected=phase.version,
        starts_at=moment("2021-05-02"),
        ends_at=moment("2021-07-01"),
        reason="顺延",
    )
    assert AuditEvent.objects.get(verb="programmes.phase_edited").data["reason"] == "顺延"
    with pytest.raises(StaleError):
        actions.edit_phase(
            by=stage.secretary,
            phase=queries.phase_by_id(phase.pk),
            expected=1,
            starts_at=moment("2021-05-03"),
            ends_at=None,
            reason="再顺延",
        )
    with pytest.raises(RefusedError):
        actions.edit_phase(by=person(), phase=phase, expected=2, starts_at=None, ends_at=None, reason="x")


def test_opening_locks_the_standards_and_closing_ends(db):
    organiser = body("机构")
    secretary = member(organiser.organisation, Duty.SECRETARY)
    edition = load_standard(by=None, data=short_standard())
    version = actions.load_rules(by=secretary, text=pack_text(), organiser=organiser)
    cycle = actions.make_cycle(by=secretary, version=version, editions={"gbt-19580-2012": edition})
    assert cycle.categories.get(key="organisation").edition == edition
    actions.open_cycle(by=secretary, cycle=cycle)
    edition.refresh_from_db()
    assert edition.state == "frozen"
    actions.close_cycle(by=secretary, cycle=cycle)
    assert cycle.state == "closed"
    with pytest.raises(MoveError):
        actions.open_cycle(by=secretary, cycle=cycle)


def test_an_edition_that_nobody_confirmed_keeps_the_cycle_from_starting(db):
    organiser = body("机构")
    secretary = member(organiser.organisation, Duty.SECRETARY)
    edition = load_standard(by=None, data=short_standard())
    Edition.objects.filter(pk=edition.pk).update(state="draft")
    version = actions.load_rules(by=secretary, text=pack_text(), organiser=organiser)
    cycle = actions.make_cycle(by=secretary, version=version, editions={"gbt-19580-2012": edition})
    with pytest.raises(MoveError):
        actions.open_cycle(by=secretary, cycle=cycle)
    cycle.refresh_from_db()
    assert cycle.state == "draft"


def test_publishing_opens_the_cycle_it_announces(db):
    organiser = body("机构")
    secretary = member(organiser.organisation, Duty.SECRETARY)
    version = actions.load_rules(by=secretary, text=pack_text(), organiser=organiser)
    cycle = actions.make_cycle(by=secretary, version=version, editions={})
    drafted = actions.draft_notice(
        by=secretary, programme=cycle.programme, issuer=organiser, cycle=cycle, title="通知", body="正文"
    )
    actions.publish_notice(by=secretary, notice=queries.notice_by_id(drafted.pk))
    cycle.refresh_from_db()
    assert cycle.state == "open"


def test_a_notice_without_a_cycle_is_only_published(stage):
    drafted = actions.draft_notice(
        by=stage.secretary, programme=stage.cycle.programme, issuer=stage.organiser, title="说明", body="正文"
    )
    actions.publish_notice(by=stage.secretary, notice=queries.notice_by_id(drafted.pk))
    assert queries.notice_by_id(drafted.pk).state == "published"


def test_attachments_change_with_a_draft_and_stay_when_not_named(stage):
    notice = _draft(stage)
    actions.edit_notice(by=stage.secretary, notice=notice, expected=1, title="通知二")
    assert [entry.title for entry in queries.notice_by_id(notice.pk).attachments.all()] == ["表一", "表二"]
    actions.edit_notice(by=stage.secretary, notice=notice, expected=2, attachments=("表一", "表二"), body="新")
    actions.edit_notice(by=stage.secretary, notice=notice, expected=3, attachments=("表二",), body="再新")
    assert [entry.title for entry in queries.notice_by_id(notice.pk).attachments.all()] == ["表二"]


def test_published_it_is_not_edited_and_withdrawn_with_a_reason(stage):
    notice = _draft(stage)
    actions.publish_notice(by=stage.secretary, notice=notice)
    with pytest.raises(RefusedError, match="不能再改"):
        actions.edit_notice(by=stage.secretary, notice=notice, expected=1, title="x")
    with pytest.raises(MoveError):
        actions.withdraw_notice(by=stage.secretary, notice=notice, reason="")
    actions.withdraw_notice(by=stage.secretary, notice=notice, reason="有误")
    assert notice.state == "withdrawn"


def test_strangers_draft_and_publish_nothing(stage):
    notice = _draft(stage)
    with pytest.raises(RefusedError):
        actions.publish_notice(by=person(), notice=notice)
    with pytest.raises(RefusedError):
        actions.draft_notice(by=person(), programme=stage.cycle.programme, issuer=stage.organiser, title="x", body="y")


def test_reading_counts_once_and_drafts_are_hidden(stage):
    notice = _draft(stage)
    reader = person()
    with pytest.raises(RefusedError) as error:
        actions.note_reading(by=reader, notice=notice)
    assert error.value.hidden
    actions.publish_notice(by=stage.secretary, notice=notice)
    for _ in range(2):
        actions.note_reading(by=reader, notice=notice)
    assert NoticeReading.objects.count() == 1
    assert queries.notices_of(stage.cycle)[0].read_by == 1


def test_who_works_in_the_office(stage):
    auditor = member(stage.organiser.organisation, Duty.AUDITOR)
    officer = member(stage.organiser.organisation, Duty.OFFICER)
    cases = {stage.secretary: (True, True, True), auditor: (True, True, False), officer: (False, False, False)}
    for who, (enters, watches, manages) in cases.items():
        assert access.allowed(rules.OFFICE, who) is enters
        assert access.allowed(rules.WATCH_CYCLE, who, stage.cycle) is watches
        assert access.allowed(rules.MANAGE_CYCLE, who, stage.cycle) is manages
    for name in (rules.OFFICE, rules.LOAD_PACK):
        assert not access.allowed(name, AnonymousUser())
    for name in (rules.WATCH_CYCLE, rules.MANAGE_CYCLE, rules.SEE_CYCLE, rules.READ_NOTICE):
        assert not access.allowed(name, stage.secretary, None)


def test_a_draft_cycle_is_seen_by_nobody_outside(stage):
    assert access.allowed(rules.SEE_CYCLE, AnonymousUser(), stage.cycle)
    stage.cycle.state = "draft"
    assert not access.allowed(rules.SEE_CYCLE, AnonymousUser(), stage.cycle)


def test_the_switch_shows_own_cycles_running_ones_first(stage):
    assert [cycle.pk for cycle in queries.cycle_choices(stage.secretary)] == [stage.cycle.pk]
    assert queries.cycle_choices(person()) == []
    assert [programme.pk for programme in queries.programmes_run_by(stage.secretary)] == [stage.cycle.programme_id]
    assert queries.version_by_id(stage.cycle.rules_id) == stage.cycle.rules


@pytest.mark.parametrize("fields", [{"state": "published"}, {"published_at": None}, {"version": 9}, {"issuer": None}])
def test_nothing_of_a_notice_but_its_text_is_written(stage, fields):
    facts = {"programme": stage.cycle.programme, "issuer": stage.organiser}
    notice = actions.draft_notice(by=stage.secretary, title="甲", **facts)
    with pytest.raises(TypeError, match=next(iter(fields))):
        actions.edit_notice(by=stage.secretary, notice=notice, expected=1, title="乙", **fields)
    if "issuer" not in fields:
        with pytest.raises(TypeError):
            actions.draft_notice(by=stage.secretary, **facts, **fields)
    notice = queries.notice_by_id(notice.pk)
    assert (notice.title, notice.state, notice.published_at) == ("甲", "draft", None)
