"""A recommendation level's own time: shown before, kept afterwards, prolonged with a reason, counted as late."""

from datetime import timedelta

import pytest
from tests import applying, factories

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.actions.bodies import extend_term
from zhuoyue.domain.applications.errors import ExtensionError
from zhuoyue.domain.applications.models import Extension
from zhuoyue.domain.applications.terms import dated_levels, term_of, terms_by_category, terms_of
from zhuoyue.domain.office.queries.overview import overview_of
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db
LEVEL = "    categories: [organisation]\n    opinion: true\n    seal: true\n"
UNTIL = factories.moment("2021-08-21")


def dated(extra="    deadline: 2021-08-20\n"):
    text = factories.pack_text()
    assert LEVEL in text
    return text.replace(LEVEL, f"{LEVEL}{extra}")


def give(case, outcome="recommend"):
    actions.give_opinion(by=case.officer, application=case.application, outcome=outcome, opinion="同意。")


def extend(case, until="2021-08-25", by=None, level="industry-or-group"):
    return extend_term(
        by=by or case.stage.secretary,
        cycle=case.stage.cycle,
        body=case.body,
        level=level,
        until=factories.moment(until),
        reason="材料送达晚",
    )


def test_the_last_moment_counts_and_the_next_does_not():
    case = applying.sent(text=dated())
    assert term_of(case.stage.category, case.body.pk).until == UNTIL
    clock.stand_at(UNTIL)
    for outcome in ("recommend", "decline"):
        with pytest.raises(access.RefusedError, match="推荐截止时间已过"):
            give(case, outcome)
    clock.stand_at(UNTIL - timedelta(seconds=1))
    give(case)
    clock.stand_at(UNTIL)
    with pytest.raises(access.RefusedError, match="不能再撤回"):
        actions.take_back_opinion(by=case.officer, application=case.application)
    assert case.application.state == "recommended"


def test_a_level_without_a_time_of_its_own_takes_that_of_its_papers():
    case = applying.sent(text=dated("    submission: application\n"))
    (level, until) = dated_levels(case.stage.cycle)["industry-or-group"]
    assert level.key == "industry-or-group"
    assert until >= factories.moment("2021-08-16")
    assert terms_by_category(case.body, [case.stage.category])[case.stage.category.pk].until == until


def test_rules_without_a_time_raise_no_lateness():
    case = applying.sent()
    clock.stand_at(factories.moment("2022-01-01"))
    assert terms_of(case.stage.cycle, case.body.pk) == []
    assert terms_by_category(case.body, []) == {}
    assert term_of(case.stage.cycle.categories.get(key="project"), case.body.pk).level is None
    assert [due for due in overview_of(case.stage.cycle).dues if due.kind == "opinion"] == []
    give(case)
    with pytest.raises(ExtensionError, match="没有给这一级"):
        extend(case, "2022-02-01")


def test_more_time_is_granted_with_a_reason_and_told():
    case = applying.sent(text=dated())
    clock.stand_at(UNTIL)
    extend(case, "2021-08-24")
    extension = extend(case)
    term = term_of(case.stage.category, case.body.pk)
    assert (term.until, term.extended) == (extension.until, "材料送达晚")
    assert terms_by_category(case.body, [case.stage.category])[case.stage.category.pk] == term
    letter = OutboxMail.objects.filter(to=case.officer.email, subject__contains="推荐时间延长").last()
    assert "材料送达晚" in letter.text
    event = AuditEvent.objects.filter(verb="applications.term_extended").last()
    assert (event.data["reason"], event.data["level"]) == ("材料送达晚", "industry-or-group")
    give(case)


@pytest.mark.parametrize("until", ["2021-08-20", "2021-08-21", "2021-08-12"])
def test_time_is_only_ever_added(until):
    case = applying.sent(text=dated())
    with pytest.raises(ExtensionError, match="要晚于"):
        extend(case, until)
    assert not Extension.objects.exists()


def test_what_is_past_cannot_be_granted():
    case = applying.sent(text=dated())
    clock.stand_at(factories.moment("2021-09-01"))
    with pytest.raises(ExtensionError, match="要晚于"):
        extend(case, "2021-08-30")


def test_only_the_office_grants_it():
    case = applying.sent(text=dated())
    other = factories.member(factories.body().organisation, Duty.SECRETARY)
    for someone in (case.officer, case.person, other):
        with pytest.raises(access.RefusedError):
            extend(case, by=someone)


def test_the_office_sees_whose_opinions_are_late():
    first = applying.sent(text=dated())
    second = applying.sent(stage=first.stage, body=first.body)
    third = applying.sent(stage=first.stage)
    give(third)
    applying.writing(stage=first.stage)
    (due,) = [due for due in overview_of(first.stage.cycle).dues if due.kind == "opinion"]
    assert (due.ref, due.who, due.due_at) == (first.body.pk, first.body.organisation.name, UNTIL)
    assert due.names == tuple(sorted((first.application.number, second.application.number)))
    assert due.email in (first.officer.email, second.officer.email)
    extension = extend(first)
    (due,) = [due for due in overview_of(first.stage.cycle).dues if due.kind == "opinion"]
    assert due.due_at == extension.until
