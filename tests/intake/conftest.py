"""Documents for the tests: one small standard of our own, and the same text as .docx and .pdf."""

import html
import os
from collections import Counter
from pathlib import Path

import docx
import pytest
import weasyprint

from zhuoyue.intake import Document, Line, StandardDraft

SMALL_STANDARD = """\
目　次
前言……………………………………Ⅱ
1 范围……………………………………1
2 术语和定义……………………………1
3 总体框架……………………………2
4 评审要求……………………………3
示例城市质量奖评审标准（试行）
前　言
本标准由示例机构提出。
引　言
0.1 概要
本标准说明示例组织如何自评。
0.2 基本理念
以下理念供示例组织参考。
0.2.1 顾客为先
示例组织先想到顾客。
0.2.2 长远眼光
示例组织看得远。
1 范围
本标准适用于示例组织，不适用于其他组织。
2 术语和定义
下列术语适用。
2.1
示例 sample
用来说明的东西，例如2.5倍大的样本。
2.2 韧劲
resilience and grit
遇到困难仍能坚持。
2.3
标高 bench marks 由甲方确定的数值（valueadded）。
3 总体框架
框架见图1：
图1 示例框架
注：理念是基础。
注 2：环境是背景。
4 评审要求
4.1 组织环境
说明背景。
(a) 概况：规模和人员。
(b) 竞争：对手和市场。
4.2 带头（120分）
4.2.1 总则
本条看带头的作用。
4.2.2 定方向（70 分）
领导定方向。
a）愿景：写出愿景，
并讲给所有人听。
b）沟通：双向沟通。
注3：沟通包括线上。
4.2.3 带头的结果（50分）
重点关注利润率、纳税额、培训
时长以及其他指标等方面的结果，应有对比数据。
4.3 过程
4.3.1
概述
本条看过程。
4.3.2
过程设计
a. 设计：先设计后实施。
b. 验证：小样验证。
4.3.3 过程的结果
包括一次合格率、准时交付率和返工率的数据。
附录A 评分说明
A.1 怎样评分
按条目评分。
附件：示例城市质量奖评审标准.pdf
"""

SMALL_COUNTS = {
    "values": 2,
    "terms": 3,
    "notes": 3,
    "context_aspects": 2,
    "categories": 2,
    "process_items": 2,
    "process_aspects": 4,
    "results_items": 2,
}


def shared_folder(name: str) -> Path:
    """A folder of material that is not kept here; the tests that need it skip where it is absent."""
    folder = Path(os.environ.get("ZHUOYUE_SHARED", Path(__file__).parents[3] / "shared")) / name
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: set ZHUOYUE_SHARED")
    return folder


def shared_seed(pattern: str) -> Path:
    """A published source document; the tests that need it skip where the shared folder is absent."""
    root = Path(os.environ.get("ZHUOYUE_SHARED", Path(__file__).parents[3] / "shared"))
    found = sorted((root / "seeds").glob(pattern))
    if not found:
        pytest.skip(f"no source document {pattern} under {root}: set ZHUOYUE_SHARED")
    return found[0]


def write_docx(text: str, path: Path) -> Path:
    document = docx.Document()
    for row in text.splitlines():
        document.add_paragraph(row)
    document.save(str(path))
    return path


PAGE_STYLE = """
@page { size: A4; margin: 25mm; @bottom-center { content: "— " counter(page) " —"; }
        @top-center { content: "示例标准"; } }
body { font-family: "Noto Serif CJK SC", "Noto Sans CJK SC"; font-size: 11pt; line-height: 1.6; }
"""
SPACED = "p { margin: 0 0 10pt }"
INDENTED = "p { margin: 0; text-indent: 2em }"
JUSTIFIED = "p { margin: 0 0 6pt; text-align: justify }"


def write_pdf(text: str, path: Path, style: str = SPACED) -> Path:
    rows = "".join(f"<p>{html.escape(row)}</p>" for row in text.splitlines() if row.strip())
    page = f"<html lang=zh-CN><style>{PAGE_STYLE}{style}</style><body>{rows}</body></html>"
    weasyprint.HTML(string=page).write_pdf(str(path))
    return path


def accounted(draft: StandardDraft) -> Counter[int]:
    """How often each line number stands anywhere in a draft."""
    placed = Counter(line for node in draft.walk() for line in node.lines)
    return placed + Counter(line for line, _ in (*draft.unplaced, *draft.furniture))


def contents_of(draft: StandardDraft) -> list[tuple[object, ...]]:
    """What a draft says, without where it stands: line breaks and the spaces beside them differ between formats."""
    return [
        (
            node.code,
            node.kind,
            node.title,
            node.english,
            node.points,
            "".join(node.text.split()),
            tuple("".join(indicator.name.split()) for indicator in node.indicators),
        )
        for node in draft.walk()
    ]


def document_of(text: str) -> Document:
    rows = text.split("\n")
    return Document("a.txt", "txt", tuple(Line(number, row) for number, row in enumerate(rows, 1)))
