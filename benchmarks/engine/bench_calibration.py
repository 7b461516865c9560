"""Calibration and ranking: accuracy on public ratings, recovery of known truth, honesty of the chances, speed."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from mixed_models import Crossed, exact_reml, lme4, statsmodels_seconds
from numpy.typing import NDArray
from rating_sets import Cycle, RatingSet, made_up, oracle, public_sets
from scipy.stats import spearmanr

from zhuoyue.engine.calibration import UNLIMITED, Calibration, Ratings, calibrate
from zhuoyue.engine.calibration.model import Scaling
from zhuoyue.engine.ranking import Cut, rank, sensitivity

Floats = NDArray[np.float64]
Result = TypeVar("Result")

FOLDS = 5
COVERAGE = (0.88, 0.92)
DRAWS = 100
DENSE = 1000  # examiners up to which the exact dense fit is worth its time


Row = dict[str, Any]


def row(
    case: str,
    measure: str,
    ours: float,
    unit: str,
    *,
    other: tuple[str, float] | tuple[None, None] = (None, None),
    target: tuple[str, bool] | tuple[None, None] = (None, None),
) -> Row:
    """`other` is the alternative and its figure, `target` the words and whether it was reached."""
    return {
        "bench": "calibration",
        "case": case,
        "measure": measure,
        "ours": ours,
        "unit": unit,
        "other": other[0],
        "other_value": other[1],
        "target": target[0],
        "ok": target[1],
    }


def rmse(errors: list[Floats]) -> float:
    return float(np.sqrt(np.mean(np.concatenate(errors) ** 2)))


def plain_mean(given: RatingSet, kept: NDArray[np.bool_]) -> Floats:
    """Each held-out rating predicted by the mean of the application's other ratings, or of all when it has none."""
    counts = np.bincount(given.application[kept], minlength=given.application.max() + 1)
    sums = np.bincount(given.application[kept], given.values[kept], len(counts))
    means = np.where(counts > 0, sums / np.maximum(counts, 1), given.values[kept].mean())
    return means[given.application[~kept]]


def held_out(given: RatingSet, repeats: int) -> list[Row]:
    """Five-fold cross-validation over the ratings, repeated with other folds."""
    sizes = (int(given.application.max()) + 1, int(given.examiner.max()) + 1)
    errors: dict[str, list[Floats]] = {}
    for seed in range(repeats):
        fold = np.random.default_rng(seed).permutation(len(given.values)) % FOLDS
        for number in range(FOLDS):
            for name, guess in guesses(given, fold != number, sizes).items():
                errors.setdefault(name, []).append(guess - given.values[fold == number])
        whole = Crossed(given.application, given.examiner, given.values, sizes)
        found = lme4(whole, fold)
        if found is not None:
            errors.setdefault("lme4", []).append(found[0] - given.values)
    return held_out_rows(given.name, {name: rmse(found) for name, found in errors.items()})


def guesses(given: RatingSet, kept: NDArray[np.bool_], sizes: tuple[int, int]) -> dict[str, Floats]:
    """What each method learns from the ratings kept and expects of those held out."""
    what, who, values = given.application[kept], given.examiner[kept], given.values[kept]
    there = given.application[~kept], given.examiner[~kept]
    exact = exact_reml(Crossed(what, who, values, sizes))
    ratings = Ratings(what, who, values)
    return {
        "mean": plain_mean(given, kept),
        "exact REML": exact.mean + exact.quality[there[0]] + exact.leniency[there[1]],
        "equal": calibrate(ratings, limits=UNLIMITED).expected(*there),
        "auto": calibrate(ratings, scale="auto", limits=UNLIMITED).expected(*there),
    }


def held_out_rows(case: str, scores: dict[str, float]) -> list[Row]:
    rival = "lme4" if "lme4" in scores else "exact REML"
    rows = []
    for ours, other, factor in (("equal", rival, 1.001), ("auto", rival, 1.001), ("auto", "mean", 0.94)):
        reached = scores[ours] <= factor * scores[other]
        words = "plain mean" if other == "mean" else other
        rows.append(
            row(
                case,
                f"held-out RMSE, scale {ours}",
                scores[ours],
                "points",
                other=(words, scores[other]),
                target=(f"at most {factor} x", reached),
            )
        )
    return rows


def ratings_of(cycle: Cycle) -> Ratings:
    """With ids as words, as they come from a database."""
    what = [f"A{number:06}" for number in cycle.application.tolist()]
    who = [f"E{number:06}" for number in cycle.examiner.tolist()]
    return Ratings(what, who, cycle.values.tolist())


def agreement(one: Floats, other: Floats) -> float:
    return float(spearmanr(one, other).statistic)


def recovery(case: str, cycle: Cycle, found: Calibration, least: float | None) -> Row:
    """Spearman with the true qualities as a share of what an oracle reaches."""
    best = agreement(oracle(cycle), cycle.quality)
    ours, raw = agreement(found.adjusted, cycle.quality) / best, agreement(found.raw, cycle.quality) / best
    target = (None, None) if least is None else (f"at least {least}", ours >= least)
    return row(case, "Spearman / oracle's", ours, "ratio", other=("plain mean", raw), target=target)


def recovery_of_exact(case: str, cycle: Cycle, found: Calibration) -> Row:
    """The same for the exact optimum: no method that knows no more than the ratings has less to lose."""
    best = agreement(oracle(cycle), cycle.quality)
    sizes = (len(cycle.quality), len(cycle.leniency))
    exact = exact_reml(Crossed(cycle.application, cycle.examiner, cycle.values, sizes)).quality
    ours, theirs = agreement(found.adjusted, cycle.quality) / best, agreement(exact, cycle.quality) / best
    return row(case, "Spearman / oracle's", ours, "ratio", other=("exact REML", theirs))


