import pytest

from zhuoyue.intake.indicators import indicators_of
from zhuoyue.intake.segments import Segment


def names(text):
    return [indicator.name for indicator in indicators_of([Segment(1, 0, text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("包括甲类率、乙类率等指标的水平。", ["甲类率", "乙类率"]),
        ("可提供如满意度、忠诚度和投诉率。", ["满意度", "忠诚度", "投诉率"]),
        ("主要的利润、产值、成本的结果，应有对比。", ["利润", "产值", "成本"]),
        ("顾客关注度、投诉率等方面的数据", ["顾客关注度", "投诉率"]),
        ("说明结果，例如：产量（万吨、万件）、“好、中、差”比例", ["产量（万吨、万件）", "“好、中、差”比例"]),
        ("产量、承担环境、社会责任等情况", ["产量", "承担环境、社会责任"]),
        ("产量、质量以及其他过程的效率、安全等结果", ["产量", "质量", "其他过程的效率、安全"]),
        ("产量、质量及其它过程的效率等结果", ["产量", "质量", "其它过程的效率"]),
        ("产量、质量等指标，成本、周期等指标。", ["产量", "质量", "成本", "周期"]),
        ("产量、产量、质量等指标", ["产量", "质量"]),
        ("服务等级情况、 投诉率 、x、等数据", ["服务等级情况", "投诉率"]),
        ("只有一句话，没有列举。", []),
        ("、", []),
    ],
)
def test_members_of_enumerations(text, expected):
    assert names(text) == expected


def test_places_lead_back_to_the_line():
    (first, _) = indicators_of([Segment(7, 4, "包括甲类率、乙类率等指标")])
    assert (first.spans[0].line, first.spans[0].start, first.spans[0].end) == (7, 6, 9)
