"""Objections to a list on notice: made, proved, entered by the office, ruled on."""

import secrets
import unicodedata
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhuoyue.domain.outcomes import letters, proofs
from zhuoyue.domain.outcomes.enums import Channel, ObjectionState
from zhuoyue.domain.outcomes.errors import OutcomeError
from zhuoyue.domain.outcomes.models import Objection, PublicNotice
from zhuoyue.domain.outcomes.rules import ENTER_OBJECTION, OBJECT, PROVE
from zhuoyue.kernel import access, audit, clock, flow
from zhuoyue.kernel.versions import only

OBJECTED = audit.verb("outcomes.objected", gettext_lazy("提出异议"))
# A letter is read within a working day or two; the office may have to wait for it after the last day of the notice,
# and no longer: who objects on a Friday evening still has the Monday.
PROOF_DAYS = 3


class ObjectionText(TypedDict, total=False):
    """What somebody writes who objects; the ruling is the office's."""

    name: str
    employer: str
    email: str
    contact: str
    against: str
    text: str


def _group_of(notice: PublicNotice, against: str, text: str) -> str:
    """The same for texts that differ in blanks, width or case only."""
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return sha256(f"{notice.pk}\0{against}\0{plain}".encode()).hexdigest()


def _write_down(*, by: Any, notice: PublicNotice, fields: ObjectionText, **more: Any) -> Objection:
    objection = Objection.objects.create(
        notice=notice,
        number=f"YY-{secrets.token_hex(4).upper()}",
        group=_group_of(notice, fields["against"], fields["text"]),
        language=get_language(),
        at=clock.now(),
        **only(ObjectionText, fields),
        **more,
    )
    audit.record(
        OBJECTED,
        by=by,
        subject=objection,
        scope=notice.result_list.category.cycle,
        data={"channel": objection.channel},
    )
    return objection


def _ask_for_proof(objection: Objection, until: datetime) -> None:
    proof = proofs.new_proof(objection)
    objection.save(update_fields=["email", "proof", "guesses"])
    letters.ask_for_proof(objection, proof, until)


@transaction.atomic
def make_objection(*, by: Any, notice: PublicNotice, **fields: Unpack[ObjectionText]) -> Objection:
    """Anyone may object under their real name while the notice runs; it counts when the address is proved."""
    access.check(OBJECT, by, notice)
    until = clock.now() + timedelta(days=PROOF_DAYS)
    objection = _write_down(by=by, notice=notice, fields=fields, received_on=clock.today().date(), prove_by=until)
    _ask_for_proof(objection, until)
    return objection


def _locked(objection: Objection) -> Objection:
    """As it stands, held until the end of the transaction."""
    return (
        Objection.objects.select_for_update(of=("self",))
        .select_related("notice__result_list__category__cycle")
        .get(pk=objection.pk)
    )


@transaction.atomic
def write_again(*, by: Any, objection: Objection, email: str = "") -> None:
    """Another letter, to a corrected address where one is named; the letter before is worth nothing then."""
    locked = _locked(objection)
    access.check(PROVE, by, locked)
    locked.email = email or locked.email
    _ask_for_proof(locked, locked.at + timedelta(days=PROOF_DAYS))


@transaction.atomic
def prove_objection(*, by: Any, objection: Objection) -> None:
    """By the link of the letter: from now on the office has it, and it waits for a ruling."""
    flow.move(objection, "prove", by=by, scope=objection.notice.result_list.category.cycle)
    letters.tell_received(objection)


@transaction.atomic
def prove_objection_by_digits(*, by: Any, objection: Objection, digits: str) -> int | None:
    """None when they are those of the letter; otherwise how often they may still be tried."""
    locked = _locked(objection)
    access.check(PROVE, by, locked)
    if not proofs.is_proved_by(locked, digits):
        locked.guesses = min(locked.guesses + 1, proofs.MOST_GUESSES)
        locked.save(update_fields=["guesses"])
        return proofs.MOST_GUESSES - locked.guesses
    prove_objection(by=by, objection=locked)
    return None


@transaction.atomic
def enter_objection(
    *, by: Any, notice: PublicNotice, channel: str, received_on: date, **fields: Unpack[ObjectionText]
) -> Objection:
    """By the office, of what came by letter, by telephone or in person while the notice ran; it counts at once."""
    access.check(ENTER_OBJECTION, by, notice.result_list)
    if not notice.starts_on <= received_on <= min(notice.ends_on, clock.today().date()):
        raise OutcomeError(_("收到的日期应在公示期内，且不晚于今天，请核对。"))
    if channel == Channel.ONLINE:
        raise OutcomeError(_("请选择来信、来电或来访。"))
    objection = _write_down(by=by, notice=notice, fields=fields, channel=channel, received_on=received_on)
    flow.move(objection, "enter", by=by, scope=notice.result_list.category.cycle)
    if objection.email:
        letters.tell_received(objection)
    return objection


@transaction.atomic
def expire_objections(*, at: datetime) -> int:
    """Whatever nobody proved in time: its number stays, all that was typed is deleted. Returns how many."""
    due = list(
        Objection.objects.select_for_update(of=("self",))
        .filter(state=ObjectionState.UNPROVED, prove_by__lte=at)
        .select_related("notice__result_list__category__cycle")
    )
    for objection in due:
        flow.move(objection, "expire", by=None, scope=objection.notice.result_list.category.cycle)
    typed = dict.fromkeys(("name", "employer", "email", "contact", "text", "proof"), "")
    Objection.objects.filter(pk__in=[objection.pk for objection in due]).update(**typed)
    return len(due)


@transaction.atomic
def rule_objection(*, by: Any, objection: Objection, upheld: bool, ruling: str) -> None:
    """Once, with the reason, on all that say the same; each who objected is answered.

    An objection upheld asks for a corrected list.
    """
    equal = (
        Objection.objects.select_for_update(of=("self",))
        .filter(group=objection.group, state=ObjectionState.RECEIVED)
        .exclude(pk=objection.pk)
        .select_related("notice__result_list__category__cycle")
    )
    moment = clock.now()
    for ruled in (objection, *equal):
        scope = ruled.notice.result_list.category.cycle
        flow.move(ruled, "uphold" if upheld else "dismiss", by=by, at=moment, scope=scope, reason=ruling)
        ruled.ruling = ruling.strip()
        ruled.ruled_at = moment
        ruled.save(update_fields=["ruling", "ruled_at"])
        if ruled.email:
            letters.tell_ruling(ruled)