def honesty(case: str, cycles: list[Cycle], scale: Scaling) -> list[Row]:
    """Coverage of the 90 % intervals, and the Brier score of P(above the cut) against the hard cut's."""
    inside, chance, hard, placed, possible = [], [], [], [], []
    for cycle in cycles:
        places = len(cycle.quality) // 10
        found = rank(calibrate(ratings_of(cycle), scale=scale), cut=Cut(places=places), seed=1, draws=DRAWS)
        truth = first(cycle.quality, places)
        level = 50 + cycle.quality
        inside.append((found.low <= level) & (level <= found.high))
        chance.append((found.p_above - truth) ** 2)
        hard.append(found.above != truth)
        placed.append(found.above[truth])
        possible.append(first(oracle(cycle), places)[truth])
    covered, ours, theirs = (float(np.concatenate(one).mean()) for one in (inside, chance, hard))
    within = COVERAGE[0] <= covered <= COVERAGE[1]
    top, best = (float(np.concatenate(one).mean()) for one in (placed, possible))
    return [
        row(case, "90 % intervals cover", covered, "share", target=("{} to {}".format(*COVERAGE), within)),
        row(
            case,
            "Brier of P(above the cut)",
            ours,
            "",
            other=("hard cut", theirs),
            target=("at most 0.72 x", ours <= 0.72 * theirs),
        ),
        row(case, "true top tenth inside the cut", top, "share", other=("oracle", best)),
    ]


def first(values: Floats, places: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.argsort(np.argsort(-values)) < places
    return found


def seconds(work: Callable[[], Result], repeats: int = 1) -> tuple[float, Result]:
    """The best of some runs, and the last result."""
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - started)
    return min(taken), result


def within(limit: float | None, taken: float) -> tuple[str, bool] | tuple[None, None]:
    return (None, None) if limit is None else (f"at most {limit} s", taken <= limit)


def cycle_of(size: int, load: int, *, limits: tuple[float | None, float | None], least: float | None) -> list[Row]:
    """Speed and recovery on one made-up cycle."""
    case = f"{size:,} x 3, load {load}"
    cycle = made_up(size, load=load, seed=1)
    ratings = ratings_of(cycle)
    fitting, found = seconds(lambda: calibrate(ratings), repeats=3)
    drawing, _ = seconds(lambda: rank(found, cut=Cut(places=size // 10), seed=1, draws=DRAWS))
    rows = [
        row(case, "calibrate", fitting, "s", target=within(limits[0], fitting)),
        row(case, f"rank, {DRAWS} draws", drawing, "s", target=within(limits[1], drawing)),
        recovery(case, cycle, found, least),
    ]
    return [*rows, recovery_of_exact(case, cycle, found)] if len(cycle.leniency) <= DENSE else rows


def scaled(size: int, load: int) -> list[Row]:
    case = f"{size:,} x 3, load {load}, judge scales"
    cycle = made_up(size, load=load, seed=2, scale_spread=0.25)
    taken, found = seconds(lambda: calibrate(ratings_of(cycle), scale="auto"))
    timed = row(case, "calibrate, scale auto", taken, "s")
    return [timed, recovery(case, cycle, found, 0.98), *honesty(case, [cycle], "auto")]


def left_out(size: int, load: int) -> Row:
    found = calibrate(ratings_of(made_up(size, load=load, seed=1)))
    taken, flips = seconds(lambda: sensitivity(found, cut=Cut(places=size // 10)))
    return row(f"{size:,} x 3, load {load}", f"leave out each of {len(flips)} examiners", taken, "s")


def rivals(size: int, load: int, *, slow: bool) -> list[Row]:
    """What others take for the same ratings; statsmodels only where it ends in reasonable time."""
    case = f"{size:,} x 3, load {load}"
    cycle = made_up(size, load=load, seed=1)
    taken, _ = seconds(lambda: calibrate(ratings_of(cycle)), repeats=3)
    crossed = Crossed(cycle.application, cycle.examiner, cycle.values, (len(cycle.quality), len(cycle.leniency)))
    theirs = lme4(crossed)
    times = [("lme4", None if theirs is None else theirs[1])]
    times += [("statsmodels", statsmodels_seconds(crossed))] if slow else []
    return [row(case, "calibrate", taken, "s", other=(name, value)) for name, value in times if value is not None]


def run(scale: str) -> list[Row]:
    full = scale == "full"
    rows = []
    for given in public_sets():
        rows += held_out(given, repeats=10 if full else 1)
    rows += cycle_of(100, 15, limits=(None, None), least=None)
    rows += cycle_of(10_000, 60, limits=(0.1, None), least=0.985)
    rows += scaled(10_000, 60)
    rows += honesty("100 x 3, load 15", [made_up(100, load=15, seed=seed) for seed in range(60 if full else 20)], False)
    rows += honesty("10,000 x 3, load 30", [made_up(10_000, load=30, seed=1)], False)
    rows.append(left_out(1_000, 30))
    if full:
        rows += cycle_of(10_000, 30, limits=(0.1, None), least=0.985)
        rows += scaled(10_000, 30)
        rows += cycle_of(10_000, 6, limits=(0.1, None), least=None)
        rows += cycle_of(100_000, 30, limits=(1.5, 12.0), least=0.985)
        rows += rivals(100, 15, slow=True)
        rows += rivals(10_000, 30, slow=False)
    return rows
