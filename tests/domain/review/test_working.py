"""Who may work on an application: assigned, undertaken, declared, and without a standing conflict."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories import organisation, person
from tests.review_cast import make_review

from zhuoyue.domain.experts.actions import declare_conflict, rule_conflict
from zhuoyue.domain.review.actions import assignment, examiners
from zhuoyue.domain.review.models import Invitation
from zhuoyue.domain.review.queries.teams import conflict_with, is_leader, working
from zhuoyue.domain.review.rules import READ_DOSSIER, SEE_SCOREBOOK
from zhuoyue.kernel import access

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return make_review()


def may_read(review, someone):
    return access.allowed(READ_DOSSIER, someone, review.entry())


def test_an_assigned_examiner_reads_and_a_stranger_does_not(review):
    assert may_read(review, review.leader)
    assert not may_read(review, person())
    assert not may_read(review, AnonymousUser())
    assert not access.allowed(READ_DOSSIER, review.leader, None)
    assert not access.allowed(SEE_SCOREBOOK, review.leader, None)


def test_a_refusal_hides_that_there_is_something(review):
    assert access.refusal(READ_DOSSIER, person(), review.entry()).hidden


def test_an_ended_assignment_ends_access_at_once(review):
    assignment.end_assignment(by=review.by, pair=review.pair(), reason="另有安排")
    assert not may_read(review, review.leader)
    assert not is_leader(review.leader, review.run(), review.applications[0])


def test_a_declared_conflict_ends_access_until_it_is_dismissed(review):
    applicant = review.applications[0].organisation
    tie = declare_conflict(by=review.member, expert=review.experts[1], organisation=applicant, kind="consulting")
    assert not may_read(review, review.member)
    assert not working(review.member).exists()
    assert conflict_with(review.experts[1], review.applications[0]) == "consulting"
    rule_conflict(by=review.by, conflict=tie, stands=False, reason="关系已满三年")
    assert may_read(review, review.member)
    rule_conflict(by=review.by, conflict=tie, stands=True, reason="")
    assert not may_read(review, review.member)


def test_a_conflict_with_another_applicant_bars_nothing_here_unless_it_is_for_the_cycle(review):
    other = organisation()
    declare_conflict(by=review.member, expert=review.experts[1], organisation=other, kind="supply")
    assert may_read(review, review.member)
    assert conflict_with(review.experts[1], review.applications[0]) == ""
    declare_conflict(by=review.member, expert=review.experts[1], organisation=other, kind="kinship", grade="cycle")
    assert not may_read(review, review.member)


def test_the_employer_is_a_conflict_without_being_declared(review):
    expert = review.experts[1]
    expert.employer = review.applications[0].organisation
    expert.save()
    assert not may_read(review, review.member)
    assert conflict_with(expert, review.applications[0]) == "employer"
    expert.employer = organisation()
    expert.save()
    assert may_read(review, review.member)


@pytest.mark.parametrize("missing", ["undertaking_at", "conflicts_declared_at"])
def test_nothing_opens_before_undertaking_and_declaration(review, missing):
    Invitation.objects.filter(expert=review.experts[1]).update(**{missing: None})
    assert not may_read(review, review.member)


def test_a_revoked_invitation_ends_access(review):
    examiners.revoke(by=review.by, invitation=review.invitation(1), reason="连续缺席")
    assert not may_read(review, review.member)
