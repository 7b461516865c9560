"""Inviting examiners: once, again after a refusal, with a link for whoever has never signed in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories import body, member, person
from tests.review_cast import invite, make_review, take_on

from zhuoyue.domain.experts.actions import add_expert, declare_conflict
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.actions import assignment, examiners, stages, visits
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import Assignment
from zhuoyue.domain.review.queries import conduct
from zhuoyue.domain.review.queries import stages as stage_queries
from zhuoyue.domain.review.rules import BE_EXPERT, category_of
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return make_review(experts=1)


@pytest.fixture
def newcomer(review):
    return add_expert(by=review.by, pool=review.stage.organiser, email=person("新").email, name="新", known=True)


def letters(expert):
    return OutboxMail.objects.filter(to=expert.person.email)


def test_whoever_is_asked_already_is_not_asked_twice(review, newcomer):
    first = invite(review, newcomer)
    assert invite(review, newcomer) == first
    assert letters(newcomer).count() == 1


def test_nobody_of_another_offices_pool_is_asked_nor_anybody_beside_them(review, newcomer):
    elsewhere = body()
    keeper = member(elsewhere.organisation, Duty.SECRETARY)
    stranger = add_expert(by=keeper, pool=elsewhere, email=person("外").email, name="外", known=True)
    with pytest.raises(examiners.NotOfPoolError, match="外"):
        examiners.invite(by=review.by, cycle=review.stage.cycle, experts=[newcomer, stranger], answer_by=None)
    assert not letters(newcomer).exists()
    assert not letters(stranger).exists()
    assert not stranger.invitations.exists()


def test_whoever_declined_is_asked_anew(review, newcomer):
    invitation = invite(review, newcomer)
    examiners.decline(by=newcomer.person, invitation=invitation, reason="出差")
    again = invite(review, newcomer)
    assert (again.pk, again.state) == (invitation.pk, "invited")
    assert letters(newcomer).count() == 2


def test_whoever_has_no_password_gets_a_link_for_the_first_sign_in(review, newcomer):
    newcomer.person.set_unusable_password()
    newcomer.person.save()
    invite(review, newcomer)
    assert "/account/first/" in letters(newcomer).get().text


def test_whoever_is_invited_enters_the_examiners_rooms_until_it_is_revoked(review, newcomer):
    assert access.refusal(BE_EXPERT, newcomer.person).hidden
    assert "登录" in str(access.refusal(BE_EXPERT, AnonymousUser()).reason)
    invitation = invite(review, newcomer)
    assert access.allowed(BE_EXPERT, newcomer.person)
    examiners.revoke(by=review.by, invitation=invitation, reason="另有安排")
    assert access.refusal(BE_EXPERT, newcomer.person).hidden


def test_only_the_secretariat_invites_and_revokes(review, newcomer):
    for other in (review.leader, person()):
        with pytest.raises(access.RefusedError):
            examiners.invite(by=other, cycle=review.stage.cycle, experts=[newcomer], answer_by=None)
        with pytest.raises(access.RefusedError):
            examiners.revoke(by=other, invitation=review.invitation(), reason="无故")


def test_what_was_signed_is_recorded(review, newcomer):
    take_on(review, newcomer)
    signed = AuditEvent.objects.filter(verb="review.undertaken").latest("sequence").data
    assert signed["undertaking"] == ["confidentiality", "independence", "declare-conflicts"]
    assert signed["rules"] == review.stage.cycle.rules.digest


def test_ties_given_with_the_declaration_bar(review, newcomer):
    invitation = invite(review, newcomer)
    tie = examiners.Declared(review.applications[0].organisation, "interest")
    with pytest.raises(access.RefusedError, match="先接受邀请"):
        examiners.declare_conflicts(by=newcomer.person, invitation=invitation, conflicts=[tie])
    examiners.accept(by=newcomer.person, invitation=invitation)
    with pytest.raises(access.RefusedError):
        examiners.declare_tie(by=review.leader, invitation=invitation, tie=tie)
    examiners.declare_conflicts(by=newcomer.person, invitation=invitation, conflicts=[tie])
    with pytest.raises(assignment.AssignmentRefusedError):
        assignment.assign_by_hand(by=review.by, run=review.run(), application=review.applications[0], expert=newcomer)


def test_assignments_that_a_conflict_bars_are_listed_for_the_secretariat(review):
    assert examiners.barred_assignments(review.stage.cycle) == []
    applicant = review.applications[0].organisation
    declare_conflict(by=review.leader, expert=review.experts[0], organisation=applicant, kind="consulting")
    assert examiners.barred_assignments(review.stage.cycle) == list(Assignment.objects.all())


def test_kinds_and_undertaking_come_from_the_rules(review, monkeypatch):
    cycle = review.stage.cycle
    assert conduct.tie_words(cycle, "en")["consulting"].startswith("Consulted")
    assert conduct.grade_of_tie(cycle, "consulting") == "entry"
    rules = rules_of(cycle.rules)
    kinds = tuple(kind.model_copy(update={"recusal": "edition"}) for kind in rules.conduct.conflicts)
    strict = rules.model_copy(update={"conduct": rules.conduct.model_copy(update={"conflicts": kinds})})
    monkeypatch.setattr(conduct, "rules_of", lambda _version: strict)
    assert conduct.grade_of_tie(cycle, "consulting") == "cycle"
    monkeypatch.setattr(conduct, "rules_of", lambda _version: rules.model_copy(update={"conduct": None}))
    assert conduct.undertaking_of(cycle) == ()
    assert "kinship" in conduct.tie_words(cycle, "zh-hans")
    assert conduct.grade_of_tie(cycle, "kinship") == "entry"


def test_the_team_of_a_stage_follows_the_rules(review):
    keys = {run.kind: stage_queries.team_key(run) for run in stage_queries.runs_of_category(review.run().category)}
    assert keys[StageKind.CONDITION_CHECK] == ""
    assert {keys[kind] for kind in (StageKind.CONSENSUS, StageKind.SITE_VISIT, StageKind.JURY)} == {"document-review"}
    assert stage_queries.team_run(review.run(StageKind.CONSENSUS)) == review.run()
    assert category_of(review.run()) == category_of(review.entry()) == review.stage.category


def test_writing_the_same_finding_again_moves_nothing(review):
    review.score()
    review.move_on(StageKind.CONSENSUS)
    consensus = review.run(StageKind.CONSENSUS)
    stages.set_outcomes(by=review.by, run=consensus, through={review.applications[0].pk: "达到"}, stopped={})
    stages.decide_stage(by=review.by, run=consensus)
    stages.open_stage(by=review.by, run=review.run(StageKind.SITE_VISIT))
    entry = review.entry(StageKind.SITE_VISIT)
    issue = visits.add_issue(by=review.leader, entry=entry, question="核实")
    visits.keep_finding(by=review.leader, issue=issue, finding="属实。", expected=1)
    visits.keep_finding(by=review.leader, issue=issue, finding="完全属实。", expected=2)
    moves = AuditEvent.objects.filter(verb="visit_issue.verify")
    assert moves.count() == 1
