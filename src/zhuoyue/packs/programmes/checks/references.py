"""Names: none stands twice in its list, and every reference finds its element."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

from zhuoyue.packs.programmes.checks.fault import Fault, Known
from zhuoyue.packs.programmes.paths import locate
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.schema.base import Ref
from zhuoyue.packs.source import RawPath

_WORDS = {
    "actions": ("行动", "action"),
    "action_groups": ("行动组", "action group"),
    "applicant_kinds": ("申报主体类型", "applicant kind"),
    "awards": ("奖项", "award"),
    "bodies": ("机构", "body"),
    "caps": ("名额上限", "cap"),
    "categories": ("类别", "category"),
    "conditions": ("条件组", "set of conditions"),
    "expert_kinds": ("专家类型", "kind of expert"),
    "forms": ("表单", "form"),
    "notices": ("通知", "notice"),
    "phases": ("阶段", "phase"),
    "public_notices": ("公示", "public notice"),
    "reviews": ("评审方案", "review"),
    "stages": ("评审环节", "stage"),
    "standards": ("标准", "standard"),
    "submissions": ("材料提交", "submission"),
    "targets": ("目标", "target"),
    "tiers": ("等级", "tier"),
}


def duplicate_names(data: Any, path: RawPath = ()) -> Iterator[Fault]:
    """Every list, whatever it holds: positions are never keys, so keys must be unique."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from duplicate_names(value, (*path, key))
    elif isinstance(data, tuple):
        seen: set[str] = set()
        for index, element in enumerate(data):
            name = element.get("key") if isinstance(element, dict) else None
            if isinstance(name, str) and name in seen:
                yield Fault(
                    "duplicate-name",
                    (*path, index),
                    f"标识“{name}”在同一列表里出现了两次。",
                    f"The name “{name}” stands twice in one list.",
                    "请改名；已使用的标识不要挪作他用。",
                    "Rename one; do not reuse a name that is in use.",
                )
            seen.add(str(name))
            yield from duplicate_names(element, (*path, index))


def names_in(programme: Programme) -> Mapping[str, frozenset[str]]:
    promotion = programme.promotion
    lists: dict[str, Any] = {name: getattr(programme, name, None) for name in _WORDS}
    lists |= {
        "actions": promotion.actions if promotion else (),
        "action_groups": promotion.action_groups if promotion else (),
        "targets": promotion.targets if promotion else (),
    }
    return {name: frozenset(element.key for element in elements) for name, elements in lists.items()}


def broken_references(programme: Programme) -> Iterator[Fault]:
    names = names_in(programme)
    for path, target, name in _references(programme, ()):
        if name not in names[target]:
            zh, en = _WORDS[target]
            near = get_close_matches(name, names[target], n=1)
            yield Fault(
                "unknown-reference",
                path,
                f"引用的{zh}“{name}”不存在。",
                f"No {en} is called “{name}”.",
                f"是否想写“{near[0]}”？" if near else f"请先定义该{zh}，或改为已有的标识。",
                f"Did you mean “{near[0]}”?" if near else f"Define the {en} first, or name one that exists.",
            )


def _references(model: BaseModel, path: RawPath) -> Iterator[tuple[RawPath, str, str]]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        place = (*path, field.alias or name)
        target = _target_of(field.metadata) or _target_in(field.annotation)
        for spot, part in _parts(value, place):
            if isinstance(part, BaseModel):
                yield from _references(part, spot)
            elif target and part is not None:
                yield spot, target, part


def _parts(value: Any, place: RawPath) -> list[tuple[RawPath, Any]]:
    if isinstance(value, tuple):
        return [((*place, index), part) for index, part in enumerate(value)]
    if isinstance(value, dict):
        return [((*place, key), part) for key, part in value.items()]
    return [(place, value)]


def _target_of(metadata: Any) -> str | None:
    return next((mark.target for mark in metadata if isinstance(mark, Ref)), None)


def _target_in(annotation: Any) -> str | None:
    """The mark inside `tuple[Ref, ...]` or `Ref | None`."""
    found = _target_of(getattr(annotation, "__metadata__", ()))
    return found or next((target for part in get_args(annotation) if (target := _target_in(part))), None)


def unplaced_assumptions(programme: Programme, data: Any) -> Iterator[Fault]:
    for index, text in enumerate(programme.assumed):
        try:
            locate(data, text)
        except LookupError:
            yield Fault(
                "unknown-path",
                ("assumed", index),
                f"assumed 中的“{text}”在本包里找不到。",
                f"“{text}” in assumed stands nowhere in the pack.",
                "请按“列表.标识.键”的写法改正，或删去。",
                "Write it as list.name.key, or remove it.",
            )


def unknown_outside(programme: Programme, known: Known) -> Iterator[Fault]:
    """Editions of standards and scoring models are not part of the pack; they must be shipped or imported."""
    for index, use in enumerate(programme.standards):
        if known.editions is not None and use.edition is not None and use.edition not in known.editions:
            yield _outside(
                ("standards", index, "edition"), "标准版本", "edition of a standard", use.edition, known.editions
            )
    if known.scoring_models is None:
        return
    for r, review in enumerate(programme.reviews):
        for s, stage in enumerate(review.stages):
            for name in ("model", "process_model", "results_model"):
                model = getattr(stage.scoring, name, None)
                if model is not None and model not in known.scoring_models:
                    path = ("reviews", r, "stages", s, "scoring", name)
                    yield _outside(path, "评分模型", "scoring model", model, known.scoring_models)


def _outside(path: RawPath, zh: str, en: str, name: str, known: Any) -> Fault:
    return Fault(
        "unknown-outside",
        path,
        f"{zh}“{name}”不存在。",
        f"No {en} is called “{name}”.",
        f"现有：{'、'.join(sorted(known))}。",
        f"There are: {', '.join(sorted(known))}.",
    )
