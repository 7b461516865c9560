"""What must agree within a scoring model: bands that meet, grades that rise, a line for each band."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from zhuoyue.packs.scoring_models.schema import Band, ScoringModelData
from zhuoyue.packs.source import RawPath
from zhuoyue.packs.standards.checks import Fault

_PERCENT = Decimal(100)


def faults_of(model: ScoringModelData) -> Iterator[Fault]:
    if model.kind in {"percent_bands", "radar"}:
        yield from _bands(model)
    if model.kind == "grades":
        yield from _grades(model)
    yield from _doubles(model)
    yield from _lines(model)


def _bands(model: ScoringModelData) -> Iterator[Fault]:
    if not model.bands or not model.step:
        yield Fault(
            "bands-missing",
            (),
            f"{model.kind} 模型需要 bands 和大于 0 的 step。",
            f"A {model.kind} model needs bands and a step above 0.",
            "请补上，或用 combines 引用已有模型。",
            "Add them, or name existing models in combines.",
        )
        return
    yield from _band_numbers(model.bands, model.step)


def _band_numbers(bands: Sequence[Band], step: Decimal) -> Iterator[Fault]:
    for index, band in enumerate(bands):
        if band.low > band.high or band.high > _PERCENT or (band.high - band.low) % step:
            yield Fault(
                "band-range",
                ("bands", index),
                f"分档“{band.name}”（{band.low}—{band.high}）不成立。",
                f"The band “{band.name_en}” ({band.low}-{band.high}) does not hold.",
                f"下限不大于上限，不超过 100，且相差为 {step} 的整数倍。",
                f"low is at most high, high at most 100, and they differ by whole steps of {step}.",
            )
    for index, (below, above) in enumerate(pairwise(bands), 1):
        if above.low != below.high + step:
            yield Fault(
                "band-gap",
                ("bands", index, "low"),
                f"分档“{above.name}”应从 {below.high + step} 起，现为 {above.low}。",
                f"The band “{above.name_en}” must start at {below.high + step}, not {above.low}.",
                "各档应首尾相接，每个分值恰属一档。",
                "Bands follow each other without gap or overlap.",
            )


def _grades(model: ScoringModelData) -> Iterator[Fault]:
    if not model.grades:
        yield Fault(
            "grades-missing",
            (),
            "grades 模型需要 grades。",
            "A grades model needs grades.",
            "请按从低到高列出等级。",
            "List the grades from the lowest to the highest.",
        )
    for index, (below, above) in enumerate(pairwise(model.grades), 1):
        if above.value <= below.value:
            yield Fault(
                "grades-order",
                ("grades", index, "value"),
                f"等级“{above.name}”的值应大于 {below.value}。",
                f"The value of grade “{above.name_en}” must be above {below.value}.",
                "请从低到高排列等级。",
                "List the grades from the lowest to the highest.",
            )


def _doubles(model: ScoringModelData) -> Iterator[Fault]:
    for name, keys in (
        ("bands", [band.key for band in model.bands]),
        ("grades", [grade.key for grade in model.grades]),
        ("dimensions", [f"{dimension.applies_to} {dimension.key}" for dimension in model.dimensions]),
    ):
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield Fault(
                    "key-twice",
                    (name, index, "key"),
                    f"标识“{key}”用了两次。",
                    f"The key “{key}” is used twice.",
                    "请改为不重复的标识。",
                    "Give each its own key.",
                )


def _lines(model: ScoringModelData) -> Iterator[Fault]:
    """A dimension describes every band or grade, or none."""
    levels = {band.key for band in model.bands} | {grade.key for grade in model.grades}
    for index, dimension in enumerate(model.dimensions):
        for field, lines in (("lines", dimension.lines), ("lines_en", dimension.lines_en)):
            wrong = sorted(levels ^ set(lines)) if lines else []
            if wrong:
                path: RawPath = ("dimensions", index, field)
                yield Fault(
                    "lines-mismatch",
                    path,
                    f"维度“{dimension.name}”的说明与分档不对应：{'、'.join(wrong)}。",
                    f"The lines of “{dimension.name_en}” do not match the bands: {', '.join(wrong)}.",
                    "请为每一档各写一行，键用分档的 key。",
                    "Write one line per band, named by the band's key.",
                )
