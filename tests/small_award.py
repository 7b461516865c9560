"""The Shanghai award cut down: the same rules and stages, judged by three items of a short standard of our own."""

from copy import deepcopy
from functools import cache
from io import StringIO

from ruamel.yaml import YAML

from tests.factories import pack_text
from zhuoyue.packs.standards import Standard, load_standard

ITEMS = ("1.1", "1.2", "2.1")
RESULTS = "2.1"
STANDARD = """
format: 1
key: short-2021
code: SHORT 2021
title: 短准则
title_en: Short criteria
issuer: 测试机构
edition: "2021"
language: zh
source: 为测试而写
verified_by: 测试者
scoring_model: process-results
points_total: 100
nodes:
  - code: "1"
    kind: category
    title: 做法
    title_en: Approach
    points: 60
    children:
      - code: "1.1"
        kind: process
        title: 方向
        title_en: Direction
        points: 30
        prompt: 怎样定方向？
        prompt_en: How is direction set?
      - code: "1.2"
        kind: process
        title: 过程
        title_en: Processes
        points: 30
        prompt: 怎样管过程？
        prompt_en: How are processes run?
  - code: "2"
    kind: category
    title: 成果
    title_en: Results
    points: 40
    children:
      - {code: "2.1", kind: results, title: 主要成果, title_en: Main results, points: 40, indicators: [准时交付率]}
"""


@cache
def short_standard() -> Standard:
    return load_standard(STANDARD).standard


@cache
def small_pack(key: str = "small-award-2021", title: str = "2021年度小型质量奖", label: str = "2021") -> str:
    """The pack as a text. `key` makes it another programme, `label` another year of it."""
    yaml = YAML()
    pack = deepcopy(yaml.load(pack_text()))
    pack["key"] = key
    pack["edition"]["label"] = label
    pack["title"] = {"zh": title, "en": f"Small award {key}"}
    next(entry for entry in pack["standards"] if entry["key"] == "gbt-19580")["edition"] = "short-2021"
    form = next(entry for entry in pack["forms"] if entry["key"] == "organisation-application")
    parts = {part["key"]: part for part in form["parts"]}
    asked = ("name", "credit-code", "founded", "size", "telephone")
    parts["profile"]["fields"] = [field for field in parts["profile"]["fields"] if field["key"] in asked]
    parts["context"]["items"] = parts["context"]["items"][:1]
    parts["narrative"]["items"] = [{"node": code, "limit": 200} for code in ITEMS]
    parts["indicators"]["nodes"] = [RESULTS]
    parts["evidence"]["files"] = [entry for entry in parts["evidence"]["files"] if entry["key"] == "licence"]
    out = StringIO()
    yaml.dump(pack, out)
    return out.getvalue()
