"""The sealed ballot: a key that nobody holds whole, votes that nobody reads one by one, and their sums.

What is opened stands in memory only, is shuffled before it is added up, and leaves this room as sums.
"""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.actions.seats import BallotError
from zhuoyue.domain.review.enums import Choice
from zhuoyue.domain.review.models import BallotKey, CountingCode, KeyShare, Meeting, Recusal, SealedVote, Seat, VoteCast
from zhuoyue.domain.review.queries.ballots import (
    Custody,
    ballot_name,
    code_mark,
    custodies_of,
    custody_fault,
    holds_share,
    key_mark,
    share_words,
    shares_of,
    vote_words,
)
from zhuoyue.domain.review.queries.jury import on_ballot
from zhuoyue.domain.review.rules import KEEP_CODE
from zhuoyue.engine import shares
from zhuoyue.kernel import access, audit, sealed
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.records import subject_of

CODE_KEPT = audit.verb("review.code_kept", gettext_lazy("登记计票码"))
KEY_DIVIDED = audit.verb("review.key_divided", gettext_lazy("分存计票钥匙"))
VOTED = audit.verb("review.voted", gettext_lazy("投票"))
SHARE_BYTES = 66  # of 521 bits
NO_VOTE = 255  # stands on a candidate that the member is recused from
_BYTE_OF = {choice: place for place, choice in enumerate(Choice.values)}
Paper = dict[UUID, str]  # application id -> choice


@transaction.atomic
def keep_code(*, by: Any, cycle: Cycle, code: str) -> None:
    """Keep the public half of the code that `by` has written down. The code itself is let go."""
    list(Meeting.objects.select_for_update().filter(run__category__cycle=cycle))  # no ballot opens meanwhile
    access.check(KEEP_CODE, by, cycle)
    if holds_share(cycle, by):
        raise BallotError(_("正在进行的投票要用您现在的计票码；计票以后才能换新的。"))
    try:
        public = sealed.public_of(sealed.private_of(code))
    except sealed.CodeError:
        raise BallotError(_("这不是完整的计票码，请核对。")) from None
    row = CountingCode(cycle=cycle, person=by, public=public)
    facts = {"public": public, "mark": sealed.mark(*code_mark(row))}
    CountingCode.objects.update_or_create(cycle=cycle, person=by, defaults=facts)
    audit.record(CODE_KEPT, by=by, subject=cycle, scope=cycle, data={"public": sealed.receipt(public)})


# ---- opening


def chosen_custody(meeting: Meeting, custody: str) -> Custody:
    """The way of dividing the key that was chosen (the key of a Custody). BallotError when it is not to be had."""
    known = {way.key: way for way in custodies_of(meeting)}
    if custody not in known:
        raise BallotError(custody_fault(list(known.values())) or _("请选择由谁保管计票钥匙。"))
    way = known[custody]
    changed = [code.person.name for code in way.holders if not sealed.is_marked(code.mark, *code_mark(code))]
    if changed:
        raise BallotError(_("%(names)s登记的计票码被改动过，请本人重新制作。") % {"names": _("、").join(changed)})
    return way


def divide_key(*, by: Any, meeting: Meeting, way: Custody) -> None:
    """Make the key of a round and divide it. Its private half is let go."""
    private = sealed.new_private()
    key = BallotKey(meeting=meeting, public=sealed.public_of(private), needed=way.needed)
    key.mark = sealed.mark(*key_mark(key))
    key.save()
    chance = [secrets.randbelow(shares.PRIME) for _turn in range(way.needed - 1)]
    parts = shares.split(int.from_bytes(private), chance, len(way.holders))
    KeyShare.objects.bulk_create(
        KeyShare(
            key=key,
            person_id=holder.person_id,
            number=number,
            public=holder.public,
            sealed=sealed.seal(
                bytes(holder.public), part.to_bytes(SHARE_BYTES), *share_words(key, holder.person_id, number)
            ),
        )
        for number, (holder, part) in enumerate(zip(way.holders, parts, strict=True), 1)
    )
    facts = {"ballot": ballot_name(key), "needed": way.needed, "holders": [str(one.person_id) for one in way.holders]}
    audit.record(KEY_DIVIDED, by=by, subject=meeting, scope=meeting.run.category.cycle, data=facts)


# ---- voting


def seal_vote(*, by: Any, meeting: Meeting, seat: Seat, choices: Mapping[UUID, str]) -> None:
    """Store `choices` (application id -> choice) so that only the holders of the key can read them."""
    key = BallotKey.objects.get(meeting=meeting)
    if not sealed.is_marked(key.mark, *key_mark(key)):
        raise BallotError(_("本次投票的钥匙被改动过，不能投票。请告知秘书处宣布投票无效，重新开始。"))
    words = vote_words(key, seat.pk, meeting.round)
    content = sealed.seal(bytes(key.public), _paper_as_bytes(_ballot_order(meeting), choices), *words)
    SealedVote.objects.create(key=key, seat=seat, sealed=content, mark=sealed.mark(content, *words))
    facts = {"ballot": ballot_name(key), "receipt": sealed.receipt(content)}
    audit.record(VOTED, by=by, subject=meeting, scope=meeting.run.category.cycle, data=facts)


def _ballot_order(meeting: Meeting) -> list[UUID]:
    return sorted(entry.application_id for entry in on_ballot(meeting))


