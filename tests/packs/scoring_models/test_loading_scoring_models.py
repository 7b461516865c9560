import pytest

from zhuoyue.packs.scoring_models import load_scoring_model, shipped_scoring_models
from zhuoyue.packs.source import SourceError

BANDS = """\
format: 1
key: two-bands
kind: percent_bands
name: 两档
name_en: Two bands
applies_to: process
step: 10
bands:
  - {key: low, low: 0, high: 40, name: 低, name_en: Low, meaning: 少, meaning_en: Little}
  - {key: high, low: 50, high: 100, name: 高, name_en: High, meaning: 多, meaning_en: Much}
dimensions:
  - key: approach
    name: 方法
    name_en: Approach
    question: 怎样做？
    question_en: How?
    lines: {low: 差, high: 好}
    lines_en: {low: bad, high: good}
"""
GRADES = """\
format: 1
key: grades
kind: grades
name: 等级
name_en: Grades
grades:
  - {key: no, value: 0, name: 否, name_en: 'No', meaning: 无, meaning_en: None}
  - {key: yes, value: 1, name: 是, name_en: 'Yes', meaning: 有, meaning_en: Some}
"""
COMBINED = """\
format: 1
key: both
kind: percent_bands
name: 合并
name_en: Both
combines: [two-bands, other]
"""


def faults(text, **options):
    with pytest.raises(SourceError) as refused:
        load_scoring_model(text, name="bad.yaml", **options)
    assert all(message.remedy_zh and message.remedy_en and message.text_en for message in refused.value.messages)
    return [(message.code, message.line) for message in refused.value.messages]


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (BANDS, "step: 10", "step: 0", [("bands-missing", 1)]),
        (BANDS, "high: 40", "high: 45", [("band-range", 9), ("band-gap", 10)]),
        (BANDS, "high: 100", "high: 110", [("band-range", 10)]),
        (BANDS, "low: 50", "low: 60", [("band-gap", 10)]),
        (BANDS, "{key: high", "{key: low", [("key-twice", 10), ("lines-mismatch", 17), ("lines-mismatch", 18)]),
        (BANDS, "{low: 差, high: 好}", "{low: 差, best: 好}", [("lines-mismatch", 17)]),
        (BANDS, "applies_to: process", "applies_to: persons", [("literal-error", 6)]),
        (BANDS, "question: 怎样做？", "frage: 怎样做？", [("missing", 12), ("extra-forbidden", 15)]),
        (GRADES, "value: 1", "value: 0", [("grades-order", 8)]),
        (GRADES.split("grades:\n  -", maxsplit=1)[0], "format: 1", "format: 1", [("grades-missing", 1)]),
    ],
)
def test_faults_name_their_line(text, old, new, expected):
    assert faults(text.replace(old, new)) == expected


def test_a_path_gives_its_name(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(GRADES, encoding="utf-8")
    assert load_scoring_model(path).key == "grades"
    path.write_text("format: 1\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"mine\.yaml"):
        load_scoring_model(path)


def test_lines_for_bands_may_be_left_out():
    text = BANDS.replace("    lines: {low: 差, high: 好}\n    lines_en: {low: bad, high: good}\n", "")
    assert load_scoring_model(text).dimensions[0].lines == {}


def test_combined_models_share_bands_and_keep_their_dimensions_apart():
    one = load_scoring_model(BANDS)
    other = load_scoring_model(
        BANDS.replace("two-bands", "other").replace("applies_to: process", "applies_to: results")
    )
    both = load_scoring_model(COMBINED, known={"two-bands": one, "other": other})
    assert both.bands == one.bands
    assert [(dimension.key, dimension.applies_to) for dimension in both.dimensions] == [
        ("approach", "process"),
        ("approach", "results"),
    ]


def test_what_is_combined_must_exist_and_have_equal_bands():
    one = load_scoring_model(BANDS)
    wider = load_scoring_model(
        BANDS.replace("two-bands", "other").replace("step: 10", "step: 5").replace("low: 50", "low: 45")
    )
    assert faults(COMBINED) == [("combines", 6)]
    assert faults(COMBINED, known={"two-bands": one, "other": wider}) == [("combines", 6)]


def test_shipped_models():
    assert set(shipped_scoring_models()) == {
        "grades-four",
        "percent-bands-adli",
        "percent-bands-letci",
        "plain-points",
        "process-results",
    }
