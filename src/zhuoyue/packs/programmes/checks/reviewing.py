"""Stages: each in a place where it can work."""

from collections.abc import Iterator

from zhuoyue.packs.programmes.checks.fault import Fault
from zhuoyue.packs.programmes.order import on_the_way_to, written_order
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
            yield from _unheld_faults(review, stage, s, path)
        yield from _circle_faults(review, r)
    yield from _standard_faults(programme)


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


def _circle_faults(review: Review, number: int) -> Iterator[Fault]:
    """The first stage that would have to wait for itself."""
    keys = [stage.key for stage in review.stages]
    for place, stage in enumerate(review.stages):
        if {*stage.after} - {*keys[:place]} or {*stage.parallel_with} - {*keys}:
            return  # told already
    predecessors = written_order(review.stages)
    for place, stage in enumerate(review.stages):
        if stage.key in on_the_way_to(stage.key, predecessors):
            yield _order(
                ("reviews", number, "stages", place),
                f"按 after 和 parallel_with，“{stage.title}”要等它自己结束",
                f"by after and parallel_with, “{stage.title.en}” would wait for its own end",
            )
            return


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


def _unheld_faults(review: Review, stage: Stage, index: int, path: RawPath) -> Iterator[Fault]:
    """What a stage asks and the program does otherwise."""
    if stage.repeats_at_most > 1:
        yield Fault(
            "stage-setting",
            (*path, "repeats_at_most"),
            f"程序不重复举行环节“{stage.title}”。",
            f"The program does not hold the stage “{stage.title.en}” again.",
            "请删去 repeats_at_most，把再次举行的环节另写一个。",
            "Remove repeats_at_most, and write the stage that is held again as another stage.",
        )
    if stage.ballot and not stage.ballot.secret:
        yield Fault(
            "stage-setting",
            (*path, "ballot", "secret"),
            "程序只做无记名投票。",
            "Ballots are secret; the program holds no open ones.",
            "请删去 secret: false；记名表决请在会上进行，不写 ballot。",
            "Remove secret: false; hold an open vote at the meeting and write no ballot.",
        )
    if stage.visit_days is not None and stage.kind != "site_visit":
        yield Fault(
            "stage-setting",
            (*path, "visit_days"),
            "只有 site_visit 环节可以写 visit_days。",
            "Only a stage of kind site_visit has visit_days.",
            "请删去 visit_days，或改正 kind。",
            "Remove visit_days, or correct kind.",
        )
    if stage.scoring is not None:
        yield from _adjusting_faults(review, stage, index, (*path, "scoring", "adjusts_earlier_scores"))


def _adjusting_faults(review: Review, stage: Stage, index: int, path: RawPath) -> Iterator[Fault]:
    """Values after a visit take the place of those before; no other stage changes them."""
    assert stage.scoring is not None  # noqa: S101 - the caller has seen it
    adjusts = stage.scoring.adjusts_earlier_scores
    visits = stage.kind == "site_visit" and any(other.scoring for other in review.stages[:index])
    if adjusts and not visits:
        yield Fault(
            "stage-setting",
            path,
            f"“{stage.title}”不是评分之后的现场环节，不改此前的分。",
            f"“{stage.title.en}” is no visit after a scored stage, and changes no earlier score.",
            "请删去 adjusts_earlier_scores，或改正 kind。",
            "Remove adjusts_earlier_scores, or correct kind.",
        )
    if visits and not adjusts:
        yield Fault(
            "stage-setting",
            path,
            f"现场环节“{stage.title}”的评分会取代此前议定的分。",
            f"What is scored on the visit “{stage.title.en}” takes the place of the values agreed before.",
            "请写 adjusts_earlier_scores: true；不改分的，删去 scoring。",
            "Write adjusts_earlier_scores: true; where nothing is changed, remove scoring.",
        )


def _standard_faults(programme: Programme) -> Iterator[Fault]:
    """Every stage judges by the standard of the category."""
    for number, category in enumerate(programme.categories):
        for stage in programme.stages_of(category):
            named = stage.scoring.standard if stage.scoring else None
            if named is not None and named != category.standard:
                yield Fault(
                    "standard-mismatch",
                    ("categories", number, "standard"),
                    f"类别“{category.title}”的标准与评审环节“{stage.title}”的“{named}”不同。",
                    f"The category “{category.title.en}” has another standard than its stage “{stage.title.en}” "
                    f"(“{named}”).",
                    "一个类别的各环节依同一标准评分，请改成一致。",
                    "All stages of a category judge by one standard; make them the same.",
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
