"""What the cut rule of a stage says of its applications. It proposes; a person decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.queries import category_rules, rules_of
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.domain.review.queries.standing import findings_on, is_exempt
from zhuoyue.domain.review.queries.totals import Place
from zhuoyue.engine import cuts
from zhuoyue.packs.programmes import cap_labels, cut_data


@dataclass(frozen=True, slots=True)
class Proposal:
    """`rule` is None where the stage cuts nobody; `fault` says why a rule could not be applied."""

    rule: cuts.Rule | None
    outcome: cuts.Outcome | None
    decisions: dict[UUID, cuts.Decision]
    fault: str = ""


class Placed(Protocol):
    """An application in the order of a stage. `value`: what the cut compares, None where there is none yet."""

    @property
    def place(self) -> Place: ...
    @property
    def value(self) -> Decimal | None: ...


def proposal_of(run: StageRun, totals: Sequence[Placed], *, preferred: Collection[str] = ()) -> Proposal:
    """The rule applied to the totals. `preferred`: numbers of tied applications that people put ahead."""
    rule = rule_of(run)
    if rule is None:
        return Proposal(None, None, {})
    outside, same = _exempt(run, [one.place.application for one in totals]), _labels_of(run)
    candidates = [
        cuts.Candidate(one.place.number, one.value, _labels(one.place, same, exempt=one.place.application in outside))
        for one in totals
    ]
    try:
        outcome = cuts.apply(rule, candidates, preferred=preferred)
    except cuts.CutError as error:
        return Proposal(rule, None, {}, str(error))
    keys = {one.place.number: one.place.application for one in totals}
    return Proposal(rule, outcome, {keys[decision.key]: decision for decision in outcome.decided})


def rule_of(run: StageRun) -> cuts.Rule | None:
    """None where the stage cuts nobody."""
    data = cut_data(rules_of(run.category.cycle.rules), settings_of(run))
    return None if data is None else cuts.rule_from_data(data)


def _exempt(run: StageRun, applications: Sequence[UUID]) -> set[UUID]:
    """Those that stand outside every cap that limits them."""
    rules = rules_of(run.category.cycle.rules)
    caps = [cap for cap in rules.caps if cap.at_most is not None]
    if not any(cap.exempt for cap in caps):
        return set()
    listed = list(Application.objects.select_related("organisation", "category").filter(pk__in=applications))
    found = findings_on(listed)
    return {one.pk for one in listed if all(is_exempt(rules, cap, one, found) for cap in caps)}


def _labels_of(run: StageRun) -> dict[str, str]:
    """What all applications of a category share."""
    rules = rules_of(run.category.cycle.rules)
    category = category_rules(run.category)
    award = next((entry for entry in rules.awards if entry.key == category.award), None)
    tier = award.tiers[0].key if award is not None and len(award.tiers) == 1 else None
    return {"category": category.key, **cap_labels(rules, award=category.award, tier=tier, category=category.key)}


def _labels(place: Place, same: dict[str, str], *, exempt: bool) -> dict[str, str]:
    return {
        "region": place.region,
        "industry": place.industry,
        "size": place.size,
        "body": str(place.body or ""),
        "exempt": "yes" if exempt else "no",
        **same,
    }
