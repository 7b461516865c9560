"""What the rules ask of an applicant, condition by condition: what is computed, what an officer has to find."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.queries import category_rules, rules_of
from zhuoyue.domain.review.queries.stages import facts_of
from zhuoyue.packs.programmes import Eligibility, Finding, evaluate
from zhuoyue.packs.programmes.schema.conditions import AllOf, AnyOf, Leaf, NotOf, Tree, leaves_of

Answers = Mapping[str, bool]
YES = "yes"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as an officer meets it. `asked`: nothing computes it, so the officer finds it.

    `declared`: the applicant has said so in the application. `facts`: (title, value, unit) that it was computed from.
    """

    leaf: Leaf
    finding: Finding
    asked: bool
    declared: bool
    facts: tuple[tuple[str, Any, str], ...]


@dataclass(frozen=True, slots=True)
class Conditions:
    """`title` names the set; empty where the rules have no conditions for the category."""

    title: str
    rows: tuple[Condition, ...]
    eligibility: Eligibility | None

    @property
    def is_met(self) -> bool:
        return self.eligibility is None or self.eligibility.outcome == "met"

    @property
    def open_points(self) -> tuple[Finding, ...]:
        """What stands between the applicant and acceptance: refusals first, then what is not known."""
        if self.eligibility is None:
            return ()
        return self.eligibility.refusals + self.eligibility.open_questions


def conditions_of(application: Application, answers: Answers, language: str = "zh") -> Conditions:
    """The conditions of the rules that the application was filed under, with the officer's `answers` (id -> holds)."""
    rules = rules_of(application.rules)
    asked_set = rules.condition_set(category_rules(application.category, application.rules).conditions)
    if asked_set is None:
        return Conditions("", (), None)
    facts = facts_of(application)
    leaves = leaves_of(asked_set.tree)
    computed = {leaf.id for leaf in leaves if leaf.expression and _is_known(leaf, facts)}
    tree = _as_asked(asked_set.tree, computed)
    known = {key: holds for key, holds in answers.items() if key not in computed}
    eligibility = evaluate(tree, {**facts, **known})
    findings = {finding.id: finding for finding in eligibility.findings}
    titles = {fact.key: fact for fact in rules.facts}
    declared = _declared(application)
    rows = tuple(
        Condition(
            leaf,
            findings[leaf.id],
            leaf.id not in computed,
            leaf.id in declared,
            tuple(_fact_words(name, value, titles, language) for name, value in findings[leaf.id].facts)
            if leaf.id in computed
            else (),
        )
        for leaf in leaves
    )
    return Conditions(asked_set.title.in_language(language), rows, eligibility)


def _is_known(leaf: Leaf, facts: Mapping[str, Any]) -> bool:
    return evaluate(leaf, facts).findings[0].outcome != "needs_evidence"


def _as_asked(tree: Tree, computed: set[str]) -> Tree:
    """The tree in which a condition that nothing known computes is asked of the officer instead."""
    if isinstance(tree, Leaf):
        return tree if tree.id in computed else tree.model_copy(update={"expression": None})
    if isinstance(tree, NotOf):
        return tree.model_copy(update={"not_": _as_asked(tree.not_, computed)})
    name = "all" if isinstance(tree, AllOf) else "any"
    branches = tree.all if isinstance(tree, AllOf) else tree.any
    copied: AllOf | AnyOf = tree.model_copy(update={name: tuple(_as_asked(branch, computed) for branch in branches)})
    return copied


def _declared(application: Application) -> set[str]:
    """The statements that the applicant has confirmed, by key."""
    if application.snapshot is None:
        return set()
    answers = application.snapshot.frozen.get("answers", {})
    return {key for value in answers.values() for key, given in value.items() if given == YES}


def _fact_words(name: str, value: Any, titles: Mapping[str, Any], language: str) -> tuple[str, Any, str]:
    fact = titles.get(name)
    if fact is None:
        return name, value, ""
    return fact.title.in_language(language), value, fact.unit.in_language(language) if fact.unit else ""
