"""The numerals in which Word writes the numbers of its lists (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LETTERS = 26
_TEN = 10
_TWENTY = 20
_HUNDRED = 100
_SIXTY = 60
_LARGEST = 9999  # beyond it every form is written in digits
_LONGEST = 40


def numeral(value: int, style: str) -> str:
    """`value` as Word prints it in that `w:numFmt`; digits in a form that is not known or does not go so far."""
    if style in {"none", "bullet"}:
        return ""
    write = _FORMS.get(style)
    if write is None or not 0 < value <= _LARGEST:
        return str(value)[:_LONGEST]
    return write(value)


def custom(value: int, pattern: str) -> str:
    """A number in a form given by its first members, such as "001, 002, 003, ..."."""
    first = pattern.partition(",")[0].strip()
    return str(value)[:_LONGEST].zfill(min(len(first), _LONGEST)) if first.isdigit() else numeral(value, "decimal")


def _letters(value: int) -> str:
    """A to z, then aa, bb and so on, as Word counts."""
    repeats = (value - 1) // _LETTERS + 1
    return chr(ord("a") + (value - 1) % _LETTERS) * min(repeats, _LONGEST)


def _roman(value: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        text += sign * (value // amount)
        value %= amount
    return text


def _thousand(value: int) -> str:
    """一, 十, 十一, 二十, 一百零一, up to thousands."""
    text = _spelled(value)
    return text[1:] if text.startswith("一十") else text


def _spelled(value: int) -> str:
    digits = [int(digit) for digit in str(value)]
    text = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            text += _DIGITS[digit] + _PLACES[place]
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def _counting(value: int) -> str:
    """一 to 九十九; larger numbers stay in digits."""
    return _thousand(value) if value < _HUNDRED else str(value)


def _row(first: str, last: int) -> Callable[[int], str]:
    """Members of a row of characters as far as it goes, then digits."""
    return lambda value: chr(ord(first) + value - 1) if value <= last else str(value)


def _circle(value: int) -> str:
    """① to ⑳ and on to ㊿, which stand in three rows."""
    for first, start, last in (("①", 0, 20), ("㉑", 20, 35), ("㊱", 35, 50)):
        if start < value <= last:
            return chr(ord(first) + value - start - 1)
    return str(value)


def _of(row: str) -> Callable[[int], str]:
    return lambda value: row[value - 1] if value <= len(row) else str(value)


def _sexagenary(value: int) -> str:
    return (
        _STEMS[(value - 1) % len(_STEMS)] + _BRANCHES[(value - 1) % len(_BRANCHES)] if value <= _SIXTY else str(value)
    )


def _ordinal(value: int) -> str:
    teen = _TEN < value % _HUNDRED < _TWENTY
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % _TEN, 'th')}"


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda value: str(value).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)}),
    "decimalFullWidth2": lambda value: str(value).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)}),
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "numberInDash": "- {} -".format,
    "ordinal": _ordinal,
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousand,
    "chineseLegalSimplified": lambda value: _spelled(value).translate(_LEGAL),
    "ideographLegalTraditional": lambda value: _spelled(value).translate(_LEGAL_TRADITIONAL),
    "ideographDigital": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "taiwaneseDigital": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "japaneseDigitalTenThousand": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "ideographEnclosedCircle": _row("㊀", 10),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
}
