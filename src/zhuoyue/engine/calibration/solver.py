"""The mixed-model equations of y = mu + leniency_j + scale_j * quality_i + noise, solved without forming a square.

Applications are eliminated exactly (their block is diagonal); what remains is one equation per examiner,

    (n_j + b) x_j - sum_i w_ij (sum_j' w_ij' x_j') / (sum_j' w_ij'^2 + a) = r_j,     w_ij = scale_j where j rated i,

solved by conjugate gradients with the diagonal as preconditioner, many right-hand sides at once. `a` and `b` are the
noise variance divided by the variance of quality and of leniency. Memory is linear in the ratings.
Source: C. R. Henderson's mixed-model equations (Applications of Linear Models in Animal Breeding, 1984).
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from zhuoyue.engine.calibration.ratings import Design, Floats

ACCURACY = 1e-10  # relative residual at which a solution counts as found
MOST_STEPS = 20_000
LEAST_DIAGONAL = 1e-9  # an examiner whose ratings are all absorbed leaves no diagonal to divide by


class NotConvergedError(ValueError):
    """The equations were not solved within the allowed steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """`quality` per application and `leniency` per examiner, one column per right-hand side."""

    quality: Floats
    leniency: Floats


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """The equations for one design, one scale per examiner and two variance ratios.

    `weights` is applications x examiners, `by_application` and `by_examiner` sum over the ratings of each.
    """

    weights: sparse.csr_array
    weights_turned: sparse.csr_array
    by_application: sparse.csr_array
    by_examiner: sparse.csr_array
    squares_turned: sparse.csr_array
    application_squares: Floats
    per_examiner: Floats
    application_weight: Floats
    examiner_weight: Floats
    preconditioner: Floats

    def with_ratios(self, quality_ratio: float, leniency_ratio: float) -> "System":
        """The same ratings under other variance ratios; a ratio of 0 leaves that side unshrunk (fixed effects)."""
        application_weight = self.application_squares + quality_ratio
        examiner_weight = self.per_examiner + leniency_ratio
        diagonal = examiner_weight - self.squares_turned @ (1.0 / application_weight)
        preconditioner = np.where(diagonal > LEAST_DIAGONAL * examiner_weight, diagonal, examiner_weight)
        return replace(
            self,
            application_weight=application_weight,
            examiner_weight=examiner_weight,
            preconditioner=preconditioner,
        )

    def times(self, leniency: Floats) -> Floats:
        inner = (self.weights @ leniency) / self.application_weight[:, None]
        product: Floats = self.examiner_weight[:, None] * leniency - self.weights_turned @ inner
        return product

    def solve(self, values: Floats, *, accuracy: float = ACCURACY) -> Solution:
        """Shrunk quality and leniency for each column of `values` (ratings x columns), without a mean."""
        by_application = self.by_application @ values
        right = self.by_examiner @ values - self.weights_turned @ (by_application / self.application_weight[:, None])
        leniency = self.leniencies(right, accuracy=accuracy)
        quality = (by_application - self.weights @ leniency) / self.application_weight[:, None]
        return Solution(quality, leniency)

    def leniencies(
        self, right: Floats, *, accuracy: float = ACCURACY, rounding: float = 0.0, most_steps: int = MOST_STEPS
    ) -> Floats:
        """Preconditioned conjugate gradients, all columns of `right` (examiners x columns) side by side.

        `rounding` is the size of what rounding may have left in `right`; nothing smaller is solved for. Without
        shrinkage the equations are singular, and rounding lies outside what they can reach.
        """
        found = np.zeros_like(right)
        residual = right.copy()
        goal = np.maximum(accuracy * np.sqrt((right * right).sum(axis=0)), rounding)
        towards = residual / self.preconditioner[:, None]
        direction = towards.copy()
        size = (residual * towards).sum(axis=0)
        for _ in range(most_steps):
            if (np.sqrt((residual * residual).sum(axis=0)) <= goal).all():
                return found
            image = self.times(direction)
            curvature = (direction * image).sum(axis=0)
            step = np.divide(size, curvature, out=np.zeros_like(size), where=curvature > 0)
            found += step * direction
            residual -= step * image
            towards = residual / self.preconditioner[:, None]
            new_size = (residual * towards).sum(axis=0)
            direction *= np.divide(new_size, size, out=np.zeros_like(size), where=size > 0)
            direction += towards
            size = new_size
        raise NotConvergedError(f"The equations of {len(right)} examiners were not solved in {most_steps} steps.")


def system_of(design: Design, *, scale: Floats, quality_ratio: float = 0.0, leniency_ratio: float = 0.0) -> System:
    count, applications, examiners = len(design.values), len(design.applications), len(design.examiners)
    entries = scale[design.examiner]
    starts = np.append(0, np.cumsum(design.per_application))
    weights = sparse.csr_array((entries, design.examiner, starts), shape=(applications, examiners))
    by_application = sparse.csr_array((entries, np.arange(count), starts), shape=(applications, count))
    by_examiner = sparse.csr_array(
        (np.ones(count), np.argsort(design.examiner, kind="stable"), np.append(0, np.cumsum(design.per_examiner))),
        shape=(examiners, count),
    )
    none = np.zeros(0)
    turned = weights.T.tocsr()
    bare = System(
        weights,
        turned,
        by_application,
        by_examiner,
        turned.power(2),
        np.bincount(design.application, entries * entries, applications).astype(np.float64),
        design.per_examiner.astype(np.float64),
        none,
        none,
        none,
    )
    return bare.with_ratios(quality_ratio, leniency_ratio)
