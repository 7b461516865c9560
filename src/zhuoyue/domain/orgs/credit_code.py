"""The unified social credit code (GB 32100-2015): what is wrong with one, and what it should be.

python-stdnum rejects codes that begin with A, N or Y, which the published code tables allow; hence this one.
"""

from dataclasses import dataclass

from zhuoyue.kernel import typed

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # the value of a character is its place; I, O, S, V, Z are not used
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
LENGTH = 18
# registering department -> classes of institution that it registers
CLASSES = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "123",
    "A": "19",
    "N": "1239",
    "Y": "1",
}


@dataclass(frozen=True, slots=True)
class CodeFault:
    """`kind`: empty, length, character, department, class, region, check. `place` counts from 1; 0: the whole code."""

    kind: str
    place: int = 0
    found: str = ""
    expected: str = ""


def cleaned(text: str) -> str:
    """Capitals without spaces, hyphens and hidden marks; full-width letters and digits made half-width."""
    return typed.code(text)


def check_character(first_17: str) -> str:
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(first_17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def fault_of(code: str) -> CodeFault | None:
    """The first thing wrong with a cleaned code; None when it is well formed and its check digit fits."""
    if not code:
        return CodeFault("empty")
    if len(code) != LENGTH:
        return CodeFault("length", found=str(len(code)), expected=str(LENGTH))
    return _fault_of_characters(code) or _fault_of_parts(code)


def _fault_of_characters(code: str) -> CodeFault | None:
    wrong = next(((place, char) for place, char in enumerate(code, 1) if char not in ALPHABET), None)
    return CodeFault("character", *wrong) if wrong else None


def _fault_of_parts(code: str) -> CodeFault | None:
    if code[0] not in CLASSES:
        return CodeFault("department", 1, code[0], "".join(CLASSES))
    if code[1] not in CLASSES[code[0]]:
        return CodeFault("class", 2, code[1], CLASSES[code[0]])
    letter = next((place for place in range(3, 9) if not code[place - 1].isdigit()), None)
    if letter is not None:
        return CodeFault("region", letter, code[letter - 1])
    expected = check_character(code[:17])
    return None if code[17] == expected else CodeFault("check", LENGTH, code[17], expected)
