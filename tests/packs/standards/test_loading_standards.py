from decimal import Decimal

import pytest

from zhuoyue.packs.source import SourceError
from zhuoyue.packs.standards import json_schema, load_standard, write_standard

GOOD = """\
format: 1
key: example
code: "X 1"
title: 示例标准
issuer: 示例机构
edition: "2024"
language: zh
source: 示例
verified_by: ''
scoring_model: process-results
points_total: 100
nodes:
  - code: "0.1"
    kind: value
    title: 长远
  - code: "5.1"
    kind: context
    title: 环境
    children:
      - code: "5.1a"
        kind: aspect
        title: 概况
  - code: "5.2"
    kind: category
    title: 领导
    points: 100
    children:
      - code: "5.2.2"
        kind: process
        title: 方向
        points: 59.5
        prompt: 怎样定方向？
        children:
          - code: "5.2.2a"
            kind: aspect
            title: 愿景
      - code: "5.2.3"
        kind: results
        title: 结果
        points: 40.5
        indicators:
          - 利润率
"""


def faults(text, **options):
    with pytest.raises(SourceError) as refused:
        load_standard(text, name="bad.yaml", **options)
    for message in refused.value.messages:
        assert message.file == "bad.yaml"
        assert message.text_zh
        assert message.remedy_zh
        assert message.text_en
        assert message.remedy_en
        assert "{" not in str(message)
    return [(message.code, message.line) for message in refused.value.messages]


def changed(old, new):
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_a_good_file_is_typed_and_exact():
    loaded = load_standard(GOOD, models={"process-results"})
    assert loaded.key == "example"
    assert [(node.code, node.points) for node in loaded.standard.walk() if node.points] == [
        ("5.2", Decimal(100)),
        ("5.2.2", Decimal("59.5")),
        ("5.2.3", Decimal("40.5")),
    ]


def test_a_path_gives_its_name_to_messages(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_standard(path).source.name == "mine.yaml"
    path.write_text("nodes: []", encoding="utf-8")
    with pytest.raises(SourceError, match=r"mine\.yaml:1"):
        load_standard(path)


def test_a_loaded_file_is_written_back_unchanged_with_its_comments():
    text = GOOD.replace("kind: context", "kind: context # 前提")
    assert write_standard(load_standard(text)) == text


def test_a_made_edition_is_written_in_the_same_form():
    assert write_standard(load_standard(GOOD).standard) == GOOD


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("issuer: 示例机构", "isuer: 示例机构", [("extra-forbidden", 5), ("missing", 1)]),
        ("        prompt: 怎样定方向？", "        prompts: 怎样定方向？", [("extra-forbidden", 32)]),
        ("    title: 长远", "    title: 长远\n    weight: 3", [("extra-forbidden", 16)]),
        ("kind: context", "kind: contxt", [("literal-error", 17)]),
        ("key: example", "key: Example 1", [("string-pattern-mismatch", 2)]),
        ("title: 示例标准", "title: 2024", [("string-type", 4)]),
        ("title: 示例标准", "title: ''", [("string-too-short", 4)]),
        ("points: 100\n    children", "points: '100'\n    children", [("is-instance-of", 26)]),
        ("points: 59.5", "points: -1", [("greater-than-equal", 31)]),
        ("points: 59.5", "points: true", [("is-instance-of", 31)]),
        ("points: 59.5", "points: 1000000", [("less-than-equal", 31)]),
        ("        indicators:\n          - 利润率", "        indicators: 利润率", [("tuple-type", 41)]),
        ("format: 1", "format: 2", [("literal-error", 1)]),
        ('code: "5.2.3"', 'code: "5.2.2"', [("code-twice", 37)]),
        (
            "kind: process",
            "kind: term",
            [("kind-misplaced", 29), ("kind-misplaced", 35), ("points-misplaced", 31), ("points-sum", 26)],
        ),
        ("kind: value", "kind: value\n    points: 5", [("points-misplaced", 15)]),
        ("kind: value", "kind: value\n    indicators:\n      - 甲", [("indicators-misplaced", 15)]),
        ("points: 59.5", "points: 59", [("points-sum", 26)]),
        ("        points: 59.5\n", "", [("points-missing", 23), ("points-missing", 28)]),
        ("points_total: 100", "points_total: 90", [("points-sum", 11)]),
        ("points_total: 100\n", "", [("points-sum", 1)]),
        ("    points: 100\n", "", [("points-sum", 23)]),
    ],
)
def test_faults_name_their_line_and_remedy(old, new, expected):
    assert sorted(faults(changed(old, new))) == sorted(expected)


def test_a_misspelt_key_is_guessed_and_the_allowed_ones_are_named():
    with pytest.raises(SourceError) as refused:
        load_standard(changed("        prompt: 怎样", "        prompts: 怎样"), name="bad.yaml")
    (message,) = refused.value.messages
    assert message.path == "nodes.5.2.children.5.2.2.prompts"
    assert "是否想写“prompt”" in message.remedy_zh
    assert "indicators" in message.remedy_en


def test_a_value_without_form_is_explained():
    assert faults(GOOD.split("nodes:", maxsplit=1)[0] + "nodes: []\n") == [("too-short", 12)]
    assert faults(GOOD.split("nodes:", maxsplit=1)[0] + "nodes:\n  - 5.2\n") == [("model-type", 13)]
    assert faults("- 1\n") == [("not-a-mapping", 1)]


def test_the_scoring_model_must_exist():
    assert faults(GOOD, models={"plain-points", "grades-four"}) == [("unknown-scoring-model", 10)]


def test_points_may_be_left_out_everywhere():
    lines = [line for line in GOOD.splitlines() if "points" not in line]
    assert load_standard("\n".join(lines)).standard.points_total is None


def test_a_total_asks_for_the_points_of_every_item():
    lines = [line for line in GOOD.splitlines() if " points" not in line]
    assert faults("\n".join(lines)) == [("points-missing", 27), ("points-missing", 35)]


def test_the_schema_for_editors_names_every_key():
    schema = json_schema()
    assert '"additionalProperties": false' in schema
    assert '"points_total"' in schema
