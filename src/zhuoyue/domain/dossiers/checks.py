"""What is still missing from a dossier, section by section, and what is over its limit.

A fault is a code with parameters; `words_of` says it in the reader's language, with the remedy.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.domain.orgs import credit_code
from zhuoyue.kernel import typed
from zhuoyue.kernel.formats import characters
from zhuoyue.packs.programmes.schema.forms import FormField, NarrativeItem

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER_TYPES = frozenset({"integer", "number", "amount", "percent"})


@dataclass(frozen=True, slots=True)
class Fault:
    """`key` is the field that a page links to; `blocks` is False for advice that does not stop a submission."""

    section: str
    key: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class SectionState:
    """How far a section is: `done` of `asked` things, its faults, and the characters written in it."""

    section: Section
    done: int
    asked: int
    faults: tuple[Fault, ...]
    written: int = 0

    @property
    def is_complete(self) -> bool:
        return not any(fault.blocks for fault in self.faults)

    @property
    def is_started(self) -> bool:
        return self.done > 0 or self.written > 0


def text_faults(section: Section, key: str, text: str, item: NarrativeItem) -> list[Fault]:
    """What is wrong with a text of one's own under `key`: missing, or longer than it may be."""
    written = characters(text)
    if not text.strip():
        return [Fault(section.key, key, "missing")] if item.required else []
    if item.limit and written > item.limit:
        return [Fault(section.key, key, "over_limit", {"written": written, "limit": item.limit})]
    return []


def field_fault(section: Section, entry: FormField, given: Any, key: str = "") -> Fault | None:
    """What is wrong with one typed value; None when nothing is."""
    name = key or entry.key
    text = given if isinstance(given, str) else " ".join(given or ())
    if not text.strip():
        return Fault(section.key, name, "missing") if entry.required else None
    if entry.limit and characters(text) > entry.limit:
        return Fault(section.key, name, "over_limit", {"written": characters(text), "limit": entry.limit})
    code = _type_fault(entry, text.strip())
    return Fault(section.key, name, code, _given(text.strip())) if code else None


def _type_fault(entry: FormField, text: str) -> str:
    if entry.type in _NUMBER_TYPES:
        number = typed.number(text)
        if number is None:
            return number_fault(text)
        return "not_whole" if entry.type == "integer" and number != number.to_integral_value() else ""
    checks: dict[str, Callable[[], str]] = {
        "date": lambda: "" if typed.day(text) else "not_a_date",
        "year": lambda: "" if re.fullmatch(r"(19|20)[0-9]{2}", typed.narrow(text)) else "not_a_year",
        "email": lambda: "" if _EMAIL.fullmatch(text) else "not_an_email",
        "credit_code": lambda: "credit_code" if credit_code.fault_of(credit_code.cleaned(text)) else "",
    }
    return checks[entry.type]() if entry.type in checks else ""


def number_fault(text: str) -> str:
    """The code of what is wrong with a text that is no number, or reads as two."""
    return "two_readings" if typed.readings(text) else "not_a_number"


def number_words(text: str) -> str:
    """The same in the reader's language."""
    return words_of(Fault("", "", number_fault(text), _given(text)))


def _given(text: str) -> dict[str, str]:
    return {"given": text, **dict(zip(("pointed", "joined"), typed.readings(text) or (), strict=False))}


def words_of(fault: Fault) -> str:
    """The fault in the reader's language: what is wrong and what to do."""
    if fault.code == "credit_code":
        return credit_code_words(fault.params["given"])
    params = dict(fault.params)
    if "title_en" in params and (get_language() or "").startswith("en"):
        params["title"] = params["title_en"]
    sentences = {
        "missing": _("这一项还没有填写。"),
        "over_limit": _("已写%(written)s字，超出限定的%(limit)s字，请删减。"),
        "over_total": _("本部分共写%(written)s字，超出总限%(limit)s字，请删减其中几条。"),
        "not_a_number": _("“%(given)s”不是数字，请只填数字。"),
        "two_readings": _("“%(given)s”有两种读法，请写成%(pointed)s或%(joined)s。"),
        "not_whole": _("“%(given)s”不是整数，请填整数。"),
        "not_a_date": _("“%(given)s”不是日期，请按2021-06-30的样子填写。"),
        "not_a_year": _("“%(given)s”不是年份，请填四位数字，例如2020。"),
        "not_an_email": _("“%(given)s”不是邮箱地址，请检查@前后的内容。"),
        "too_few_rows": _("已填%(rows)s行，至少要填%(least)s行。"),
        "too_many_rows": _("已填%(rows)s行，最多填%(most)s行，请删去多余的行。"),
        "too_few_series": _("%(node)s已填%(has)s项指标，至少要填%(least)s项。"),
        "too_many_series": _("%(node)s已填%(has)s项指标，最多填%(most)s项，请删去多余的指标。"),
        "too_few_years": _("指标“%(name)s”只有%(has)s年数据，至少要有%(least)s年。"),
        "no_target": _("指标“%(name)s”还没有目标值。"),
        "no_comparator": _("指标“%(name)s”还没有竞争对手或标杆的对比值。"),
        "file_missing": _("还没有上传“%(title)s”。"),
        "files_too_large": _("证明材料合计超过%(limit)sMB，请压缩后重新上传。"),
        "not_confirmed": _("请确认这一条声明。"),
    }
    return sentences[fault.code] % params


def credit_code_words(given: str) -> str:
    """What is wrong with a unified social credit code, which character it is, and what it should be."""
    fault = credit_code.fault_of(credit_code.cleaned(given))
    if fault is None:
        return ""
    sentences = {
        "empty": _("请填写统一社会信用代码。"),
        "length": _("统一社会信用代码应为%(expected)s位，现在是%(found)s位。"),
        "character": _("第%(place)s位“%(found)s”不会出现在信用代码中（代码不用字母I、O、S、V、Z）。"),
        "department": _("第1位“%(found)s”不是登记管理部门代码，应为%(expected)s之一。"),
        "class": _("第2位“%(found)s”与第1位不相配，应为%(expected)s之一。"),
        "region": _("第%(place)s位“%(found)s”应为数字（第3至8位是行政区划代码）。"),
        "check": _("校验位不符：按前17位计算，第18位应为“%(expected)s”，现在是“%(found)s”。请核对是否有一位抄错。"),
    }
    params = {"place": fault.place, "found": fault.found, "expected": fault.expected}
    return sentences[fault.kind] % params
