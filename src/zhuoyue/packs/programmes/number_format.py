"""The small language in which a pack writes its numbers: `SAQ-{year}-{category}-{serial:04}`.

Braces name a field; `{serial}` alone takes a width (`:04`, zeros in front). Everything else stands as it is written.
"""

import re

FIELDS = ("programme", "year", "category", "serial")
LONGEST = 36
MOST_DIGITS = 8
SERIAL_DIGITS = 4  # where the format names no width
_FIELD = re.compile(r"\{([a-z]+)(?::0?([1-9][0-9]?))?\}")
_PLAIN = re.compile(r"[^\W_]|[-_/.·()（）〔〕\[\]第号 ]")
_NAMES = "、".join(f"{{{name}}}" for name in FIELDS)

Fault = tuple[str, str]


def fault_of(text: str) -> Fault | None:
    """What is wrong with a format, in Chinese and English, with the remedy; None when it is good."""
    if len(text) > LONGEST:
        return f"编号格式最长{LONGEST}个字符", f"a number format has at most {LONGEST} characters"
    wrong = next((char for char in _FIELD.sub("", text) if not _PLAIN.match(char)), None)
    return _fault_of_fields([(match[1], match[2]) for match in _FIELD.finditer(text)]) or (
        None if wrong is None else (f"编号格式中不能有“{wrong}”", f"“{wrong}” cannot stand in a number format")
    )


def _fault_of_fields(found: list[tuple[str, str | None]]) -> Fault | None:
    unknown = next((name for name, _width in found if name not in FIELDS), None)
    if unknown is not None:
        return f"编号格式中没有“{{{unknown}}}”，可用的有{_NAMES}", f"no field “{{{unknown}}}” here; use {_NAMES}"
    names = [name for name, _width in found]
    if "serial" not in names:
        return "编号格式缺少{serial}，编号会重复", "{serial} is missing, so that numbers would repeat"
    if len(set(names)) < len(names):
        return "编号格式中每一项只能写一次", "each field may stand once"
    if any(width and (name != "serial" or int(width) > MOST_DIGITS) for name, width in found):
        return (
            f"只有{{serial}}可以带位数，最多{MOST_DIGITS}位，例如{{serial:04}}",
            f"only {{serial}} takes a width, {MOST_DIGITS} at most, for example {{serial:04}}",
        )
    return None


def written(text: str, *, serial: int, **fields: str) -> str:
    """The number of `serial` in a good format; `fields` are programme, year and category."""

    def value_of(match: re.Match[str]) -> str:
        if match[1] != "serial":
            return fields[match[1]]
        return str(serial).zfill(int(match[2] or SERIAL_DIGITS))

    return _FIELD.sub(value_of, text)
