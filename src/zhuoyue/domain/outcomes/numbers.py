"""The numbers of certificates, as the rules write them."""

from hashlib import sha256

from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel.numbers import draw
from zhuoyue.packs.programmes import number_format

PLAIN = "{programme}-{year}-{category}-{serial}"


def next_certificate_number(category: Category) -> str:
    """By the format of the rules, with the whole keys of programme and category. Call it inside a transaction.

    What is the same but for the serial shares a series, so that a format that leaves something out never repeats a
    number within the programme.
    """
    recognition = rules_of(category.cycle.rules).recognition
    pattern = recognition.certificate.number_format if recognition and recognition.certificate else PLAIN
    programme = category.cycle.programme
    facts = {"programme": programme.key.upper(), "year": category.cycle.label, "category": category.key.upper()}
    series = sha256(number_format.written(pattern, serial=0, **facts).encode()).hexdigest()
    serial = draw(f"certificate:{series}", scope=programme)
    return number_format.written(pattern, serial=serial, **facts)
