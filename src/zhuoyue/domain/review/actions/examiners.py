"""Inviting experts to a cycle, and what they sign before anything opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.links import way_to
from zhuoyue.domain.experts.actions import declare_conflict
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import AssignmentState, InvitationState
from zhuoyue.domain.review.models import Assignment, Invitation
from zhuoyue.domain.review.queries.conduct import undertaking_of
from zhuoyue.domain.review.queries.teams import conflict_with
from zhuoyue.domain.review.rules import DECLARE_TIES, MANAGE_EXAMINERS
from zhuoyue.kernel import access, audit, clock, flow, links, mail
from zhuoyue.kernel.records import subject_of

INVITED = audit.verb("review.invited", _("邀请评审员"))
UNDERTAKEN = audit.verb("review.undertaken", _("签署评审承诺"))
DECLARED = audit.verb("review.conflicts_declared", _("完成利益冲突声明"))


class NotOfPoolError(Exception):
    """The expert stands in the pool of another office than the one that runs the cycle."""

    def __init__(self, expert: Expert) -> None:
        super().__init__(expert.person.name)
        self.expert = expert

    def __str__(self) -> str:
        words = gettext("%(name)s不在本单位的专家库中，不能邀请；请先在专家库中添加。")
        return words % {"name": self.expert.person.name}


@dataclass(frozen=True, slots=True)
class Declared:
    """One tie that an expert declares."""

    organisation: Organisation
    kind: str
    evidence: str = ""
    grade: str = "entry"


@transaction.atomic
def invite(*, by: Any, cycle: Cycle, experts: Sequence[Expert], answer_by: datetime | None) -> list[Invitation]:
    """Ask experts of the office's own pool to serve. Raises NotOfPoolError before anybody is asked.

    Whoever is asked already is not asked twice; whoever declined is asked anew.
    """
    access.check(MANAGE_EXAMINERS, by, cycle)
    for expert in experts:
        if expert.pool_id != cycle.programme.organiser_id:
            raise NotOfPoolError(expert)
    found = []
    for expert in experts:
        invitation, made = Invitation.objects.get_or_create(
            cycle=cycle, expert=expert, defaults={"answer_by": answer_by}
        )
        if not made and invitation.state in (InvitationState.DECLINED, InvitationState.REVOKED):
            invitation.answer_by = answer_by
            invitation.save(update_fields=["answer_by"])
            flow.move(invitation, "invite_again", by=by, scope=cycle)
            made = True
        if made:
            audit.record(INVITED, by=by, subject=invitation, scope=cycle)
            _send_invitation(invitation)
        found.append(invitation)
    return found


def _send_invitation(invitation: Invitation) -> None:
    person = invitation.expert.person
    link = way_to(person, links.to("examiner.invitation", invitation.pk))
    mail.queue(
        to=person.email,
        subject=str(_("评审邀请：%(title)s")) % {"title": invitation.cycle.title},
        text=str(_("%(name)s：诚邀您担任“%(title)s”评审员。请打开下面的链接答复：\n%(link)s"))
        % {"name": person.name, "title": invitation.cycle.title, "link": link},
        dedupe=f"invitation:{invitation.pk}:{clock.now().isoformat()}",
        scope=subject_of(invitation.cycle),
    )


@transaction.atomic
def accept(*, by: Any, invitation: Invitation) -> None:
    """Accept, and undertake confidentiality and fairness."""
    flow.move(invitation, "accept", by=by, scope=invitation.cycle)
    invitation.undertaking_at = clock.now()
    invitation.save(update_fields=["undertaking_at"])
    rules = invitation.cycle.rules
    signed = [entry.key for entry in undertaking_of(invitation.cycle)]
    facts = {"rules": rules.digest, "undertaking": signed}
    audit.record(UNDERTAKEN, by=by, subject=invitation, scope=invitation.cycle, data=facts)


@transaction.atomic
def decline(*, by: Any, invitation: Invitation, reason: str = "") -> None:
    flow.move(invitation, "decline", by=by, scope=invitation.cycle, reason=reason)


@transaction.atomic
def declare_tie(*, by: Any, invitation: Invitation, tie: Declared) -> Conflict:
    """One tie, at any time: from this moment on it bars the expert from what it concerns."""
    access.check(DECLARE_TIES, by, invitation)
    return declare_conflict(
        by=by,
        expert=invitation.expert,
        organisation=tie.organisation,
        kind=tie.kind,
        evidence=tie.evidence,
        grade=tie.grade,
    )


@transaction.atomic
def declare_conflicts(*, by: Any, invitation: Invitation, conflicts: Sequence[Declared]) -> None:
    """Declare every tie, or none: only then does anything open."""
    access.check(DECLARE_TIES, by, invitation)
    for tie in conflicts:
        declare_tie(by=by, invitation=invitation, tie=tie)
    invitation.conflicts_declared_at = clock.now()
    invitation.save(update_fields=["conflicts_declared_at"])
    audit.record(DECLARED, by=by, subject=invitation, scope=invitation.cycle, data={"ties": len(conflicts)})


def barred_assignments(cycle: Cycle) -> list[Assignment]:
    """Active assignments that a conflict now bars; the secretariat replaces them."""
    active = Assignment.objects.filter(run__category__cycle=cycle, state=AssignmentState.ACTIVE).select_related(
        "expert", "application", "run"
    )
    return [assignment for assignment in active if conflict_with(assignment.expert, assignment.application)]


@transaction.atomic
def revoke(*, by: Any, invitation: Invitation, reason: str) -> None:
    flow.move(invitation, "revoke", by=by, scope=invitation.cycle, reason=reason)
