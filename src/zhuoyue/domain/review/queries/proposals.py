"""What the cut rule of a stage says of its applications. It proposes; a person decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhuoyue.domain.programmes.queries import category_rules, rules_of
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.domain.review.queries.standing import findings_on, is_exempt
from zhuoyue.domain.review.queries.totals import StageTotal
from zhuoyue.engine import cuts
from zhuoyue.packs.programmes import cap_labels, cut_data


@dataclass(frozen=True, slots=True)
class Proposal:
    """`rule` is None where the stage cuts nobody; `fault` says why a rule could not be applied."""

    rule: cuts.Rule | None
    outcome: cuts.Outcome | None
    decisions: dict[UUID, cuts.Decision]
    fault: str = ""


def proposal_of(run: StageRun, totals: Sequence[StageTotal], *, preferred: Collection[str] = ()) -> Proposal:
    """The rule applied to the totals. `preferred`: numbers of tied applications that people put ahead."""
    rules = rules_of(run.category.cycle.rules)
    data = cut_data(rules, settings_of(run))
    if data is None:
        return Proposal(None, None, {})
    rule = cuts.rule_from_data(data)
    outside = _exempt(run, totals)
    candidates = [
        cuts.Candidate(
            standing.entry.application.number,
            standing.value,
            _labels(run, standing, standing.entry.application_id in outside),
        )
        for standing in totals
    ]
    try:
        outcome = cuts.apply(rule, candidates, preferred=preferred)
    except cuts.CutError as error:
        return Proposal(rule, None, {}, str(error))
    keys = {standing.entry.application.number: standing.entry.application_id for standing in totals}
    return Proposal(rule, outcome, {keys[decision.key]: decision for decision in outcome.decided})


def _exempt(run: StageRun, totals: Sequence[StageTotal]) -> set[UUID]:
    """Those that stand outside every cap that limits them."""
    rules = rules_of(run.category.cycle.rules)
    caps = [cap for cap in rules.caps if cap.at_most is not None]
    if not any(cap.exempt for cap in caps):
        return set()
    applications = [standing.entry.application for standing in totals]
    found = findings_on(applications)
    return {one.pk for one in applications if all(is_exempt(rules, cap, one, found) for cap in caps)}


def _labels(run: StageRun, standing: StageTotal, exempt: bool) -> dict[str, str]:  # noqa: FBT001 - a fact of the application
    rules = rules_of(run.category.cycle.rules)
    category = category_rules(run.category)
    application = standing.entry.application
    award = next((entry for entry in rules.awards if entry.key == category.award), None)
    tier = award.tiers[0].key if award is not None and len(award.tiers) == 1 else None
    organisation = application.organisation
    return {
        "category": category.key,
        "region": organisation.region,
        "industry": organisation.industry,
        "size": organisation.size,
        "body": str(application.recommender_id or ""),
        "exempt": "yes" if exempt else "no",
        **cap_labels(rules, award=category.award, tier=tier, category=category.key),
    }
