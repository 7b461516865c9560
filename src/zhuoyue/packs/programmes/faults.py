"""Schema faults in words: pydantic's findings become messages with line and remedy, in Chinese and English."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from zhuoyue.packs.programmes.paths import label
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.source import Message, RawPath, Source

# code -> (fault zh, fault en, remedy zh, remedy en); the braces are filled from pydantic's context
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
        "{guess_zh}可选值：{expected}。",
        "{guess_en}Allowed values: {expected}.",
    ),
    "string_type": (
        "此处应为文字。",
        "A text is expected here.",
        "若是数字或日期，请加引号；若写成了列表，请改为一段文字。",
        "Quote a number or date; write one text instead of a list.",
    ),
    "int_type": (
        "此处应为整数。",
        "A whole number is expected here.",
        "请去掉引号、单位和小数点。",
        "Remove quotes, units and decimals.",
    ),
    "bool_type": (
        "此处应为 true 或 false。",
        "true or false is expected here.",
        "请改为 true 或 false。",
        "Write true or false.",
    ),
    "tuple_type": (
        "此处应为列表。",
        "A list is expected here.",
        "请改为以“- ”开头的逐行列表。",
        "Write one line per element, each beginning with “- ”.",
    ),
    "model_type": (
        "此处应为“键: 值”的一组内容。",
        "A group of keys is expected here.",
        "请逐行写出各键。",
        "Write its keys, one per line.",
    ),
    "too_short": (
        "列表不能为空。",
        "The list must not be empty.",
        "请至少写一项，或整项删去。",
        "Write one element at least, or leave the key out.",
    ),
    "string_too_short": ("文字不能为空。", "The text must not be empty.", "请填写内容。", "Write something."),
    "string_pattern_mismatch": (
        "“{value}”的格式不对。",
        "“{value}” is not in the right form.",
        "标识以小写字母开头，只含小写字母、数字和连字符。要求的格式：{pattern}",
        "Keys hold small letters, digits and hyphens, a letter first. Form asked for: {pattern}",
    ),
    "greater_than_equal": (
        "数值应不小于 {ge}。",
        "The number must be at least {ge}.",
        "请改正数值。",
        "Correct the number.",
    ),
    "less_than_equal": (
        "数值应不大于 {le}。",
        "The number must be at most {le}.",
        "请改正数值。",
        "Correct the number.",
    ),
}
_OWN = {
    "telephone": (
        "请写区号和座机；手机号码、个人信息不写入节目包。",
        "Write area code and landline; mobile numbers and personal data stay out of a pack.",
    ),
    "date": ("请按列出的写法改正。", "Use one of the forms listed."),
    "ratio": ("请改正比例。", "Correct the share."),
    "number-format": (
        "请照“SAQ-{year}-{category}-{serial:04}”的样子改正。",
        "Write it like “SAQ-{year}-{category}-{serial:04}”.",
    ),
    "kind": ("请补上或改正 kind。", "Add or correct kind."),
}
_OTHER = (
    "此处内容不符合格式（{message}）。",
    "The value does not fit ({message}).",
    "请参照 docs/packs.md 改正。",
    "See docs/packs.md.",
)


def messages_of(errors: list[ErrorDetails], source: Source) -> Iterator[Message]:
    for error in errors:
        if error["type"] == "too_short" and error["input"]:
            continue  # an echo: its elements are at fault and named themselves
        path = tuple(step for step in error["loc"] if not str(step).startswith("#"))
        yield Message(
            source.name,
            source.line_of(path),
            label(source.data, path),
            error["type"].replace("_", "-"),
            *_words(error, path),
        )


def _words(error: ErrorDetails, path: RawPath) -> tuple[str, str, str, str]:
    code, context = error["type"], error.get("ctx", {})
    if code in _OWN:
        zh, _, en = error["msg"].partition(" / ")
        return f"{context.get('zh', zh)}。", f"{_sentence(context.get('en', en))}.", *_OWN[code]
    values: dict[str, Any] = {
        **context,
        "name": path[-1] if path else "",
        "value": error["input"],
        "message": error["msg"],
    }
    if code == "extra_forbidden":
        allowed = _allowed_keys(error["loc"][:-1])
        values |= {"allowed": ", ".join(allowed)} | _guess(str(path[-1]), allowed)
    if code == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context["expected"])) or [str(context["expected"])]
        values |= {"expected": ", ".join(choices)} | _guess(str(error["input"]), choices)
    zh, en, remedy_zh, remedy_en = (text.format(**values) for text in _WORDS.get(code, _OTHER))
    return zh, en, remedy_zh, remedy_en


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _guess(written: str, allowed: list[str]) -> dict[str, str]:
    near = get_close_matches(written, allowed, n=1)
    return {
        "guess_zh": f"是否想写“{near[0]}”？" if near else "",
        "guess_en": f"Did you mean “{near[0]}”? " if near else "",
    }


def _allowed_keys(place: tuple[str | int, ...]) -> list[str]:
    """The keys of the class that stands at `place`; `#ClassName` steps name a union's chosen class."""
    here: type[BaseModel] = Programme
    for step in place:
        if isinstance(step, int):
            continue
        if step.startswith("#"):
            here = _CLASSES[step[1:]]
            continue
        field = next(field for name, field in here.model_fields.items() if step in (name, field.alias))
        here = next(_models_in(field.annotation), here)
    return [field.alias or name for name, field in here.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _all_models(root: type[BaseModel], found: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    if root.__name__ not in found:
        found[root.__name__] = root
        for field in root.model_fields.values():
            for model in _models_in(field.annotation):
                _all_models(model, found)
    return found


_CLASSES = _all_models(Programme, {})
