"""Why no assignment keeps every rule, in codes for the faces and in words for everybody else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.assignment.flow import Network, build, contradictions
from zhuoyue.engine.assignment.problem import AssignmentError, BoolArray, IntArray, NodeArray, Problem, counts_of
from zhuoyue.engine.assignment.rules import NONE, Family, families_of, split

SHOWN = 5
"""Numbers spelled out in a sentence before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is short, and what would mend it.

    code: key for translation; applications, examiners: whom it concerns; wanted and available: the figures of the
    sentence; rule: family of team rules that binds, or empty.
    """

    code: str
    sentence: str
    applications: tuple[int, ...] = ()
    examiners: tuple[int, ...] = ()
    wanted: int = 0
    available: int = 0
    rule: str = ""

    @property
    def missing(self) -> int:
        return self.wanted - self.available


@dataclass(frozen=True, slots=True)
class Diagnosis:
    findings: tuple[Finding, ...]

    @property
    def feasible(self) -> bool:
        return not self.findings

    def __str__(self) -> str:
        return " ".join(finding.sentence for finding in self.findings)


class InfeasibleError(AssignmentError):
    """No assignment keeps every rule; `diagnosis` says who is short and what would mend it."""

    def __init__(self, diagnosis: Diagnosis) -> None:
        super().__init__(str(diagnosis))
        self.diagnosis = diagnosis


def diagnose(problem: Problem) -> Diagnosis:
    """Findings in the order of their causes: pins, single applications and examiners, groups of them, crossing rules.

    Empty for a feasible problem, unless its rules cross: then only a solver can tell, and `assign` has asked it.
    """
    families = families_of(problem)
    findings = [*_pins(problem, families), *_single(problem), *_teams(problem, families)]
    if not findings:
        nested, crossing = split(families)
        findings = [*_bottleneck(problem, nested)]
        if not findings and crossing:
            names = " and ".join(sorted({family.name for family in families}))
            findings = [
                Finding(
                    "rules_together",
                    f"Every rule can be kept by itself, but not the {names} rules together: relax one of them.",
                    rule=names,
                )
            ]
    return Diagnosis(tuple(findings))


def _pins(problem: Problem, families: Sequence[Family]) -> Iterator[Finding]:
    pins = problem.pins
    given = counts_of(problem.p[pins], problem.applications)
    loads = counts_of(problem.r[pins], problem.examiners)
    for i in np.flatnonzero(given > problem.demand).tolist():
        text = f"Application {i} has {given[i]} pinned examiners but wants {problem.demand[i]}: take pins away."
        yield Finding("pins_over_demand", text, (i,), (), int(given[i]), int(problem.demand[i]))
    for j in np.flatnonzero(loads > problem.load_max).tolist():
        text = f"Examiner {j} is pinned {loads[j]} times but takes at most {problem.load_max[j]}: take pins away."
        yield Finding("pins_over_load", text, (), (j,), int(loads[j]), int(problem.load_max[j]))
    for family in families:
        counts = family.counts(pins)
        for group in np.flatnonzero(counts > family.high).tolist():
            i, most = int(family.owner[group]), int(family.high[group])
            text = (
                f"The pinned examiners of application {i} break its {family.name} rule: {counts[group]} of one kind, "
                f"at most {most} allowed; take pins away."
            )
            yield Finding("pins_over_rule", text, (i,), (), int(counts[group]), most, family.name)


def _single(problem: Problem) -> Iterator[Finding]:
    open_to = problem.usable | problem.pins
    candidates = counts_of(problem.p[open_to], problem.applications)
    chances = counts_of(problem.r[open_to], problem.examiners)
    for i in np.flatnonzero(candidates < problem.demand).tolist():
        text = (
            f"Application {i} wants {problem.demand[i]} examiners but has {candidates[i]} candidates: "
            f"add {problem.demand[i] - candidates[i]} candidates or want fewer."
        )
        yield Finding("few_candidates", text, (i,), (), int(problem.demand[i]), int(candidates[i]))
    for j in np.flatnonzero(chances < problem.load_min).tolist():
        text = (
            f"Examiner {j} must have {problem.load_min[j]} applications but is a candidate for {chances[j]}: "
            f"lower the minimum or open more applications to them."
        )
        yield Finding("few_chances", text, (), (j,), int(problem.load_min[j]), int(chances[j]))


def _teams(problem: Problem, families: Sequence[Family]) -> Iterator[Finding]:
    """Applications whose candidates alone cannot form a team."""
    open_to = problem.usable | problem.pins
    for family in families:
        counts = family.counts(open_to)
        for group in np.flatnonzero(counts < family.low).tolist():
            i, low = int(family.owner[group]), int(family.low[group])
            text = (
                f"Application {i} needs {low} of the seniors but has {counts[group]} among its candidates: "
                f"add seniors or lower the rule."
            )
            yield Finding("few_seniors", text, (i,), (), low, int(counts[group]), family.name)
        inside = np.bincount(family.owner, weights=np.minimum(counts, family.high), minlength=problem.applications)
        ungrouped = counts_of(problem.p[open_to & (family.group == NONE)], problem.applications)
        formed = (inside + ungrouped).astype(np.int64)
        enough = counts_of(problem.p[open_to], problem.applications) >= problem.demand
        for i in np.flatnonzero(enough & (formed < problem.demand)).tolist():
            text = (
                f"The {family.name} rule leaves application {i} a team of {formed[i]} at most, it wants "
                f"{problem.demand[i]}: add other candidates or relax the rule."
            )
            yield Finding("rule_narrow", text, (i,), (), int(problem.demand[i]), int(formed[i]), family.name)


def _bottleneck(problem: Problem, nested: Sequence[Family]) -> Iterator[Finding]:
    """The cut that holds the flow up: a group of applications and the places open to it, or of minimum loads."""
    network = build(problem, nested, problem.pins)
    if network is None:
        apps = contradictions(problem, nested)
        rules = " and ".join(family.name for family in nested)
        text = (
            f"The {rules} rules need more places than {_names('application', apps)} can give beside the pinned pairs: "
            f"take pins away, want more examiners or relax a rule."
        )
        yield Finding("rules_contradict", text, tuple(apps.tolist()), rule=rules)
        return
    missing, source_side = _least_cut(network)
    if not missing:
        return
    n, m = problem.applications, problem.examiners
    inside = np.zeros(m, dtype=np.bool_)
    examiner_of = np.full(network.supplies.size, NONE)
    examiner_of[network.more_tails[:m]] = np.arange(m)
    inside[examiner_of[np.flatnonzero(source_side)][examiner_of[np.flatnonzero(source_side)] != NONE]] = True
    apps = np.flatnonzero(source_side[:n] & (problem.demand > 0))
    binds = _rules_on(network, source_side, problem, nested)
    if not source_side[n + m]:
        people, wanted = np.flatnonzero(inside), int(problem.demand[apps].sum())
        text = (
            f"{_names('Application', apps)} together want {wanted} examiners, but loads{binds[1]} and the candidates "
            f"open to them allow only {wanted - missing}. Add {missing} places to {_names('examiner', people)}, "
            f"open other candidates to them, or want fewer."
        )
        yield Finding(
            "places_short", text, tuple(apps.tolist()), tuple(people.tolist()), wanted, wanted - missing, binds[0]
        )
        return
    people = np.flatnonzero(~inside & (problem.load_min > 0))
    wanted = int(problem.load_min[people].sum())
    text = (
        f"{_names('Examiner', people)} must have {wanted} applications together, but only {wanted - missing} can be "
        f"given to them{binds[1]}. Lower their minimum loads by {missing} or open more applications to them."
    )
    yield Finding("minimum_short", text, (), tuple(people.tolist()), wanted, wanted - missing, binds[0])


def _least_cut(network: Network) -> tuple[int, BoolArray]:
    """(units that cannot be sent, nodes on the source's side of the narrowest cut)."""
    from ortools.graph.python import max_flow  # noqa: PLC0415  loaded only by the process that solves

    size = network.supplies.size
    gives, takes = np.flatnonzero(network.supplies > 0), np.flatnonzero(network.supplies < 0)
    tails: list[NodeArray | IntArray] = [network.tails, network.more_tails, np.full(gives.size, size), takes]
    heads: list[NodeArray | IntArray] = [network.heads, network.more_heads, gives, np.full(takes.size, size + 1)]
    capacities = [np.ones(network.tails.size, dtype=np.int64), network.more_capacities]
    capacities += [network.supplies[gives], -network.supplies[takes]]
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.concatenate(tails).astype(np.int32), np.concatenate(heads).astype(np.int32), np.concatenate(capacities)
    )
    solver.solve(size, size + 1)
    side = np.zeros(size + 2, dtype=np.bool_)
    side[np.asarray(solver.get_source_side_min_cut(), dtype=np.int64)] = True
    needed = max(int(network.supplies[gives].sum()), int(-network.supplies[takes].sum()))
    return needed - int(solver.optimal_flow()), side[:size]


def _rules_on(
    network: Network, side: IntArray | BoolArray, problem: Problem, nested: Sequence[Family]
) -> tuple[str, str]:
    """(families whose limits lie on the cut, the same in words)."""
    first = problem.applications + problem.examiners + 1
    arcs = slice(problem.examiners, None)
    cut = side[network.more_tails[arcs]] & ~side[network.more_heads[arcs]]
    groups = network.more_heads[arcs][cut] - first
    ends = np.cumsum([family.low.size for family in nested])
    names = sorted({nested[int(np.searchsorted(ends, group, side="right"))].name for group in groups})
    return " and ".join(names), f", the {' and '.join(names)} rules" if names else ""


def _names(word: str, numbers: IntArray) -> str:
    shown = ", ".join(str(number) for number in numbers[:SHOWN])
    more = f" and {numbers.size - SHOWN} more" if numbers.size > SHOWN else ""
    return f"{word}{'s' if numbers.size != 1 else ''} {shown}{more}"
