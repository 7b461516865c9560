from typing import Any

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import has_duty
from zhuoyue.kernel.access import HIDDEN, permission


def keeps_pool(by: Any, thing: Any) -> bool:
    """A secretary of the body whose pool it is: for a body, an expert or a conflict."""
    expert = thing.expert if isinstance(thing, Conflict) else thing
    pool = expert.pool if isinstance(expert, Expert) else expert
    return pool is not None and has_duty(by, pool.organisation_id, Duty.SECRETARY)


def is_self(by: Any, expert: Expert | None) -> bool:
    return expert is not None and expert.person_id == by.pk


MANAGE_POOL = permission("experts.manage_pool", (is_signed_in, HIDDEN), (keeps_pool, HIDDEN))
RULE_CONFLICT = permission("experts.rule_conflict", (is_signed_in, HIDDEN), (keeps_pool, HIDDEN))
DECLARE_CONFLICT = permission("experts.declare_conflict", (is_signed_in, HIDDEN), (is_self, HIDDEN))
