import pytest

from zhuoyue.intake.segments import Segment
from zhuoyue.intake.terms import term_of


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["使命 mission", "要做的事。"], ("使命", "mission", "要做的事。")),
        (["使命 mission 要做的事。"], ("使命", "mission", "要做的事。")),
        (["使命mission要做的事。"], ("使命", "mission", "要做的事。")),
        (["使命", "mission", "要做的事。"], ("使命", "mission", "要做的事。")),
        (["使命", "mission statement 要做的事。"], ("使命", "mission statement", "要做的事。")),
        (["使命", "要做的事。"], ("使命", "", "要做的事。")),
        (["使命", "“要”做的事。"], ("使命", "", "“要”做的事。")),
        (["使命：要做的事。"], ("使命", "", "要做的事。")),
        (["标杆(对比) benchmark (best practice)"], ("标杆(对比)", "benchmark (best practice)", "")),
        (["使命"], ("使命", "", "")),
        (["mission"], ("", "", "mission")),
        ([], ("", "", "")),
        (["字" * 50 + " long", "定义。"], ("", "", "字" * 50 + " long定义。")),
        (["甲，乙", "丙"], ("", "", "甲，乙丙")),
        (["使命 mission", "to act", "now 现在。"], ("使命", "mission", "to act now 现在。")),
        (["字" * 41], ("", "", "字" * 41)),
    ],
)
def test_entries(lines, expected):
    assert tuple(term_of([Segment(number, 0, text) for number, text in enumerate(lines, 1)])) == expected