def _paper_as_bytes(order: Sequence[UUID], choices: Mapping[UUID, str]) -> bytes:
    """One byte for each candidate on the ballot, voted on or not: every paper of a round is of one length."""
    return bytes(_BYTE_OF[choices[key]] if key in choices else NO_VOTE for key in order)


def _paper_from_bytes(order: Sequence[UUID], content: bytes) -> Paper:
    """SealError when it is no paper of this ballot."""
    if len(content) != len(order) or not set(content) <= {*_BYTE_OF.values(), NO_VOTE}:
        raise sealed.SealError("paper")
    return {key: Choice.values[byte] for key, byte in zip(order, content, strict=True) if byte != NO_VOTE}


# ---- counting


def open_and_count(*, meeting: Meeting, codes: Mapping[UUID, str]) -> dict[UUID, Counter[str]]:
    """Application id -> how many chose what. `codes`: person id of a holder -> their code.

    BallotError when codes are wrong or missing, or when any vote is not exactly as it was given; then nothing counts.
    """
    key = BallotKey.objects.get(meeting=meeting)
    private = _joined(key, shares_of(meeting), codes)
    order = _ballot_order(meeting)
    recused = set(Recusal.objects.filter(meeting=meeting).values_list("seat", "application"))
    papers, faulty = [], _strayed(meeting, key)
    for vote in key.votes.select_related("seat__person"):
        try:
            paper = _opened(vote, vote_words(key, vote.seat_id, meeting.round), private, order)
        except sealed.SealError:
            faulty.add(vote.seat.person.name)
        else:
            papers.append({name: choice for name, choice in paper.items() if (vote.seat_id, name) not in recused})
    if faulty:
        names = {"names": _("、").join(sorted(faulty))}
        raise BallotError(
            _("这些委员的选票与投出时不一致，不能计票：%(names)s。请秘书处宣布本次投票无效，重新投票。") % names
        )
    secrets.SystemRandom().shuffle(papers)  # from here on nothing tells whose paper is whose
    sums: dict[UUID, Counter[str]] = {key: Counter() for key in order}
    for paper in papers:
        for application, choice in paper.items():
            sums[application][choice] += 1
    return sums


def _opened(vote: SealedVote, words: Sequence[str], private: bytes, order: Sequence[UUID]) -> Paper:
    """SealError unless the vote is as it was given, by this seat, in this round."""
    content = bytes(vote.sealed)
    if not sealed.is_marked(vote.mark, content, *words):
        raise sealed.SealError(*words)
    return _paper_from_bytes(order, sealed.unseal(private, content, *words))


def _joined(key: BallotKey, held: Sequence[KeyShare], codes: Mapping[UUID, str]) -> bytes:
    """The private half of the key, from the codes of its holders."""
    parts, wrong, changed = {}, [], []
    for share in held:
        if not codes.get(share.person_id, "").strip():
            continue
        try:
            private = sealed.private_of(codes[share.person_id])
            if sealed.public_of(private) != bytes(share.public):
                wrong.append(share.person.name)
                continue
            part = sealed.unseal(private, bytes(share.sealed), *share_words(key, share.person_id, share.number))
            parts[share.number] = int.from_bytes(part)
        except sealed.CodeError:
            wrong.append(share.person.name)
        except sealed.SealError:
            changed.append(share.person.name)
    if wrong:
        raise BallotError(_("计票码不对：%(names)s。请本人核对后再输入。") % {"names": _("、").join(wrong)})
    if changed:
        raise BallotError(_("%(names)s保管的一份钥匙被改动过，打不开。") % {"names": _("、").join(changed)})
    if len(parts) < key.needed:
        raise BallotError(
            _("需要%(needed)s位保管人的计票码，现在有%(given)s位。") % {"needed": key.needed, "given": len(parts)}
        )
    secret = shares.join(parts)
    private = secret.to_bytes(SHARE_BYTES)[-sealed.KEY_BYTES :]
    if sealed.public_of(private) != bytes(key.public) or not sealed.is_marked(key.mark, *key_mark(key)):
        raise BallotError(_("本次投票的钥匙被改动过，不能计票。请秘书处宣布本次投票无效，重新投票。"))
    return private


def _strayed(meeting: Meeting, key: BallotKey) -> set[str]:
    """Members whose vote the record, the list of who voted and the sealed votes do not tell alike."""
    recorded = {
        (event.actor, event.data["receipt"])
        for event in AuditEvent.objects.filter(verb=VOTED, subject=subject_of(meeting))
        if event.data.get("ballot") == ballot_name(key)
    }
    stored = {
        (subject_of(vote.seat.person), sealed.receipt(bytes(vote.sealed)))
        for vote in key.votes.select_related("seat__person")
        if vote.seat.is_active and vote.seat.cycle_id == meeting.run.category.cycle_id
    }
    marked = {
        subject_of(cast.seat.person)
        for cast in VoteCast.objects.filter(meeting=meeting, round=meeting.round).select_related("seat__person")
    }
    strayed = {actor for actor, _receipt in recorded ^ stored} | ({actor for actor, _receipt in recorded} ^ marked)
    strayed |= {subject_of(vote.seat.person) for vote in key.votes.select_related("seat__person")} - marked
    seats = Seat.objects.filter(cycle=meeting.run.category.cycle).select_related("person")
    names = {subject_of(seat.person): seat.person.name for seat in seats}
    return {names.get(actor, actor) for actor in strayed}
