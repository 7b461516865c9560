"""One function moves a state: permission, lock, guard, write, audit, event, in that order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhuoyue.engine.flow import FlowError, Table
from zhuoyue.kernel import access, audit, clock, events
from zhuoyue.kernel.records import subject_of


class MoveError(Exception):
    """The thing is not in a state from which this move starts, or the reason is missing. Says so in words."""


class Moving(Protocol):
    FLOW: Table
    state: str


def declare(table: Table, words: Mapping[str, str | Promise]) -> Table:
    """Declare the audit verb and the event of every row; `words` names each move for people."""
    missing = {row.name for row in table.rows} ^ set(words)
    if missing:
        raise ValueError(f"{table.name}: rows and words differ in {', '.join(sorted(missing))}")
    for row in table.rows:
        audit.verb(f"{table.name}.{row.name}", words[row.name])
        events.event(f"{table.name}.{row.name}")
    return table


def move(
    thing: Any,
    name: str,
    *,
    by: Any,
    at: datetime | None = None,
    reason: str = "",
    scope: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Move `thing` by the transition `name` and leave it, locked and refreshed in `state`, with the new state.

    The guard of a row is the name of a permission, checked on the locked row; `by=None` is the system itself (a
    job, a command of the operator), which no guard holds back. Raises RefusedError (guard), MoveError (wrong state,
    or a reason is asked and missing).
    """
    table: Table = thing.FLOW
    row = table.row(name)
    with transaction.atomic():
        model = type(thing)
        locked = model._default_manager.select_for_update().values_list("state", flat=True).get(pk=thing.pk)  # noqa: SLF001 - Django's documented model API
        thing.state = locked
        try:
            target = table.target(locked, name)
        except FlowError as error:
            words = audit.words_of(f"{table.name}.{name}")
            raise MoveError(_("现在的状态不能“%(move)s”，请刷新页面查看最新状态。") % {"move": words}) from error
        if row.needs_reason and not reason.strip():
            raise MoveError(_("请写明理由。"))
        if row.guard and by is not None:
            access.check(row.guard, by, thing)
        thing.state = target
        thing.save(update_fields=["state"])
        moment = at or clock.now()
        facts = {**(data or {}), "from": locked, "to": target} | ({"reason": reason} if reason else {})
        events.send(f"{table.name}.{name}", thing=thing, by=by, at=moment, reason=reason)
        audit.record(f"{table.name}.{name}", by=by, subject=thing, scope=scope, at=moment, data=facts)


def moves_of(thing: models.Model) -> list[str]:
    """The recorded moves of a thing, oldest first."""
    from zhuoyue.kernel.audit.models import AuditEvent  # noqa: PLC0415 - models load after the package

    table: Table = thing.FLOW  # type: ignore[attr-defined]
    verbs = {f"{table.name}.{row.name}": row.name for row in table.rows}
    recorded = AuditEvent.objects.filter(subject=subject_of(thing), verb__in=verbs).values_list("verb", flat=True)
    return [verbs[name] for name in recorded.order_by("sequence")]


def state_faults(things: models.QuerySet[Any]) -> list[str]:
    """Things whose state is not the fold of their recorded moves."""
    found = []
    for thing in things.iterator(chunk_size=500):
        folded = thing.FLOW.fold(moves_of(thing))
        if folded != thing.state:
            found.append(f"{subject_of(thing)}: state {thing.state}, the record says {folded}")
    return found
