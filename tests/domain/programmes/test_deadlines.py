"""Each category takes its papers until its own deadline, moved only on purpose."""

import re

import pytest
from tests.factories import body, member, moment, organisation
from tests.small_cycle import announce, at, prepare, sign_up
from tests.twin_award import twin_pack

from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.queries import application_by_id, edit_window
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes import actions
from zhuoyue.domain.programmes.enums import Medium, Opens
from zhuoyue.domain.programmes.models import Deadline
from zhuoyue.domain.programmes.queries import category_by_id
from zhuoyue.domain.programmes.windows import deadline_by_id, deadlines_of, window_in
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.records import subject_of
from zhuoyue.kernel.versions import StaleError

pytestmark = pytest.mark.django_db
BY_MEDIUM = """
    deadline_by_medium:
      - {medium: online, deadline: 2021-08-10}
      - {medium: paper, deadline: 2021-08-20}"""


def played(key="lanzhou-award-2021", text=None):
    organiser = body()
    secretary = member(organiser.organisation, Duty.SECRETARY)
    play = prepare(organiser, secretary, secretary, slug=key, text=text or twin_pack(key, f"奖{key}"))
    announce(play)
    return play.of("large")


def writing(play, key):
    """An application that is being written in the category `key`."""
    at("2021-06-01")
    owner = organisation()
    person = member(owner)
    registration = sign_up(play.of(key), person, owner)
    return person, applications.open_application(by=person, registration=registration)


def term(play, key, opens=Opens.APPLICATION, medium=""):
    return deadline_by_id(Deadline.objects.get(category=play.of(key).category, opens=opens, medium=medium).pk)


def is_open(play, key, moment_of, opens=Opens.APPLICATION):
    return window_in(category_by_id(play.of(key).category.pk), opens, moment(moment_of)).is_open


def test_a_category_closes_while_another_of_the_phase_is_open():
    play = played()
    person, large = writing(play, "large")
    other, craft = writing(play, "craft")
    at("2021-08-14")
    window = edit_window(application_by_id(large.pk))
    assert (window.may_edit, window.may_submit, window.is_late) == (False, False, True)
    assert window.until == moment("2021-08-13")
    with pytest.raises(access.RefusedError, match="截止"):
        applications.submit(by=person, application=application_by_id(large.pk))
    window = edit_window(application_by_id(craft.pk))
    assert (window.may_edit, window.may_submit, window.until) == (True, True, moment("2021-08-16"))
    assert access.allowed("applications.edit", other, application_by_id(craft.pk))


def test_a_category_opens_and_has_its_grace_by_its_own_submission():
    play = played()
    assert (is_open(play, "large", "2021-08-03"), is_open(play, "craft", "2021-08-03")) == (True, False)
    assert is_open(play, "large", "2021-08-13T00:09")
    assert not is_open(play, "large", "2021-08-13T00:10")
    assert not is_open(play, "craft", "2021-08-16T00:00")


def test_signing_up_without_a_submission_goes_by_the_phase():
    play = played()
    for key in ("large", "craft"):
        assert is_open(play, key, "2021-06-30T23:59", Opens.REGISTRATION)
        assert not is_open(play, key, "2021-07-01", Opens.REGISTRATION)


def test_a_phase_moves_only_the_deadlines_that_stand_at_its_end():
    play = played()
    at("2021-08-01")
    phase = play.cycle.phases.get(key="writing")
    assert phase.ends_at == moment("2021-08-16")
    later = moment("2021-08-20")
    actions.edit_phase(
        by=play.secretary, phase=phase, expected=1, starts_at=phase.starts_at, ends_at=later, reason="应各区要求"
    )
    ends = {key: term(play, key).closes_at for key in ("large", "large-service", "craft")}
    assert ends == {"large": moment("2021-08-13"), "large-service": later, "craft": later}
    moved = AuditEvent.objects.filter(verb="programmes.deadline_edited")
    assert {event.data["reason"] for event in moved} == {"应各区要求"}
    assert {event.subject for event in moved} == {subject_of(term(play, key)) for key in ("large-service", "craft")}


