"""Stages: each in a place where it can work."""

from collections.abc import Iterator

from zhuoyue.packs.programmes.checks.fault import Fault
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.schema.stages import Review, Stage
from zhuoyue.packs.source import RawPath


def stage_faults(programme: Programme) -> Iterator[Fault]:
    for r, review in enumerate(programme.reviews):
        for s, stage in enumerate(review.stages):
            path: RawPath = ("reviews", r, "stages", s)
            yield from _place_faults(review, s, path)
            yield from _setting_faults(stage, path)
            yield from _weight_faults(review, stage, s, path)


def _place_faults(review: Review, index: int, path: RawPath) -> Iterator[Fault]:
    stage, before = review.stages[index], review.stages[:index]
    earlier = {other.key for other in before}
    for number, key in enumerate(stage.after):
        if key not in earlier:
            yield _order(
                (*path, "after", number),
                f"“{key}”不在“{stage.title}”之前",
                f"“{key}” does not stand before “{stage.title.en}”",
            )
    for number, key in enumerate(stage.parallel_with):
        if key not in {other.key for other in review.stages} - {stage.key}:
            yield _order(
                (*path, "parallel_with", number),
                f"“{key}”不是本方案的另一环节",
                f"“{key}” is no other stage of this review",
            )
    if before and before[-1].kind == "announcement":
        yield _order(path, f"“{stage.title}”排在公布之后", f"“{stage.title.en}” stands after the announcement")
    if stage.kind == "consensus" and not any(other.scoring or other.kind == "document_review" for other in before):
        yield _order(
            path,
            f"合议“{stage.title}”之前没有独立评审环节",
            f"no individual review stands before the consensus “{stage.title.en}”",
        )
    if stage.kind == "condition_check" and any(other.kind in ("jury", "approval") for other in before):
        yield _order(
            path,
            f"条件审查“{stage.title}”排在审定之后",
            f"the condition check “{stage.title.en}” stands after the decision",
        )


def _order(path: RawPath, zh: str, en: str) -> Fault:
    return Fault(
        "stage-order",
        path,
        f"环节顺序有误：{zh}。",
        f"The stages are out of order: {en}.",
        "请调整环节的先后，或改正引用。",
        "Move the stage, or correct the reference.",
    )


_NEEDS = {"consensus": "consensus", "approval": "ladder", "public_notice": "public_notice"}


def _setting_faults(stage: Stage, path: RawPath) -> Iterator[Fault]:
    for kind, setting in _NEEDS.items():
        present = bool(getattr(stage, setting))
        if present and stage.kind != kind:
            yield Fault(
                "stage-setting",
                (*path, setting),
                f"只有 {kind} 环节可以写 {setting}。",
                f"Only a stage of kind {kind} has {setting}.",
                f"请删去 {setting}，或改正 kind。",
                f"Remove {setting}, or correct kind.",
            )
    if stage.ballot and stage.kind not in ("jury", "approval"):
        yield Fault(
            "stage-setting",
            (*path, "ballot"),
            "只有审定或批准环节可以表决。",
            "Only a jury or an approval votes.",
            "请删去 ballot，或改正 kind。",
            "Remove ballot, or correct kind.",
        )


def _weight_faults(review: Review, stage: Stage, index: int, path: RawPath) -> Iterator[Fault]:
    if stage.scoring is None or not stage.scoring.weights:
        return
    total = sum(part.weight for part in stage.scoring.weights)
    if total != 100:  # noqa: PLR2004 - weights are percents
        yield Fault(
            "weights-sum",
            (*path, "scoring", "weights"),
            f"权重之和为 {total}，应为 100。",
            f"The weights add up to {total}, not to 100.",
            "请改正各项 weight。",
            "Correct the weights.",
        )
    usable = {other.key for other in review.stages[: index + 1] if other.scoring}
    for number, part in enumerate(stage.scoring.weights):
        if part.stage not in usable:
            yield _order(
                (*path, "scoring", "weights", number, "stage"),
                f"“{part.stage}”此前没有打分",
                f"“{part.stage}” has not been scored by then",
            )
