"""A rule applied to candidates. What it cannot decide it returns; it breaks no tie and chooses nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from zhuoyue.engine.cuts.caps import bears, check_caps, concerned
from zhuoyue.engine.cuts.filling import fill
from zhuoyue.engine.cuts.outcomes import Candidate, Decision, Outcome, Status, Tie
from zhuoyue.engine.cuts.rules import (
    Base,
    Capped,
    CutError,
    Floor,
    Groups,
    Outside,
    Reserved,
    Rounding,
    Rule,
    Share,
    Threshold,
    Top,
    Unfilled,
)
from zhuoyue.engine.exact import decimal_of
from zhuoyue.engine.fields import doubles
from zhuoyue.engine.verdict import Verdict

_ROUND: dict[Rounding, Callable[[Fraction], int]] = {
    Rounding.UP: ceil,
    Rounding.DOWN: floor,
    Rounding.HALF_UP: lambda number: floor(number + Fraction(1, 2)),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What one rule said about the candidates that reached it."""

    decisions: tuple[Decision, ...] = ()
    ties: tuple[Tie, ...] = ()
    unmet: tuple[Verdict, ...] = ()

    def joined(self, other: "_Part") -> "_Part":
        return _Part(self.decisions + other.decisions, self.ties + other.ties, self.unmet + other.unmet)

    def because(self, reasons: dict[str, Verdict]) -> "_Part":
        """With a reason of the rule around it before those already there."""
        return _Part(
            tuple(Decision(one.key, one.status, (reasons[one.key], *one.reasons)) for one in self.decisions),
            self.ties,
            self.unmet,
        )


def apply(rule: Rule, candidates: Iterable[Candidate], *, preferred: Collection[str] = ()) -> Outcome:
    """`preferred` names tied candidates whom people have put ahead of their equals; anyone else there is refused.

    Raises CutError when a key comes twice or a candidate lacks a label that the rule asks for.
    """
    listed = list(candidates)
    twice = doubles(one.key for one in listed)
    if twice:
        raise CutError(f"candidates named twice: {', '.join(twice)}")
    if preferred:
        tied = {key for tie in apply(rule, listed).tied for key in tie.candidates}
        strangers = sorted(set(preferred) - tied)
        if strangers:
            raise CutError(f"only tied candidates can be put ahead; not tied: {', '.join(strangers)}")
    part = _apply(rule, listed, preferred)
    scores = {one.key: one.exact_score for one in listed}

    def order(key: str) -> tuple[bool, Fraction, str]:
        score = scores[key]
        return (score is None, -(score or Fraction(0)), key)

    return Outcome(tuple(sorted(part.decisions, key=lambda one: order(one.key))), part.ties, part.unmet)


def _apply(rule: Rule, candidates: Sequence[Candidate], preferred: Collection[str]) -> _Part:
    match rule:
        case Top() | Share() | Reserved():
            return _fill(rule, candidates, preferred)
        case Threshold():
            return _threshold(rule, candidates)
        case Floor():
            return _floor(rule, candidates, preferred)
        case Groups():
            return _groups(rule, candidates, preferred)
        case Outside():
            return _outside(rule, candidates, preferred)
        case _:
            return _capped(rule, candidates, preferred)


def _fill(rule: Top | Share | Reserved, candidates: Sequence[Candidate], preferred: Collection[str]) -> _Part:
    scored, unscored = _split_unscored(rule.name, candidates)
    line = rule.inside if isinstance(rule, Reserved) else rule
    filled = fill(
        scored,
        line.places if isinstance(line, Top) else _share(line, candidates, scored),
        rule=rule.name,
        reservations=rule.reservations if isinstance(rule, Reserved) else (),
        unfilled=rule.unfilled if isinstance(rule, Reserved) else Unfilled.VACANT,
        preferred=preferred,
    )
    return _Part(filled.decisions, filled.ties, filled.unmet).joined(unscored)


def _share(rule: Share, candidates: Sequence[Candidate], scored: Sequence[Candidate]) -> int:
    base = len(candidates if rule.base is Base.CANDIDATES else scored)
    return _ROUND[rule.rounding](Fraction(rule.share) * base)


