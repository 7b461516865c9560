"""Other ways to fit the model of calibration: an exact solution; lme4 and statsmodels where they are installed."""

import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

# fits every fold in one R process; new subjects or judges are predicted as average
R_SCRIPT = """
suppressMessages(library(lme4))
paths <- commandArgs(trailingOnly = TRUE)
data <- read.csv(paths[1])
data$a <- factor(data$a); data$e <- factor(data$e)
data$p <- NA
started <- proc.time()[3]
for (f in sort(unique(data$fold[data$fold >= 0]))) {
  held <- data$fold == f
  model <- lmer(y ~ 1 + (1 | a) + (1 | e), data = data[!held, ], control = lmerControl(calc.derivs = FALSE))
  data$p[held] <- predict(model, newdata = data[held, ], allow.new.levels = TRUE)
}
if (all(data$fold < 0)) {
  model <- lmer(y ~ 1 + (1 | a) + (1 | e), data = data, control = lmerControl(calc.derivs = FALSE))
  data$p <- fixef(model) + ranef(model)$a[as.character(data$a), 1]
}
write.csv(data.frame(p = data$p, seconds = proc.time()[3] - started), paths[2], row.names = FALSE)
"""


@dataclass(frozen=True, slots=True)
class Exact:
    """The solved model at one pair of variance ratios; `deviance` is -2 restricted log likelihood, noise profiled."""

    mean: float
    quality: Floats
    leniency: Floats
    deviance: float


@dataclass(frozen=True, slots=True)
class Crossed:
    """Applications x examiners as numbers, `sizes` of each."""

    application: Indices
    examiner: Indices
    values: Floats
    sizes: tuple[int, int]

    def table(self) -> sparse.csr_array:
        ones = np.ones(len(self.values))
        return sparse.csr_array((ones, (self.application, self.examiner)), shape=self.sizes)


def exact_fit(given: Crossed, table: sparse.csr_array, quality_ratio: float, leniency_ratio: float) -> Exact:
    """Exact solution at given noise ratios, by factoring one dense matrix over the examiners."""
    applications, examiners = given.sizes
    inner = 1.0 / (table.sum(axis=1) + quality_ratio)
    matrix = np.diag(table.sum(axis=0) + leniency_ratio)
    matrix -= (table.T @ sparse.diags_array(inner) @ table).toarray()
    factor = cho_factor(matrix)

    def solved(column: Floats) -> tuple[Floats, Floats]:
        sums = np.bincount(given.application, column, applications)
        theirs = np.bincount(given.examiner, column, examiners)
        leniency = cho_solve(factor, theirs - table.T @ (inner * sums))
        return inner * (sums - table @ leniency), leniency

    quality, leniency = solved(given.values)
    quality_of_mean, leniency_of_mean = solved(np.ones(len(given.values)))
    unexplained = 1.0 - quality_of_mean[given.application] - leniency_of_mean[given.examiner]
    mean = unexplained @ given.values / unexplained.sum()
    quality, leniency = quality - mean * quality_of_mean, leniency - mean * leniency_of_mean
    rest = given.values - mean
    noise = rest @ (rest - quality[given.application] - leniency[given.examiner]) / (len(rest) - 1)
    volume = 2 * np.log(np.diag(factor[0])).sum() - np.log(inner).sum()
    volume -= applications * np.log(quality_ratio) + examiners * np.log(leniency_ratio)
    return Exact(mean, quality, leniency, (len(rest) - 1) * np.log(noise) + volume + np.log(unexplained.sum()))


def exact_reml(given: Crossed) -> Exact:
    """The solution at the restricted-likelihood optimum, found by a general optimiser: what lme4 estimates."""
    table = given.table()

    def deviance(logs: Floats) -> float:
        return exact_fit(given, table, *np.exp(logs)).deviance

    tries = [minimize(deviance, start, method="L-BFGS-B", bounds=[(-8, 12)] * 2) for start in ((0, 1), (4, 1))]
    best = min(tries, key=lambda one: one.fun)
    return exact_fit(given, table, *np.exp(best.x))


def lme4(given: Crossed, fold: Indices | None = None) -> tuple[Floats, float] | None:
    """Held-out predictions by `fold` (or fitted qualities without folds) and seconds; None without R or lme4."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    fold = np.full(len(given.values), -1) if fold is None else fold
    with tempfile.TemporaryDirectory() as folder:
        script, ratings, found = (Path(folder) / name for name in ("fit.R", "given.csv", "found.csv"))
        script.write_text(R_SCRIPT, encoding="utf-8")
        table = np.column_stack([given.application, given.examiner, given.values, fold])
        np.savetxt(ratings, table, delimiter=",", header="a,e,y,fold", comments="", fmt=["%d", "%d", "%.17g", "%d"])
        command = [program, str(script), str(ratings), str(found)]
        done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own script
        if done.returncode:
            return None
        result = np.loadtxt(found, delimiter=",", skiprows=1)
    return result[:, 0], float(result[0, 1])


def statsmodels_seconds(given: Crossed) -> float | None:
    """Seconds that MixedLM takes with crossed effects; None where statsmodels is not installed."""
    try:
        import pandas as pd  # noqa: PLC0415 - comes with statsmodels
        from statsmodels.regression.mixed_linear_model import MixedLM  # noqa: PLC0415 - optional
    except ImportError:
        return None
    started = time.perf_counter()
    data = pd.DataFrame({"y": given.values, "one": 1, "a": given.application, "e": given.examiner})
    parts = {"a": "0 + C(a)", "e": "0 + C(e)"}
    MixedLM.from_formula("y ~ 1", groups="one", vc_formula=parts, data=data).fit()
    return time.perf_counter() - started
