"""The gallery: every component in all its states, light and dark side by side. For those who build and check pages."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.rules import GALLERY
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import PUBLIC, page
from zhuoyue.web.shared.charts import ItemScores, Phase, Score, Series, Spoke, Step
from zhuoyue.web.shared.typed_fields import DayField, LineField, NumberField

PARTS = ("frame", "facts", "messages", "lists", "tables", "forms", "charts", "scoring", "documents")
STATES = (
    ("draft", "未开始"),
    ("open", "进行中"),
    ("done", "已完成"),
    ("soon", "将到期"),
    ("back", "需补正"),
    ("late", "逾期4天"),
    ("shut", "暂不能办"),
)
BAND_WORDS = ("尚无", "起步", "初成", "有效", "成熟", "标杆")
BAND_STEPS = ((0, 5), (10, 15, 20, 25), (30, 35, 40, 45), (50, 55, 60, 65), (70, 75, 80, 85), (90, 95, 100))


class SampleForm(forms.Form):
    """One field of every kind."""

    widths = {"code": "m"}
    suffixes = {"turnover": "万元"}

    name = LineField(label="单位名称", max_length=60, help_text="与营业执照一致。")
    code = LineField(label="统一社会信用代码", max_length=18)
    turnover = NumberField(label="上年度营业收入", required=False)
    founded = DayField(label="成立日期")
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("o", "组织奖"), ("p", "个人奖")])
    size = forms.ChoiceField(
        label="规模", choices=[("l", "大型"), ("m", "中型"), ("s", "小微")], widget=forms.RadioSelect
    )
    fields_of_work = forms.MultipleChoiceField(
        label="领域",
        choices=[("m", "制造业"), ("s", "服务业"), ("e", "工程建设")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    method = forms.CharField(
        label="方法", help_text="怎么做，与同类做法有何不同。", widget=forms.Textarea(attrs={"data-limit": "2000"})
    )
    proof = forms.FileField(label="证明材料", required=False, help_text="PDF或图片，每份不超过20 MB。")
    agree = forms.BooleanField(label="以上内容属实")


def sample_form(prefix: str, *, wrong: bool) -> SampleForm:
    auto_id = f"{prefix}id_%s"
    if not wrong:
        return SampleForm(auto_id=auto_id, initial={"name": "澜州清和医院", "method": "以床位为单位串起医嘱。"})
    return SampleForm({"name": "", "code": "91310000X", "turnover": "很多"}, auto_id=auto_id)


def chart_samples() -> dict[str, Any]:
    today = clock.today().date()
    days = timedelta
    phases = (
        Phase("通知报名", today - days(135), today - days(80)),
        Phase("成果申报", today - days(65), today - days(29)),
        Phase("资料评价", today - days(21), today + days(12), "已评38／64份"),
        Phase("专家会审", today + days(3), today + days(24)),
        Phase("公示", today + days(66), today + days(77)),
        Phase("表彰推广", today + days(83)),
    )
    steps = (
        Step("报名", 86, before=74),
        Step("提交", 71, before=66),
        Step("资料评价完成", 38, "now", of=64, before=60),
        Step("会审", 26, "next", before=27, words="约26"),
        Step("授奖", 15, "next", before=13, words="至多15"),
    )
    rates = tuple((str(2021 + year), Decimal(961 + rise) / 10) for year, rise in enumerate((0, 7, 15, 22, 26)))
    faults = (("2021", Decimal("4.1")), ("2022", None), ("2023", Decimal("2.5")), ("2024", Decimal("1.7")))
    return {
        "phases": phases,
        "steps": steps,
        "minis": (
            Series("一次交检合格率", "%", rates, Decimal("98.5"), Decimal("99.2"), note="连续四年上升，已达目标。"),
            Series("千台故障数", "件", faults, Decimal("1.5"), Decimal("0.9"), better="down", note="2022年未填报。"),
            Series("订单准时交付率", "%", (("2025", None),)),
        ),
        "spokes": [
            Spoke(
                mark, f"{mark} {label}", Decimal(own), tuple(Decimal(value) for value in (own - 15, own - 4, own + 8))
            )
            for mark, label, own in (
                ("4.1", "领导", 70),
                ("4.2", "战略", 62),
                ("4.3", "顾客与市场", 55),
                ("4.4", "资源", 66),
            )
        ],
        "spreads": (
            ItemScores("5.6.3 创新实践", _scores(70, 65, 70, 30, 60), "#", None, "late", "待议", current=True),
            ItemScores("5.3.3 战略实施", _scores(50, 65, 45, 55, 60), "#", Decimal(55), "open", "55%保留"),
            ItemScores("5.2.2 引领发展", _scores(60, 60, 65, 60, 60), "#", Decimal(60), "done", "60%"),
            ItemScores("5.2.3 有效治理", (), "#", None, "draft", "未评"),
        ),
    }


def _scores(*values: int) -> tuple[Score, ...]:
    return tuple(Score(who, Decimal(value)) for who, value in zip("甲乙丙丁戊", values, strict=True))


def list_samples() -> dict[str, Any]:
    now = clock.today()
    return {
        "states": STATES,
        "late": now - timedelta(days=4),
        "soon": now + timedelta(days=2),
        "far": now + timedelta(days=40),
        "due_items": (
            {
                "title": "推荐意见未加盖公章",
                "url": "#",
                "note": "2份",
                "due": now + timedelta(days=2),
                "action": "去办理",
            },
            {"title": "未交利益冲突声明", "url": "#", "due": now - timedelta(days=3), "action": "填写", "first": True},
            {"title": "年度总结", "url": "#", "due": now + timedelta(days=40), "action": "打开"},
        ),
        "strip": (
            {"label": "报名", "state": "past"},
            {"label": "申报", "state": "past"},
            {"label": "评审", "state": "now"},
            {"label": "公示", "state": "next"},
        ),
        "points": (
            {"text": "关键过程指标由战略目标逐级分解，按季校正。", "refs": (1, 2)},
            {"text": "防错措施以自动拦截为主，每班首件验证并留痕。", "refs": (), "url": "#x"},
        ),
        "files": (
            {"name": "体系证书.pdf", "url": "#x", "size": 812345, "state": "done", "label": "已检查", "remove": "1"},
            {"name": "检测报告.pdf", "size": 18123456, "state": "open", "label": "检查中"},
        ),
        "paging": Paginator(range(2600), 50).page(7),
        "bands": [{"word": word, "steps": list(steps)} for word, steps in zip(BAND_WORDS, BAND_STEPS, strict=True)],
        "words": BAND_WORDS,
        "rail": (
            {
                "label": "领导作用",
                "items": (
                    {"label": "5.2.2 引领发展", "url": "#", "state": "done", "value": "60"},
                    {"label": "5.2.3 有效治理", "url": "#", "state": "part", "value": None},
                ),
            },
            {
                "label": "质量提升",
                "items": (
                    {"label": "5.7.2 运营质量", "url": "#", "state": "part", "value": "55", "current": True},
                    {"label": "5.7.3 产品和服务", "url": "#", "state": "", "value": None},
                ),
            },
        ),
    }


@page(PUBLIC if settings.DEBUG else GALLERY)
def gallery(request: HttpRequest) -> HttpResponse:
    part = request.GET.get("part", PARTS[0])
    if part not in PARTS:
        part = PARTS[0]
    samples = list_samples() | chart_samples()
    whole = {"sheet": "shared/gallery/sheet.html", "desk": "shared/gallery/desk.html"}
    for name in whole.keys() & request.GET.keys():
        return render(request, whole[name], samples)
    themes = [
        {
            "theme": theme,
            "p": theme[0],
            "form": sample_form(theme, wrong=False),
            "wrong": sample_form(f"{theme}w", wrong=True),
        }
        for theme in ("light", "dark")
    ]
    context = {
        **samples,
        "part": part,
        "template": f"shared/gallery/{part}.html",
        "themes": themes,
        "two": [{"label": _("部件"), "url": "#"}, {"label": part, "url": ""}],
        "nav": [{"label": name, "url": f"?part={name}", "current": name == part} for name in PARTS],
        "brand": {"title": _("部件总览"), "subtitle": _("卓越"), "url": request.path},
    }
    return render(request, "shared/gallery.html", context)
