"""Loading rules, making a year of them, moving a phase, sending a letter again."""

import re

import pytest
from django.core.cache import cache
from tests.factories import body, member, moment, opened_cycle, pack_text
from tests.small_award import short_standard, small_pack

from zhuoyue.domain.criteria.actions import freeze, load_standard
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes import actions, queries
from zhuoyue.domain.programmes.models import Phase, RulesVersion
from zhuoyue.domain.programmes.queries import cycles_judged_by, letters_of, newest_version
from zhuoyue.kernel import access, mail
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.records import subject_of
from zhuoyue.kernel.versions import StaleError
from zhuoyue.packs.programmes import shipped_packs
from zhuoyue.packs.source import SourceError

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return opened_cycle()


def next_year(label):
    return re.sub(r"(?m)^  label: .*2021.*$", f'  label: "{label}"', pack_text(), count=1)


def test_the_same_text_is_the_version_it_became(stage):
    again = actions.load_rules(by=stage.secretary, text=pack_text(), organiser=stage.organiser)
    assert again == stage.cycle.rules
    newer = actions.load_rules(by=None, text=next_year(2022), organiser=stage.organiser)
    assert (newer.number, newest_version(newer.programme)) == (2, newer)
    assert newest_version(newer.programme, before=2) == again


@pytest.mark.parametrize("pack", shipped_packs(), ids=lambda pack: pack.key)
def test_the_next_process_reads_the_same_rules_without_the_text(pack, monkeypatch):
    version = RulesVersion(text=pack.source.text, digest=f"next-process-{pack.key}")
    assert queries.rules_of(version) == pack.programme
    monkeypatch.setattr(queries, "_packs", {})
    assert queries.rules_of(RulesVersion(text="", digest=version.digest)) == pack.programme


def test_what_was_kept_under_another_form_of_the_rules_is_made_again(stage, monkeypatch):
    version = stage.cycle.rules
    rules = queries.rules_of(version)
    cache.set(f"rules:{queries.RELEASE}:{version.digest}", '{"format": 0}')
    monkeypatch.setattr(queries, "_packs", {})
    assert queries.rules_of(version) == rules
    monkeypatch.setattr(queries, "_packs", {})
    assert queries.rules_of(RulesVersion(text="", digest=version.digest)) == rules, "and kept in its place"


def test_a_faulty_pack_is_not_loaded(stage):
    with pytest.raises(SourceError):
        actions.load_rules(by=stage.secretary, text="format: 1", organiser=stage.organiser)
    assert RulesVersion.objects.count() == 1


def test_a_programme_belongs_to_its_organiser(stage):
    others = body()
    theirs = member(others.organisation, Duty.SECRETARY)
    with pytest.raises(access.RefusedError):
        actions.load_rules(by=theirs, text=next_year(2022), organiser=others)
    with pytest.raises(access.RefusedError):
        actions.make_cycle(by=theirs, version=stage.cycle.rules, editions={})


def test_a_year_stands_once_and_the_next_has_an_address_of_its_own(stage):
    with pytest.raises(actions.CycleStandsError, match="2021"):
        actions.make_cycle(by=stage.secretary, version=stage.cycle.rules, editions={})
    version = actions.load_rules(by=stage.secretary, text=next_year(2022), organiser=stage.organiser)
    cycle = actions.make_cycle(by=None, version=version, editions={})
    assert (cycle.slug, cycle.state) == ("saq-award-2021-2022", "draft")


@pytest.mark.parametrize("name", ["gbt-19580", "short-2021"])
def test_what_is_judged_by_is_named_by_either_key(stage, name):
    edition = load_standard(by=None, data=short_standard())
    version = actions.load_rules(by=stage.secretary, text=small_pack(), organiser=stage.organiser)
    cycle = actions.make_cycle(by=stage.secretary, version=version, editions={name: edition})
    assert cycle.categories.get(key="organisation").edition == edition
    assert cycles_judged_by([edition]) == {}
    freeze(by=None, edition=edition)
    actions.open_cycle(by=stage.secretary, cycle=cycle)
    assert cycles_judged_by([edition]) == {edition.pk: [cycle]}


def test_a_phase_moves_for_whoever_saw_its_last_dates(stage):
    phase = stage.cycle.phases.first()
    dates = {"starts_at": None, "ends_at": moment("2021-07-16"), "reason": "推迟"}
    actions.edit_phase(by=stage.secretary, phase=phase, expected=1, **dates)
    other = {**dates, "ends_at": moment("2021-07-20")}
    with pytest.raises(StaleError):
        actions.edit_phase(by=stage.secretary, phase=Phase.objects.get(pk=phase.pk), expected=1, **other)
    auditor = member(stage.organiser.organisation, Duty.AUDITOR)
    with pytest.raises(access.RefusedError):
        actions.edit_phase(by=auditor, phase=phase, expected=2, **other)


def test_a_letter_that_waits_is_not_put_back_again(stage):
    mail.queue(to="a@b.cn", subject="信", text="文", dedupe="one", scope=subject_of(stage.cycle))
    letter = letters_of(stage.cycle, stage.secretary).get()
    actions.send_letter_again(by=stage.secretary, cycle=stage.cycle, letter=letter)
    OutboxMail.objects.update(state=MailState.FAILED, attempts=20)
    actions.send_letter_again(by=stage.secretary, cycle=stage.cycle, letter=letter)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (MailState.QUEUED, 0)
    auditor = member(stage.organiser.organisation, Duty.AUDITOR)
    with pytest.raises(access.RefusedError):
        actions.send_letter_again(by=auditor, cycle=stage.cycle, letter=letter)
