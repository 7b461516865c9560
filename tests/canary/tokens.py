"""A word of its own in everything that is typed, and who may ever meet it.

The table is written by hand from the product's rules. Whoever stands in none of the relations that it names for a
kind of text must not meet its word: on no page, in no file, in no letter.
"""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from access.principals import PRINCIPALS, REVIEWED, VOTED, Thing, relations_of
from access.world import World
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.review.models import Assignment

OFFICE = "runs audits"
OWN_SIDE = "owns recommends runs audits"
LATER = ("consensus", "visit", "voting", "noticed", "ended")
# kind of text -> who may meet it at any time
MAY_MEET = {
    "专家姓名": f"self {OFFICE}",
    "个人优势": f"self {OFFICE}",
    "个人不足": f"self {OFFICE}",
    "个人摘录": f"self {OFFICE}",
    "会审优势": f"works {OFFICE}",
    "会审不足": f"works {OFFICE}",
    "会审理由": f"works {OFFICE}",
    "现场安排": f"works {OFFICE}",
    "现场问题": f"works {OFFICE}",
    "现场发现": f"works {OFFICE}",
    "去留理由": OFFICE,
    "解除理由": OFFICE,
    "冲突说明": f"self {OFFICE}",
    "回避理由": f"recused {OFFICE}",
    "异议人": OFFICE,
    "异议内容": OFFICE,
    "异议裁定": OFFICE,
    "推荐意见": OWN_SIDE,
    "审查意见": OWN_SIDE,
    "退回内容": OWN_SIDE,
    "自评材料": "owns",
    "自评指标": "owns",
    "自评优势": "owns",
    "自评不足": "owns",
    "自评撤回理由": "owns",
    "改进事项": "owns",
    "改进目标": "owns",
    "草稿通知标题": OFFICE,
    "草稿通知正文": OFFICE,
    "通知标题": "anyone",
    "通知正文": "anyone",
    "公示标题": "anyone",
    "公示正文": "anyone",
    # ids and numbers
    "专家号": f"self {OFFICE}",
    "邀请号": f"self {OFFICE}",
    "分派号": f"self {OFFICE}",
    "评分册号": f"self {OFFICE}",
    "会审册号": f"works {OFFICE}",
    "现场问题号": f"works {OFFICE}",
    "异议号": OFFICE,
    "反馈号": f"owns {OFFICE}",
    "个人分值": f"self {OFFICE}",
}
PERSONAL = ("个人优势", "个人不足", "个人摘录", "个人分值", "评分册号", "分派号")
# what nobody but the writer and the office need ever meet: no page has to show it
QUIET = {"自评撤回理由", "异议裁定", "解除理由", "回避理由", "审查意见", "评分册号", "会审册号"}


@dataclass(frozen=True)
class Word:
    token: str
    kind: str
    about: tuple[Any, ...]


@dataclass
class Dictionary:
    """Calling it writes a text of a kind about something, with a word that occurs nowhere else."""

    words: dict[str, Word] = field(default_factory=dict)
    serial: Any = field(default_factory=lambda: count(1))

    def __call__(self, kind: str, *about: Any) -> str:
        token = f"QZX{next(self.serial):05d}W"
        self.words[token] = Word(token, kind, about)
        return token if kind in ("专家姓名", "异议人", "licence") else f"{kind}{token}"


def thing_of(world: World, word: Word) -> Thing:
    """What the text belongs to, as the policy of access names things."""
    for about in word.about:
        application = about.application if isinstance(about, Assignment) else about
        if isinstance(application, Application):
            names = {known.pk: name for name, known in world.applications.items()}
            name = names[application.pk]
            letter, stage = (name, "others") if name.endswith("others") else name.split("-", 1)
            return Thing(name, letter, stage, {}, own=_writer(world, about))
        if isinstance(about, Assessment):
            letter = "a" if about.organisation_id == world.organisations["a"].pk else "b"
            return Thing(str(about), letter, "draft", {})
        if about in world.experts:
            return Thing(about, "office", "", {}, own=about)
        if isinstance(about, str):
            stage = about.removeprefix("c-")
            return Thing(stage, "others" if stage == "others" else "office", stage, {})
    raise LookupError(word.kind)


def _writer(world: World, about: Any) -> str:
    expert = getattr(about, "expert_id", None)
    return next((name for name, known in world.experts.items() if known.pk == expert), "")


def allowed(world: World, word: Word) -> set[str]:
    thing = thing_of(world, word)
    relations = set(MAY_MEET[word.kind].split()) if word.kind in MAY_MEET else _of_dossier(thing)
    if word.kind in PERSONAL and thing.stage in LATER:
        relations |= {"works"}
    if word.kind.startswith(("会审", "现场")) and thing.stage in VOTED:
        relations |= {"sits"}
    if word.kind in ("会审优势", "会审不足") and thing.stage == "ended":
        relations |= {"owns"}
    return {principal for principal in PRINCIPALS if relations_of(principal, thing) & relations}


def _of_dossier(thing: Thing) -> set[str]:
    """Of a draft nobody but its owner; of what was sent, whoever works on it, and the jury once it is before them."""
    if thing.stage == "draft":
        return {"owns"}
    found = set(OWN_SIDE.split())
    return found | ({"works"} if thing.stage in REVIEWED else set()) | ({"sits"} if thing.stage in VOTED else set())
