"""From the jury's decisions to the roll: list, public notice, objections, approval, announcement."""

from zhuoyue.domain.outcomes.actions.awards import announce, approve, revoke_award, valid_until
from zhuoyue.domain.outcomes.actions.feedback import note_feedback_read, release_feedback
from zhuoyue.domain.outcomes.actions.lists import propose_list
from zhuoyue.domain.outcomes.actions.notices import (
    end_due_notices,
    notice_days,
    publish_notice,
)
from zhuoyue.domain.outcomes.actions.objections import (
    PROOF_DAYS,
    enter_objection,
    expire_objections,
    make_objection,
    prove_objection,
    prove_objection_by_digits,
    rule_objection,
    write_again,
)
from zhuoyue.domain.outcomes.errors import OutcomeError

__all__ = [
    "PROOF_DAYS",
    "OutcomeError",
    "announce",
    "approve",
    "end_due_notices",
    "enter_objection",
    "expire_objections",
    "make_objection",
    "note_feedback_read",
    "notice_days",
    "propose_list",
    "prove_objection",
    "prove_objection_by_digits",
    "publish_notice",
    "release_feedback",
    "revoke_award",
    "rule_objection",
    "valid_until",
    "write_again",
]
