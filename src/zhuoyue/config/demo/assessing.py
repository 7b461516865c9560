"""The first applicant has assessed itself twice, so that its page shows what has changed."""

from datetime import date
from decimal import Decimal
from random import Random

from zhuoyue.config.demo.play import SEED, Play, at
from zhuoyue.domain.assessments import actions as assessments
from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.assessments.queries import common_book
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.judging.queries.books import scored_nodes

SAID = {
    "process": (
        ("方法成文，各部门按同一流程执行，每季检查一次。", "目标逐级分解到班组，有人负责、有日期。"),
        ("改进课题多在部门内评审，跨部门推广不够。", "效果只看完成率，没有评价方法本身。"),
    ),
    "results": (
        ("主要指标三年连续向好。", "关键指标达到计划目标。"),
        ("缺少与竞争对手和标杆的对比。", "部分指标只有年度数据，看不出波动。"),
    ),
}
PLANS = (
    ("培训效果按岗位测评", "关键岗位测评通过率90%，现为71%", "人力部", date(2021, 5, 31), 60),
    ("跨部门课题评审会", "每季一次，推广课题不少于3个", "质量部", date(2021, 9, 30), 75),
    ("主要指标增加竞争对手一列", "12项主要指标都有对比", "战略部", date(2021, 10, 31), 40),
    ("品牌认知度第三方调查", "样本不少于400份", "市场部", date(2021, 12, 15), 0),
    ("班组长授权清单", "28个班组全部实行", "人力部", date(2021, 4, 30), 100),
)


def assess(play: Play) -> None:
    chance = Random(SEED)  # noqa: S311 - invented content, the same every time
    first = {node.code: 45 + 5 * chance.randrange(4) for node in scored_nodes(play.category.edition)}
    at("2021-04-27T09:30")
    _finished(play, 2020, first)
    at("2021-05-06T15:00")
    second = {code: value + 5 * chance.choice((0, 1, 1, 2)) for code, value in first.items()}
    assessment = _finished(play, 2021, second)
    lowest = sorted(scored_nodes(assessment.edition), key=lambda node: second[node.code])
    for node, (text, aim, responsible, due, progress) in zip(lowest, PLANS, strict=False):
        plan = assessments.Plan(node, text, aim=aim, responsible=responsible, due=due, progress=progress)
        assessments.add_improvement(by=play.cast.speakers[0], assessment=assessment, plan=plan)


def _finished(play: Play, year: int, values: dict[str, int]) -> Assessment:
    by = play.cast.speakers[0]
    assessment = assessments.start(
        by=by, organisation=play.cast.applicants[0], edition=play.category.edition, year=year
    )
    book = common_book(assessment)
    for place, node in enumerate(scored_nodes(assessment.edition)):
        judgement = _judged(node, place, values[node.code])
        assessments.save_item(by=by, book=book, node=node, judgement=judgement, expected=0)
    assessments.finish(by=by, assessment=assessment)
    return assessment


def _judged(node: Node, place: int, value: int) -> Judgement:
    strengths, gaps = SAID[node.kind]
    turn = place % 2
    return Judgement(Decimal(value), strengths=(strengths[turn],), gaps=(gaps[turn],), done=True)
