"""What the jury decides on the count of its ballot."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.programmes.queries import tier_titles
from zhuoyue.domain.review.actions.seats import BallotError
from zhuoyue.domain.review.enums import MeetingState, Outcome
from zhuoyue.domain.review.models import Decision, Entry, Meeting, StageRun
from zhuoyue.domain.review.queries.agreed import totals_of
from zhuoyue.domain.review.queries.jury import Count, candidates_of, counts_of
from zhuoyue.domain.review.queries.places import places_of
from zhuoyue.domain.review.rules import DECIDE_STAGE
from zhuoyue.kernel import access, audit, clock

DECIDED = audit.verb("review.decided", gettext_lazy("作出审定决定"))


@transaction.atomic
def decide(
    *,
    by: Any,
    run: StageRun,
    tiers: Mapping[UUID, str],
    reasons: Mapping[UUID, str],
    rule: Mapping[str, Any],
    expected: int | None = None,
) -> Sequence[Decision]:
    """Set down what the jury decided on every candidate: a tier, or none (the award may stay empty).

    `tiers`: application id -> tier key ("" for none). A decision against the count needs a reason; more awards than
    a cap of the rules has places for are refused, whatever the reason. `expected`: the version of the meeting whose
    decisions the page showed; where somebody else set down others since, they are not overwritten unseen.
    """
    run.state = StageRun.objects.select_for_update().values_list("state", flat=True).get(pk=run.pk)
    access.check(DECIDE_STAGE, by, run)
    meetings = Meeting.objects.select_for_update(of=("self",)).filter(run=run)
    meeting = meetings.select_related("run__category__cycle").first()
    if meeting is None or meeting.state != MeetingState.CLOSED:
        raise BallotError(_("投票结束并计票以后才能作出决定。"))
    if expected is not None and expected != meeting.version:
        raise BallotError(_("您打开本页以后，另一位工作人员登记了决定，已列在各行；请核对后再登记。"))
    entries = candidates_of(meeting)
    counts = {count.application: count for count in counts_of(meeting)}
    given = {entry.application_id: tiers.get(entry.application_id, "") for entry in entries}
    stated = {entry.application_id: reasons.get(entry.application_id, "").strip() for entry in entries}
    _check_decisions(run, entries, counts, given, stated)
    totals = totals_of([entry.application for entry in entries])
    found = []
    for entry in entries:
        total = totals[entry.application_id]
        record = {"count": counts[entry.application_id].as_data(), "total": "" if total is None else str(total)}
        found.append(_set_down(by, entry, given[entry.application_id], stated[entry.application_id], rule, record))
    Meeting.objects.filter(pk=meeting.pk).update(version=meeting.version + 1)
    return found


def _check_decisions(
    run: StageRun,
    entries: Sequence[Entry],
    counts: Mapping[UUID, Count],
    given: Mapping[UUID, str],
    stated: Mapping[UUID, str],
) -> None:
    known = {"", *tier_titles(run.category)}
    for entry in entries:
        key = entry.application_id
        if given[key] not in known:
            raise BallotError(_("没有这个奖项等级。"))
        if bool(given[key]) != counts[key].carried and not stated[key]:
            raise BallotError(
                _("%(number)s的决定与计票结果不一致，请写明理由。") % {"number": entry.application.number}
            )
    for place in places_of(run.category, given):
        if place.fault:
            raise BallotError(place.fault)


def _set_down(
    by: Any, entry: Entry, tier: str, reason: str, rule: Mapping[str, Any], record: Mapping[str, Any]
) -> Decision:
    facts = {"tier": tier, "rule": dict(rule), "record": record, "reason": reason, "by": by, "at": clock.now()}
    decision, _made = Decision.objects.update_or_create(run=entry.run, application=entry.application, defaults=facts)
    entry.outcome = Outcome.THROUGH if tier else Outcome.STOPPED
    entry.reason = reason
    entry.save(update_fields=["outcome", "reason"])
    audit.record(
        DECIDED,
        by=by,
        subject=entry.application,
        scope=entry.run.category.cycle,
        data={"tier": tier, "record": record, "reason": reason},
    )
    return decision
