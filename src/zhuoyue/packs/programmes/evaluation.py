"""Conditions against facts: every refusal itemised in one answer; what is not known needs evidence, it is not false."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.conditions import AllOf, AnyOf, Leaf, NotOf, Tree

if TYPE_CHECKING:
    from cel import Program

MOST_CHARACTERS, MOST_NESTED, MOST_LOOPS = 400, 20, 2
_LOOP = re.compile(r"\.\s*(?:all|exists|exists_one|existsOne|map|filter|transformList|transformMap\w*)\s*\(")

Result = TypeVar("Result")
Outcome = Literal["met", "unmet", "needs_evidence"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition's outcome. `facts` are the values it used, `missing` the names it still needs."""

    id: str
    title: Text
    outcome: Outcome
    veto: bool
    preferred: bool
    facts: tuple[tuple[str, Any], ...]
    missing: tuple[str, ...]
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """`refusals` and `open_questions` are what stands between the applicant and `met`, each named once."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    refusals: tuple[Finding, ...]
    open_questions: tuple[Finding, ...]


def evaluate(tree: Tree, facts: Mapping[str, Any]) -> Eligibility:
    """Three-valued: `facts` holds the named facts of computed conditions and, under its id, the answer to each other.

    A missing or None value is unknown. A veto that is unmet refuses wherever it stands; a preferred condition is
    listed but neither refuses nor asks.
    """
    found: list[Finding] = []
    outcome, blame = _walk(tree, facts, found)
    vetoed = [finding for finding in found if finding.veto and finding.outcome == "unmet"]
    if vetoed:
        outcome = "unmet"
    refusals = _once(vetoed + [finding for finding in blame if finding.outcome == "unmet"])
    unknown_vetoes = [finding for finding in found if finding.veto and finding.outcome == "needs_evidence"]
    if outcome == "met" and unknown_vetoes:
        outcome = "needs_evidence"
    open_questions = _once(unknown_vetoes + [finding for finding in blame if finding.outcome == "needs_evidence"])
    return Eligibility(outcome, tuple(found), refusals, open_questions)


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _walk(tree: Tree, facts: Mapping[str, Any], found: list[Finding]) -> tuple[Outcome, list[Finding]]:
    """The outcome of a branch and the findings that keep it from being met."""
    if isinstance(tree, Leaf):
        finding = _judge(tree, facts)
        found.append(finding)
        if tree.preferred:
            return "met", []
        return finding.outcome, [] if finding.outcome == "met" else [finding]
    if isinstance(tree, NotOf):
        return _negate(tree, facts, found)
    order: tuple[Outcome, ...] = ("unmet", "needs_evidence", "met")
    branches = tree.all if isinstance(tree, AllOf) else tree.any
    if isinstance(tree, AnyOf):
        order = ("met", "needs_evidence", "unmet")
    results = [_walk(branch, facts, found) for branch in branches]
    outcome = next(value for value in order if any(value == result for result, _ in results))
    return outcome, [] if outcome == "met" else [finding for _, blame in results for finding in blame]


def _negate(tree: NotOf, facts: Mapping[str, Any], found: list[Finding]) -> tuple[Outcome, list[Finding]]:
    inner, _ = _walk(tree.not_, facts, found)
    flipped: dict[Outcome, Outcome] = {"met": "unmet", "unmet": "met", "needs_evidence": "needs_evidence"}
    outcome = flipped[inner]
    finding = Finding(tree.id, tree.title, outcome, False, False, (), (), *_reason(outcome, ()))
    found.append(finding)
    return outcome, [] if outcome == "met" else [finding]


def _judge(leaf: Leaf, facts: Mapping[str, Any]) -> Finding:
    if leaf.expression is not None:
        names = facts_used(leaf.expression)
        known = {name: facts[name] for name in names if facts.get(name) is not None}
        outcome = _compute(leaf.expression, known)
    else:
        names = (leaf.id,)
        known = {name: facts[name] for name in names if facts.get(name) is not None}
        outcome = "needs_evidence" if not known else "met" if known[leaf.id] is True else "unmet"
    missing = tuple(name for name in names if name not in known) if outcome == "needs_evidence" else ()
    return Finding(
        leaf.id,
        leaf.title,
        outcome,
        leaf.veto,
        leaf.preferred,
        tuple(known.items()),
        missing,
        *_reason(outcome, missing),
    )


def _compute(expression: str, known: Mapping[str, Any]) -> Outcome:
    """CEL lets a known part decide (false && unknown); otherwise an unknown or ill-typed fact leaves it open."""
    try:
        result = computed(expression, known)
    except (RuntimeError, TypeError, ValueError):
        return "needs_evidence"
    return "met" if result is True else "unmet"


def _reason(outcome: Outcome, missing: tuple[str, ...]) -> tuple[str, str]:
    if outcome == "met":
        return "符合。", "Met."
    if outcome == "unmet":
        return "不符合。", "Not met."
    names = "、".join(missing)
    return (
        (f"尚缺依据：{names}。", f"Evidence needed: {names}.")
        if missing
        else ("现有信息不足以判断。", "What is known does not decide it.")
    )


class ExpressionTooLargeError(ValueError):
    """What a condition may not grow to: `about` is length, nesting or loops; `most` of it is allowed."""

    def __init__(self, about: str, most: int) -> None:
        super().__init__(f"{about} over {most}")
        self.about = about
        self.most = most


@lru_cache(maxsize=512)
def compiled(expression: str) -> "Program":
    """Raises ValueError when the expression cannot be parsed; ExpressionTooLargeError before it is tried."""
    import cel  # noqa: PLC0415 - the binding brings its whole command line; only who judges conditions pays for it

    _measure(expression)
    return _calmly(lambda: cel.compile(expression))


def computed(expression: str, facts: Mapping[str, Any]) -> Any:
    """What an expression gives. Raises RuntimeError, TypeError or ValueError where the facts do not fit it."""
    program = compiled(expression)
    return _calmly(lambda: program.execute(dict(facts)))


def _measure(expression: str) -> None:
    """An expression has no limit of cost of its own: loops within loops over long lists take hours."""
    if len(expression) > MOST_CHARACTERS:
        raise ExpressionTooLargeError("length", MOST_CHARACTERS)
    if len(_LOOP.findall(expression)) > MOST_LOOPS:
        raise ExpressionTooLargeError("loops", MOST_LOOPS)
    depth = 0
    for char in expression:
        depth += (char in "([{") - (char in ")]}")
        if depth > MOST_NESTED:
            raise ExpressionTooLargeError("nesting", MOST_NESTED)


def _calmly(act: Callable[[], Result]) -> Result:
    """A panic of the library comes as an exception outside the family that `except Exception` catches."""
    try:
        return act()
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError(str(error)) from error


def facts_used(expression: str) -> tuple[str, ...]:
    return tuple(compiled(expression).variables())
