"""Faults of form in words: what pydantic finds becomes a message with file, line and remedy."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from zhuoyue.packs.source import Message, RawPath, Source

# code -> (fault zh, fault en, remedy zh, remedy en); braces are filled from pydantic's context
_WORDS: dict[str, tuple[str, str, str, str]] = {
    "missing": ("缺少必填项“{name}”。", "“{name}” is missing.", "请补上。", "Add it."),
    "extra_forbidden": (
        "不认识的键“{name}”。",
        "Unknown key “{name}”.",
        "{guess_zh}可用的键：{allowed}。",
        "{guess_en}Allowed keys: {allowed}.",
    ),
    "literal_error": (
        "“{value}”不在可选值之内。",
        "“{value}” is not one of the allowed values.",
        "可选值：{expected}。",
        "Allowed values: {expected}.",
    ),
    "string_type": (
        "此处应为文字。",
        "A text is expected here.",
        "若是数字或日期，请加引号。",
        "Quote a number or date.",
    ),
    "is_instance_of": (
        "此处应为数字。",
        "A number is expected here.",
        "请写不带引号和单位的数字。",
        "Write a number without quotes or unit.",
    ),
    "tuple_type": (
        "此处应为列表。",
        "A list is expected here.",
        "请改为以“- ”开头的逐行列表。",
        "Write one line per element, each beginning with “- ”.",
    ),
    "string_too_short": ("文字不能为空。", "The text must not be empty.", "请填写内容。", "Write something."),
    "too_short": ("列表不能为空。", "The list must not be empty.", "请至少写一项。", "Write one element at least."),
    "string_pattern_mismatch": (
        "“{value}”的格式不对。",
        "“{value}” is not in the right form.",
        "标识用小写字母开头，只含小写字母、数字和连字符。",
        "Keys hold small letters, digits and hyphens, a letter first.",
    ),
    "greater_than_equal": (
        "数值应不小于 {ge}。",
        "The number must be at least {ge}.",
        "请改正数值。",
        "Correct the number.",
    ),
}
_OTHER = (
    "此处内容不符合格式（{message}）。",
    "The value does not fit ({message}).",
    "请参照 docs/standards.md 改正。",
    "See docs/standards.md.",
)


def messages_of(errors: Sequence[ErrorDetails], source: Source, root: type[BaseModel]) -> Iterator[Message]:
    for error in errors:
        if error["type"] == "too_short" and error["input"]:
            continue  # an echo: its elements are at fault and named themselves
        path = error["loc"]
        yield Message(
            source.name,
            source.line_of(path),
            label(source.data, path),
            error["type"].replace("_", "-"),
            *_words(error, root),
        )


def label(data: Any, path: RawPath) -> str:
    """The path with every element named by its code or key: `nodes.5.2.children.5.2.2.points`."""
    steps = []
    for step in path:
        data = _child(data, step)
        named = data.get("code") or data.get("key") if isinstance(step, int) and isinstance(data, dict) else None
        steps.append(str(step if named is None else named))
    return ".".join(steps)


def _child(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _words(error: ErrorDetails, root: type[BaseModel]) -> tuple[str, str, str, str]:
    name = str(error["loc"][-1]) if error["loc"] else ""
    values: dict[str, Any] = {**error.get("ctx", {}), "name": name, "value": error["input"], "message": error["msg"]}
    if error["type"] == "extra_forbidden":
        allowed = _allowed_keys(error["loc"][:-1], root)
        near = get_close_matches(name, allowed, n=1)
        values["allowed"] = "、".join(allowed)
        values["guess_zh"] = f"是否想写“{near[0]}”？" if near else ""
        values["guess_en"] = f"Did you mean “{near[0]}”? " if near else ""
    zh, en, remedy_zh, remedy_en = (text.format(**values) for text in _WORDS.get(error["type"], _OTHER))
    return zh, en, remedy_zh, remedy_en


def _allowed_keys(path: RawPath, root: type[BaseModel]) -> list[str]:
    here = root
    for step in path:
        if isinstance(step, str) and step in here.model_fields:
            here = _models_in(here.model_fields[step].annotation)[0]
    return list(here.model_fields)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    own = [annotation] if isinstance(annotation, type) and issubclass(annotation, BaseModel) else []
    return own + [model for part in get_args(annotation) for model in _models_in(part)]
