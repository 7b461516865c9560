"""Criteria as a facet: some criteria are scored lower than others, and an examiner may be strict on one of them only.

    y_ijc = pair_ij + easiness_c + (application i on c) + (leniency of examiner j on c) + noise

Easiness is estimated within the pairs (least squares). What is then left within a pair is again a two-way model, now
of (application, criterion) and (examiner, criterion), and is solved by the same equations. Where every examiner rated
every criterion both terms cancel in the mean over the criteria; where some are missing they keep an examiner from
being called lenient for having rated the easy ones.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from zhuoyue.engine.calibration.checks import groups
from zhuoyue.engine.calibration.ratings import CriterionDesign, Design, Floats, pooled
from zhuoyue.engine.calibration.solver import system_of
from zhuoyue.engine.calibration.variances import fit, moments, refine


@dataclass(frozen=True, slots=True, eq=False)
class CriterionEffects:
    """`easiness` per criterion (points above the mean criterion) and `leniency`, examiners x criteria.

    Leniency on a criterion is what remains beside the examiner's general leniency; 0 where nothing was rated.
    """

    criteria: tuple[Any, ...]
    easiness: Floats
    leniency: Floats


def without_criteria(design: CriterionDesign) -> tuple[Design, CriterionEffects]:
    """One value per (application, examiner), freed of criterion effects, and those effects."""
    easiness = easiness_of(design)
    eased = design.values - easiness[design.criterion]
    left = eased - pooled(design, eased).values[design.pair]
    leniency = criterion_leniency(design, left)
    freed = eased - leniency[design.examiner, design.criterion]
    return pooled(design, freed), CriterionEffects(design.criteria, easiness, leniency)


def easiness_of(design: CriterionDesign) -> Floats:
    criteria = len(design.criteria)
    counts = np.bincount(design.criterion, minlength=criteria)
    in_pair = np.bincount(design.pair)
    table = sparse.csr_array((np.ones(len(design.pair)), (design.pair, design.criterion)))
    shared = sparse.csr_array(table.T @ sparse.diags_array(1.0 / in_pair) @ table).toarray()
    pair_means = np.bincount(design.pair, design.values) / in_pair
    right = np.bincount(design.criterion, design.values, criteria) - table.T @ pair_means
    found: Floats = np.linalg.lstsq(np.diag(counts) - shared, right, rcond=None)[0]
    return found - float(counts @ found) / len(design.values)


def criterion_leniency(design: CriterionDesign, left: Floats) -> Floats:
    """Shrunk leniency per examiner and criterion from what is left within the pairs; nought where it is not there."""
    criteria = len(design.criteria)
    applications, application = np.unique(design.application * criteria + design.criterion, return_inverse=True)
    examiners, examiner = np.unique(design.examiner * criteria + design.criterion, return_inverse=True)
    order = np.argsort(application, kind="stable")
    crossed = Design(
        tuple(applications.tolist()), tuple(examiners.tolist()), application[order], examiner[order], left[order]
    )
    table = np.zeros(len(design.examiners) * criteria)
    count, _ = groups(crossed)
    if len(left) - len(applications) - len(examiners) + count < 1 or not np.any(left):
        return table.reshape(-1, criteria)
    system = system_of(crossed, scale=np.ones(len(examiners)))
    found = refine(system, crossed.values, moments(crossed, count))
    solved = fit(system.with_ratios(found.quality_ratio, found.leniency_ratio), crossed.values)
    table[examiners] = solved.leniency
    counts = np.bincount(design.examiner * criteria + design.criterion, minlength=len(table)).reshape(-1, criteria)
    general = (table.reshape(-1, criteria) * counts).sum(axis=1) / counts.sum(axis=1)
    return np.where(counts > 0, table.reshape(-1, criteria) - general[:, None], 0.0)
