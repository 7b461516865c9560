"""The record: append-only, each entry chained to all before it.

Record inside the transaction that makes the change, after everything else of it: the head row is locked until
commit, and a short hold is what keeps many writers moving.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise

from zhuoyue.engine import chain
from zhuoyue.kernel import clock
from zhuoyue.kernel.records import subject_of

_verbs: dict[str, str | Promise] = {}


class UnknownVerbError(LookupError):
    """Recorded under a verb that no app declares."""


def verb(name: str, words: str | Promise) -> str:
    """Declare a verb of the record and the words people read for it."""
    if name in _verbs:
        raise ValueError(f"audit verb {name!r} is declared twice")
    _verbs[name] = words
    return name


def words_of(name: str) -> str:
    return str(_verbs.get(name, name))


def actor_name(by: Any) -> str:
    """`""` is the system itself (a job, a command)."""
    return subject_of(by) if isinstance(by, Model) else ""


def record(
    name: str,
    *,
    by: Any,
    subject: Model | None = None,
    scope: Model | None = None,
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> int:
    """Append one event and return its sequence number.

    `scope` is what the event belongs to for whoever reads it later (a cycle, an application). `data` is plain JSON
    data without floats.
    """
    from zhuoyue.kernel.audit.models import AuditEvent, AuditHead  # noqa: PLC0415 - models load after the package

    if name not in _verbs:
        raise UnknownVerbError(name)
    plain = json.loads(chain.canonical(dict(data or {})))
    with transaction.atomic(savepoint=False):  # what cannot be recorded does not happen
        heads = AuditHead.objects.select_for_update().filter(pk=1)
        head = heads.first()
        if head is None:  # the first event of an installation
            AuditHead.objects.get_or_create(pk=1, defaults={"running": chain.ZERO})
            head = heads.get()
        event = AuditEvent(
            sequence=head.size + 1,
            at=at or clock.now(),
            actor=actor_name(by),
            verb=name,
            subject=subject_of(subject) if subject is not None else "",
            scope=subject_of(scope) if scope is not None else "",
            data=plain,
        )
        event.leaf = chain.leaf_hash(chain.canonical(event.fact()))
        event.running = chain.link(bytes(head.running), event.leaf)
        event.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(size=event.sequence, running=event.running)
    return event.sequence
