"""Invented dossiers that read like dossiers: one paragraph for each thing that is asked, differing by applicant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from zhuoyue.domain.dossiers.parts import fields_of
from zhuoyue.domain.dossiers.sections import Section, item_key
from zhuoyue.packs.programmes.schema.forms import (
    ContextPart,
    EvidencePart,
    FormField,
    IndicatorsPart,
    NarrativePart,
    ProfilePart,
    StatementPart,
    TablePart,
)

METHODS = ("三序一环", "日清看板", "五步闭环", "全景溯源", "双周复盘", "分级授权", "前移预防", "一单到底")
UNITS = ("制造一部", "客户服务中心", "质量管理部", "供应链中心", "研究院", "运营调度中心")
APPROACH = (
    "公司以“{method}”为主线组织{topic}工作，由{unit}牵头，年初随战略分解确定目标与责任人，按季度评审并校正。",
    "围绕{topic}，公司建立了“{method}”机制：先识别要求，再确定关键环节和测量指标，最后落实到岗位说明书。",
    "{topic}由总经理办公会统筹，{unit}负责日常运行，方法统一为“{method}”，制度文件共{docs}项，每年修订一次。",
)
DEPLOYMENT = (
    "该做法已覆盖{share}%的部门和全部关键过程，{units}个下属单位采用同一套看板，其余单位按计划在下一年度推行。",
    "全公司{units}个单位按统一模板运行，班组层面每周检查，问题进入信息系统跟踪，按期关闭率{share}%。",
)
LEARNING = (
    "每年对照行业标杆复盘一次，近三年共提出改进{docs}项，其中{less}项已固化为制度；去年起把供应商也纳入复盘范围。",
    "公司参加同业对标并邀请外部专家诊断，针对发现的{less}个差距制定改进计划，已完成大部分，效果见结果部分的指标。",
)
INTEGRATION = (
    "上述指标与战略目标、部门考核使用同一口径，数据由管理信息系统自动采集，避免重复填报。",
    "该工作与质量、安全、能源管理体系一并审核，相关结果用于下一周期的战略分析。",
)
SERIES = (
    ("一次交检合格率", "%", "higher_better", 94, 99, 99.5),
    ("顾客满意度", "分", "higher_better", 86, 93, 95),
    ("营业收入", "亿元", "higher_better", 8, 15, 20),
    ("全员劳动生产率", "万元/人", "higher_better", 45, 70, 80),
    ("订单准时交付率", "%", "higher_better", 90, 97, 99),
    ("百元产值能耗", "千克标煤", "lower_better", 6, 3, 2.4),
    ("千人安全事故数", "起", "lower_better", 1.2, 0.3, 0.1),
    ("发明专利数", "件", "higher_better", 6, 22, 30),
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The value of one section as `save_answer` takes it."""

    section: str
    value: dict[str, Any]


def paragraph(topic: str, random: Random) -> str:
    words = {
        "topic": topic,
        "method": random.choice(METHODS),
        "unit": random.choice(UNITS),
        "docs": random.randint(8, 26),
        "less": random.randint(3, 9),
        "units": random.randint(4, 18),
        "share": random.randint(82, 100),
    }
    parts = [random.choice(bank).format(**words) for bank in (APPROACH, DEPLOYMENT, LEARNING, INTEGRATION)]
    return "\n\n".join(("".join(parts[:2]), "".join(parts[2:])))


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and about what."""

    organisation: Any
    product: str
    random: Random


def answers(sections: tuple[Section, ...], organisation: Any, product: str, random: Random) -> Iterator[Filled]:
    """Typed answers for every section that takes text."""
    author = Author(organisation, product, random)
    for section in sections:
        value = INVENTED[type(section.part)](section, author)
        if value is not None:
            yield Filled(section.key, value)


def _narrative(section: Section, author: Author) -> dict[str, Any]:
    return {"text": paragraph(section.title.split(" ", 1)[-1], author.random)}


def _context(section: Section, author: Author) -> dict[str, Any]:
    part: Any = section.part
    return {item_key(item): paragraph(str(item.title or section.title)[:6], author.random) for item in part.items}


def _profile(section: Section, author: Author) -> dict[str, Any]:
    fields = fields_of(section.part)
    return {entry.key: _field(entry, author.organisation, author.product, author.random) for entry in fields}


def _statement(section: Section, _author: Author) -> dict[str, Any]:
    part: Any = section.part
    return {entry.key: "yes" for entry in part.statements}


def _nothing(_section: Section, _author: Author) -> None:
    """Tables stay empty here; series and files are handed in elsewhere."""


# type of part -> what the demonstration writes into a section of it
INVENTED: dict[type, Callable[[Section, Author], dict[str, Any] | None]] = {
    NarrativePart: _narrative,
    ContextPart: _context,
    ProfilePart: _profile,
    StatementPart: _statement,
    TablePart: _nothing,
    IndicatorsPart: _nothing,
    EvidencePart: _nothing,
}


def _field(entry: FormField, organisation: Any, product: str, random: Random) -> str:
    known = {
        "name": organisation.name,
        "credit-code": organisation.credit_code,
        "address": organisation.address,
        "founded": str(organisation.founded_on.year),
        "industry": organisation.industry,
        "size": organisation.size,
        "certificates": f"质量、环境、职业健康安全管理体系认证；主营{product}。",
    }
    made = {
        "integer": str(random.randint(180, 4200)),
        "amount": str(random.randint(9000, 320000)),
        "person": "负责人",
        "telephone": "021-60000000",
        "email": "office@demo.invalid",
        "choice": entry.choices[0].key if entry.choices else "",
    }
    return known.get(entry.key) or made.get(entry.type, product)


def series(node_code: str, years: tuple[int, ...], random: Random) -> dict[str, Any]:
    """One results indicator with value, target and benchmark for each year."""
    name, unit, direction, start, end, best = random.choice(SERIES)
    span = (end - start) / max(len(years) - 1, 1)
    points = []
    for place, year in enumerate(years):
        wobble = random.uniform(-0.15, 0.15) * abs(span)
        points.append(
            {
                "year": year,
                "value": f"{start + span * place + wobble:.1f}",
                "target": f"{start + span * place * 1.05:.1f}",
                "competitor": f"{start + span * place * 0.8:.1f}",
                "benchmark": f"{best:.1f}",
            }
        )
    return {"node_code": node_code, "name": name, "unit": unit, "direction": direction, "points": points}


STRENGTHS = (
    "目标由战略逐级分解，责任人和预警线明确，按季度校正并留有记录。",
    "关键过程均有测量指标，数据自动采集，问题可以追溯到班组。",
    "近三年指标持续改善，两项优于行业标杆，且与方法的改进相互印证。",
    "供应商共享需求计划，异常由双方共同复盘，交付波动明显收窄。",
)
GAPS = (
    "改进课题多在单位内部评审，未见跨单位推广的机制。",
    "对比数据主要来自上一年度自身水平，缺少竞争对手或标杆的数据。",
    "辅助过程的展开情况没有说明，覆盖范围难以判断。",
    "方法有效性的评价周期较长，未见依据评价结果调整的例子。",
)


def comments(random: Random) -> tuple[list[str], list[str]]:
    return random.sample(STRENGTHS, 2), random.sample(GAPS, 1)


def small_pdf(title: str) -> bytes:
    """A one-page PDF for evidence, without fonts of its own."""
    stream = f"BT /F1 12 Tf 72 720 Td ({title}) Tj ET".encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )
