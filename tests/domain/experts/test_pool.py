"""The pool of experts: who keeps it, and what an expert declares of themselves."""

import pytest
from tests.factories import body, member, organisation, person

from zhuoyue.domain.experts.actions import add_expert, declare_conflict, edit_expert, rule_conflict
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.experts.queries import conflict_by_id, conflicts_of, expert_by_id, experts_in_pool, pools_run_by
from zhuoyue.domain.experts.rules import DECLARE_CONFLICT, MANAGE_POOL
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.versions import StaleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return body()


@pytest.fixture
def keeper(pool):
    return member(pool.organisation, Duty.SECRETARY)


@pytest.fixture
def expert(pool, keeper):
    return add_expert(by=keeper, pool=pool, email=person("林专家").email, name="林专家", known=True)


def test_the_keeper_takes_a_person_in_once(pool, keeper, expert):
    again = add_expert(by=keeper, pool=pool, email=expert.person.email, name="林专家", known=True)
    assert again == expert
    assert AuditEvent.objects.filter(verb="experts.added").count() == 1
    assert list(experts_in_pool(pool)) == list(pools_run_by(keeper)) == [expert]
    assert expert_by_id(expert.pk) == expert
    assert str(expert) == "林专家"


@pytest.mark.parametrize("duty", [Duty.MEMBER, Duty.AUDITOR, None])
def test_nobody_else_keeps_the_pool(pool, expert, duty):
    other = member(pool.organisation, duty) if duty else member(body().organisation, Duty.SECRETARY)
    for thing in (pool, expert, None):
        assert not access.allowed(MANAGE_POOL, other, thing)
    with pytest.raises(access.RefusedError) as refused:
        add_expert(by=other, pool=pool, email="new@example.org", name="新")
    assert refused.value.hidden
    assert not pools_run_by(other).exists()


def test_editing_keeps_both_texts_apart(keeper, expert):
    edit_expert(by=keeper, expert=expert, expected=1, level="senior", about="二十年质量管理")
    with pytest.raises(StaleError):
        edit_expert(by=keeper, expert=expert, expected=1, about="另写")
    with pytest.raises(access.RefusedError):
        edit_expert(by=expert.person, expert=expert, expected=2, level="trainee")
    assert Expert.objects.get().level == "senior"


def test_a_conflict_is_declared_by_the_expert_alone_and_once(keeper, expert):
    applicant = organisation()
    tie = declare_conflict(by=expert.person, expert=expert, organisation=applicant, kind="employment")
    assert declare_conflict(by=expert.person, expert=expert, organisation=applicant, kind="employment") == tie
    assert AuditEvent.objects.filter(verb="experts.conflict_declared").count() == 1
    assert list(conflicts_of(expert)) == [conflict_by_id(tie.pk)]
    with pytest.raises(access.RefusedError):
        declare_conflict(by=keeper, expert=expert, organisation=applicant, kind="kinship")
    assert not access.allowed(DECLARE_CONFLICT, expert.person, None)


def test_the_keeper_rules_and_a_dismissal_needs_its_reason(keeper, expert):
    tie = declare_conflict(by=expert.person, expert=expert, organisation=organisation(), kind="supply")
    with pytest.raises(access.RefusedError):
        rule_conflict(by=expert.person, conflict=tie, stands=False, reason="我认为没有")
    with pytest.raises(MoveError):
        rule_conflict(by=keeper, conflict=tie, stands=False, reason="")
    rule_conflict(by=keeper, conflict=tie, stands=False, reason="合同已满三年")
    rule_conflict(by=keeper, conflict=tie, stands=True, reason="")
    assert Conflict.objects.get().state == "confirmed"


@pytest.mark.parametrize("field", ["person", "pool", "version"])
def test_an_expert_stays_the_person_and_in_the_pool_that_they_were_taken_into(keeper, pool, expert, field):
    with pytest.raises(TypeError, match=field):
        edit_expert(by=keeper, expert=expert, expected=1, **{field: "x"})
