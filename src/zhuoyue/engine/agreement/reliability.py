"""How much of the differences between ratings lies in the units: variance components, ICC, reliability of a mean.

Model: rating = mean + unit + examiner + rest, all random, y_ij = mu + u_i + r_j + e_ij. The components come from the
method of moments for unbalanced two-way data (Henderson's method III: C. R. Henderson, Biometrics 9, 1953, 226-252;
Searle, Casella and McCulloch, Variance Components, 1992, chapter 5). With N ratings (one examiner rates a unit once),
a units, b examiners and c groups of units and examiners that hang together, three sums of squares have expectations

    within units      Su = Σ (y_ij - mean of unit i)²           E(Su) = (N - a) (Vr + Ve)
    within examiners  Sr = Σ (y_ij - mean of examiner j)²       E(Sr) = (N - b) (Vu + Ve)
    within both       Se = what unit and examiner leave over    E(Se) = (N - a - b + c) Ve

so that Ve = Se / (N - a - b + c), Vr = Su / (N - a) - Ve and Vu = Sr / (N - b) - Ve. In a complete design these are
the analysis-of-variance estimates, and ICC(A,1) is that of McGraw and Wong (Psychological Methods 1, 1996, 30-46):

    ICC(A,1) = Vu / (Vu + Vr + Ve)    ICC(C,1) = Vu / (Vu + Ve)
    reliability of a mean of k = Vu / (Vu + (Vr + Ve) / k)
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, cg

from zhuoyue.engine.agreement.ratings import Floats, Ratings
from zhuoyue.engine.verdict import Verdict

_ACCURACY = 1e-7  # of the iterated examiner effects; the explained sum of squares errs by its square


@dataclass(frozen=True, slots=True)
class Reliability:
    """None where `reasons` say why. `per_unit` is the harmonic mean of ratings a unit, which `of_mean` stands for.

    `notes` name variances whose estimate fell below 0 and counts as 0.
    """

    units: int
    raters: int
    ratings: int
    per_unit: float
    unit_variance: float | None
    rater_variance: float | None
    rest_variance: float | None
    icc_agreement: float | None
    icc_consistency: float | None
    of_mean: float | None
    reasons: tuple[Verdict, ...] = ()
    notes: tuple[Verdict, ...] = ()

    def of_mean_of(self, count: float) -> float | None:
        """Reliability of the mean of `count` examiners drawn anew for each unit."""
        if self.unit_variance is None or self.rater_variance is None or self.rest_variance is None:
            return None
        return _share(self.unit_variance, (self.rater_variance + self.rest_variance) / count)


def reliability_of(ratings: Ratings) -> Reliability:
    per_unit, per_rater = ratings.per_unit, ratings.per_rater
    units, raters, count = len(per_unit), len(per_rater), len(ratings.values)
    reason = _unfit(units, raters, count)
    found = None if reason else _variances(ratings)
    if found is None:
        reason = reason or Verdict.of("examiners_not_separable", raters=raters, ratings=count)
        usual = 0.0 if count == 0 else units / float((1.0 / per_unit).sum())
        return Reliability(units, raters, count, usual, None, None, None, None, None, None, (reason,))
    unit, rater, rest = (max(0.0, variance) for variance in found)
    usual = units / float((1.0 / per_unit).sum())
    names = ("unit", "rater", "rest")
    negative = tuple(
        Verdict.of("negative_variance", of=name, estimate=value)
        for name, value in zip(names, found, strict=True)
        if value < 0
    )
    return Reliability(
        units=units,
        raters=raters,
        ratings=count,
        per_unit=usual,
        unit_variance=unit,
        rater_variance=rater,
        rest_variance=rest,
        icc_agreement=_share(unit, rater + rest),
        icc_consistency=_share(unit, rest),
        of_mean=_share(unit, (rater + rest) / usual),
        reasons=() if unit + rater + rest > 0 else (Verdict.of("all_ratings_equal"),),
        notes=negative,
    )


def _unfit(units: int, raters: int, count: int) -> Verdict | None:
    if units < 2:  # noqa: PLR2004 - differences need two
        return Verdict.of("too_few_units", units=units, needed=2)
    if raters < 2:  # noqa: PLR2004 - differences need two
        return Verdict.of("too_few_raters", raters=raters, needed=2)
    return Verdict.of("no_unit_rated_twice") if count == units else None


def _variances(ratings: Ratings) -> tuple[float, float, float] | None:
    """Of unit, examiner and rest; None where nothing is left over to tell examiners from the rest."""
    values, per_unit, per_rater = ratings.values, ratings.per_unit, ratings.per_rater
    count, units, raters = len(values), len(per_unit), len(per_rater)
    who = csr_array((np.ones(count), (ratings.raters, ratings.units)), shape=(raters, units))
    left = count - units - raters + _groups(who)
    if left == 0:
        return None
    unit_means = np.bincount(ratings.units, values) / per_unit
    rater_sums = np.bincount(ratings.raters, values)
    inside = values - unit_means[ratings.units]
    within_units = float((inside * inside).sum())
    apart = values - (rater_sums / per_rater)[ratings.raters]
    explained = _explained_by_raters(who, rater_sums - who @ unit_means, per_unit.astype(float))
    rest = max(0.0, within_units - explained) / left
    return float((apart * apart).sum()) / (count - raters) - rest, within_units / (count - units) - rest, rest


def _groups(who: csr_array) -> int:
    """Sets of units and examiners linked by ratings."""
    raters, units = who.shape
    entries = who.tocoo()
    graph = csr_array((entries.data, (entries.row, raters + entries.col)), shape=(raters + units, raters + units))
    groups, _ = connected_components(graph, directed=False)
    return int(groups)


def _explained_by_raters(who: csr_array, deviations: Floats, per_unit: Floats) -> float:
    """Sum of squares that examiners explain within units; `deviations` are each examiner's sums of y less unit mean.

    The normal equations of the examiner effects, units swept out, solved by conjugate gradients: memory stays linear.
    """
    per_rater = np.asarray(who.sum(axis=1), dtype=float)
    diagonal = per_rater - who @ (1.0 / per_unit)
    scale = np.where(diagonal > 0, diagonal, 1.0)
    shape = (len(per_rater), len(per_rater))
    swept = LinearOperator(shape, matvec=lambda effects: per_rater * effects - who @ ((who.T @ effects) / per_unit))
    jacobi = LinearOperator(shape, matvec=lambda effects: effects / scale)
    effects, _ = cg(swept, deviations, rtol=_ACCURACY, M=jacobi)
    return float((effects * deviations).sum())


def _share(part: float, rest: float) -> float | None:
    whole = part + rest
    return part / whole if whole > 0 else None