def _split_unscored(rule: str, candidates: Sequence[Candidate]) -> tuple[list[Candidate], _Part]:
    """A missing score is not a low score: such candidates wait, with the reason."""
    scored = [one for one in candidates if one.exact_score is not None]
    waiting = sorted(one.key for one in candidates if one.exact_score is None)
    reason = Verdict.of("not_scored", rule=rule)
    return scored, _Part(tuple(Decision(key, Status.UNSCORED, (reason,)) for key in waiting))


def _threshold(rule: Threshold, candidates: Sequence[Candidate]) -> _Part:
    scored, unscored = _split_unscored(rule.name, candidates)
    decisions = []
    for one in scored:
        reason = _line_reason(one, rule.name, rule.at_least, strict=rule.strict)
        status = Status.IN if reason.code == "reaches_line" else Status.OUT
        decisions.append(Decision(one.key, status, (reason,)))
    return _Part(tuple(decisions)).joined(unscored)


def _floor(rule: Floor, candidates: Sequence[Candidate], preferred: Collection[str]) -> _Part:
    scored, unscored = _split_unscored(rule.name, candidates)
    reasons = {one.key: _line_reason(one, rule.name, rule.at_least, strict=False) for one in scored}
    above = [one for one in scored if reasons[one.key].code == "reaches_line"]
    below = [one.key for one in scored if reasons[one.key].code != "reaches_line"]
    inner = _apply(rule.then, above, preferred).because(reasons)
    return inner.joined(_Part(tuple(Decision(key, Status.OUT, (reasons[key],)) for key in below))).joined(unscored)


def _line_reason(candidate: Candidate, rule: str, line: Decimal, *, strict: bool) -> Verdict:
    score = candidate.exact_score or Fraction(0)
    reaches = score > line if strict else score >= line
    code = "reaches_line" if reaches else "below_line"
    return Verdict.of(code, rule=rule, score=decimal_of(score), line=line, strict=strict)


def _groups(rule: Groups, candidates: Sequence[Candidate], preferred: Collection[str]) -> _Part:
    values = {one.key: one.label(rule.by) for one in candidates}
    named = dict(rule.rules)
    reasons = {key: Verdict.of("in_group", rule=rule.name, label=rule.by, value=value) for key, value in values.items()}
    part = _Part()
    for value in [*named, *sorted(set(values.values()) - set(named))]:
        members = [one for one in candidates if values[one.key] == value]
        chosen = named.get(value, rule.otherwise)
        if chosen is None:
            raise CutError(f"{rule.name}: no rule for {rule.by} {value!r}, and no rule for the others")
        part = part.joined(_apply(chosen, members, preferred).because(reasons))
    return part


def _outside(rule: Outside, candidates: Sequence[Candidate], preferred: Collection[str]) -> _Part:
    apart = [one for one in candidates if bears(one, rule.marks)]
    reasons = {one.key: Verdict.of("outside_the_cap", rule=rule.name) for one in apart}
    rest = [one for one in candidates if one.key not in reasons]
    return _apply(rule.theirs, apart, preferred).because(reasons).joined(_apply(rule.rest, rest, preferred))


def _capped(rule: Capped, candidates: Sequence[Candidate], preferred: Collection[str]) -> _Part:
    part = _apply(rule.then, candidates, preferred)
    by_key = {one.key: one for one in candidates}
    chosen = [by_key[one.key] for one in part.decisions if one.status is Status.IN]
    waiting = [by_key[one.key] for one in part.decisions if one.status not in {Status.IN, Status.OUT}]
    breaches = check_caps(chosen, rule.caps, pending=waiting)
    contested: dict[str, list[Verdict]] = {}
    for breach in breaches:
        for key in concerned(breach):
            contested.setdefault(key, []).append(
                Verdict.of("cap_exceeded", rule=breach["rule"], scope=breach["scope"], at_most=breach["at_most"])
            )
    decisions = tuple(
        Decision(one.key, Status.CONTESTED, (*one.reasons, *contested[one.key])) if one.key in contested else one
        for one in part.decisions
    )
    return _Part(decisions, part.ties, part.unmet + breaches)


def tally(outcome: Outcome) -> dict[Status, int]:
    """How many candidates stand in each status."""
    found = Counter(decision.status for decision in outcome.decided)
    return {status: found[status] for status in Status}