def test_one_deadline_moves_for_whoever_runs_the_cycle_and_saw_its_dates():
    play, others = played(), played("second-2021")
    dates = {"opens_at": moment("2021-08-01"), "closes_at": moment("2021-08-18"), "reason": "系统维护"}
    actions.edit_deadline(by=play.secretary, deadline=term(play, "large"), expected=1, **dates)
    assert is_open(play, "large", "2021-08-17")
    assert not is_open(play, "large-service", "2021-08-17")
    assert not is_open(others, "large", "2021-08-17")
    event = AuditEvent.objects.get(verb="programmes.deadline_edited")
    assert (event.scope, event.data["reason"]) == (subject_of(play.cycle), "系统维护")
    other = dates | {"closes_at": moment("2021-08-19")}
    with pytest.raises(StaleError):
        actions.edit_deadline(by=play.secretary, deadline=term(play, "large"), expected=1, **other)
    with pytest.raises(access.RefusedError):
        actions.edit_deadline(by=others.secretary, deadline=term(play, "large"), expected=2, **dates)


def test_what_has_no_date_is_closed_until_somebody_sets_one():
    counted = "deadline: {after: notice_published, offset: 30, unit: days}\n"
    play = played(text=twin_pack().replace("deadline: 2021-08-12\n", counted))
    assert term(play, "large").closes_at is None
    assert not is_open(play, "large", "2021-08-10")
    _person, large = writing(play, "large")
    at("2021-08-10")
    window = edit_window(application_by_id(large.pk))
    assert (window.may_edit, window.may_submit, window.is_late, window.until) == (True, False, False, None)
    dates = {"opens_at": None, "closes_at": moment("2021-08-18"), "reason": "通知已发"}
    actions.edit_deadline(by=play.secretary, deadline=term(play, "large"), expected=1, **dates)
    assert is_open(play, "large", "2021-08-10")


def test_what_the_rules_leave_without_an_end_stays_open():
    signing = "start: 2021-05, end: 2021-06, opens: [registration]"
    play = played(text=twin_pack().replace(signing, "start: 2021-05, open_ended: true, opens: [registration]"))
    assert is_open(play, "craft", "2030-01-01", Opens.REGISTRATION)
    assert not is_open(play, "craft", "2021-04-30", Opens.REGISTRATION)


def test_each_medium_has_its_deadline():
    play = played(text=twin_pack().replace("    grace_minutes: 10", f"    grace_minutes: 10{BY_MEDIUM}"))
    found = deadlines_of(play.of("large").category, Opens.APPLICATION)
    assert {entry.medium: entry.closes_at for entry in found} == {
        "": moment("2021-08-13"),
        Medium.ONLINE: moment("2021-08-11"),
        Medium.PAPER: moment("2021-08-21"),
    }
    assert is_open(play, "large", "2021-08-10T23:59")
    assert not is_open(play, "large", "2021-08-12")


def test_only_media_that_are_dated_have_deadlines_where_the_submission_has_none():
    text = twin_pack().replace("    deadline: 2021-08-12\n    grace_minutes: 10", f"    grace_minutes: 10{BY_MEDIUM}")
    play = played(text=text)
    assert [entry.medium for entry in deadlines_of(play.of("large").category, Opens.APPLICATION)] == ["online", "paper"]


def test_a_submission_without_dates_takes_those_of_the_phase_that_opens_it():
    bare = re.sub(r"    phase: writing\n    categories: \[large\]", "    categories: [large]", twin_pack())
    text = bare.replace("    opens_at: 2021-08-01\n    deadline: 2021-08-12\n", "")
    play = played(text=text)
    found = term(play, "large")
    assert (found.opens_at, found.closes_at) == (moment("2021-08-01"), moment("2021-09-01"))


def test_a_phase_for_some_categories_opens_nothing_for_the_others():
    signing = "start: 2021-05, end: 2021-06, opens: [registration]"
    text = twin_pack().replace(signing, f"{signing}, categories: [craft]")
    play = played(text=text)
    assert is_open(play, "craft", "2021-06-01", Opens.REGISTRATION)
    assert not is_open(play, "large", "2021-06-01", Opens.REGISTRATION)
    assert window_in(play.category, Opens.REGISTRATION, moment("2021-06-01")).receipt_rule(moment("2021-06-01")) == {
        "submission": "",
        "title": "",
        "title_en": "",
        "deadline": "",
        "grace_minutes": 0,
        "received_at": moment("2021-06-01").isoformat(),
        "within_grace": False,
    }
