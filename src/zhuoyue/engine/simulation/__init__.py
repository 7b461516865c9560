"""Simulation: a dry run of a cycle before its notice is published.

from zhuoyue.engine.simulation import Arrivals, Phase, Plan, Pool, Spread, dry_run
outcome = dry_run(plan, seed=7)
outcome.bottleneck, outcome.phases[-1].finish_by(0.9)
"""

from zhuoyue.engine.simulation.dry_run import DryRun, PhaseOutcome, PoolOutcome, dry_run
from zhuoyue.engine.simulation.plan import Arrivals, Phase, Plan, PlanError, Pool, Spread

__all__ = [
    "Arrivals",
    "DryRun",
    "Phase",
    "PhaseOutcome",
    "Plan",
    "PlanError",
    "Pool",
    "PoolOutcome",
    "Spread",
    "dry_run",
]
