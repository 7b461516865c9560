from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhuoyue.engine.verdict import Verdict


def test_a_verdict_is_read_by_name_and_written_as_plain_data():
    inner = Verdict.of("inner", days=(date(2021, 6, 30),))
    verdict = Verdict.of("outer", value=Decimal("1.50"), third=Fraction(1, 4), parts=(inner, "x"), count=2)
    assert verdict["value"] == Decimal("1.5")
    assert verdict.as_data() == {
        "code": "outer",
        "value": "1.50",
        "third": "0.25",
        "parts": [{"code": "inner", "days": ["2021-06-30"]}, "x"],
        "count": 2,
    }
    same = Verdict.of("outer", value=Decimal("1.5"), third=Fraction(1, 4), parts=(inner, "x"), count=2)
    assert verdict == same
    assert hash(verdict) == hash(same)
