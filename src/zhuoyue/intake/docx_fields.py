"""Fields of Word: what stands in the document is their last result; a few show something without one."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from zhuoyue.intake.docx_numerals import numeral
from zhuoyue.intake.docx_package import W, switched_on, value, whole

# index and contents entries and the like print nothing
_SILENT = frozenset({"XE", "TC", "TA", "RD", "ASK", "SET", "PRIVATE", "BOOKMARK"})
_ENCLOSED = re.compile(r"\\o\s*\\a[crl]?\s*\(\s*[○〇◯O△□◇]\s*[,，;]\s*(?P<sign>[^()\\,]{1,4})\s*\)", re.IGNORECASE)
_RUBY = re.compile(
    r"\\o\s*\\a[dcrl]?\s*\(\s*\\s\\up\s*\d*\s*\((?P<above>[^()]*)\)\s*[,，;]\s*(?P<base>[^()\\]*)\)", re.IGNORECASE
)
_BUTTON = re.compile(r"\s*MACROBUTTON\s+\S+\s+(?P<shown>.*)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r'\s*QUOTE\s+"(?P<shown>[^"]*)"', re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """An open field: what it asks for, and whether its result has begun."""

    begin: ET.Element
    instruction: str = ""
    shows_result: bool = False


def without_result(field: Field) -> tuple[str, str, str]:
    """(text, small text above it, what could not be read) of a field that keeps no result in the file."""
    kind = field.instruction.split()[0].upper() if field.instruction.strip() else ""
    if kind in _SILENT:
        return "", "", ""
    if kind in _FORMS:
        return _FORMS[kind](field.begin), "", ""
    shown = _BUTTON.match(field.instruction) or _QUOTED.match(field.instruction)
    if shown:
        return shown["shown"].strip(), "", ""
    return _combined(field.instruction) if kind == "EQ" else ("", "", field.instruction.strip())


def _combined(instruction: str) -> tuple[str, str, str]:
    """Characters laid over each other, of which Word makes circled signs and the pronunciation above a word."""
    ruby = _RUBY.search(instruction)
    if ruby:
        return ruby["base"].strip(), ruby["above"].strip(), ""
    enclosed = _ENCLOSED.search(instruction)
    if enclosed:
        return _in_circle(enclosed["sign"].strip()), "", ""
    return "", "", instruction.strip()


def _in_circle(sign: str) -> str:
    shown = numeral(whole(sign, 0), "decimalEnclosedCircle")
    return shown if shown not in {sign, "0"} else f"({sign})"


def _box(begin: ET.Element) -> str:
    box = begin.find(f"{W}ffData/{W}checkBox")
    checked = switched_on(box, "checked") if box is not None else None
    if checked is None and box is not None:
        checked = switched_on(box, "default")
    return "☒" if checked else "☐"


def _choice(begin: ET.Element) -> str:
    choices = begin.find(f"{W}ffData/{W}ddList")
    entries = [] if choices is None else [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")]
    chosen = whole(value(choices, "result") or value(choices, "default"), 0)
    return entries[chosen] if 0 <= chosen < len(entries) else ""


_FORMS = {"FORMCHECKBOX": _box, "FORMDROPDOWN": _choice}
