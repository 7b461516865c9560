"""What the rules ask of stages and people see to: the program keeps and shows it, and compares nothing with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhuoyue.packs.programmes.loader import Pack
from zhuoyue.packs.programmes.paths import label
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.schema.stages import Stage
from zhuoyue.packs.source import Message, RawPath

CODE = "by-people"


@dataclass(frozen=True, slots=True)
class Asked:
    """A key of a stage, its name in both languages, whether a stage uses it, and what people do about it."""

    key: str
    name: tuple[str, str]
    used: Callable[[Stage], bool]
    zh: str
    en: str


ASKED = (
    Asked(
        "by",
        ("组织单位", "Held by"),
        lambda stage: bool(stage.by),
        "由所写的单位组织这一环节，由秘书处落实；程序只认秘书处、专家组和审定委员会的权限",
        "the bodies named hold the stage, which the office sees to; the program knows the office, teams and jury",
    ),
    Asked(
        "optional",
        ("可以不设", "Optional"),
        lambda stage: stage.optional,
        "程序照常列入这一环节；不举行时，由秘书处写明理由使各份申报通过",
        "applications enter the stage; where it is not held, the office lets them through with a reason",
    ),
    Asked(
        "where_needed",
        ("视需要举行", "Where needed"),
        lambda stage: stage.where_needed,
        "由秘书处逐份决定；不需要的申报，写明理由使其通过",
        "the office decides case by case, and lets through with a reason whoever does not need the stage",
    ),
    Asked(
        "ladder",
        ("批准次序", "Order of approval"),
        lambda stage: bool(stage.ladder),
        "逐级审议、批准和备案由各单位办理，批准后由秘书处登记文号",
        "the bodies review, approve and file in turn; the office enters the number of the approval",
    ),
    Asked(
        "feedback",
        ("反馈", "Feedback"),
        lambda stage: stage.feedback,
        "反馈报告由秘书处发放，写的是最后议定的评语，不分环节",
        "the office releases the feedback reports, which hold the comments last agreed, of whatever stage",
    ),
    Asked(
        "team.expert_kinds",
        ("专家类别", "Kinds of experts"),
        lambda stage: bool(stage.team and stage.team.expert_kinds),
        "由秘书处按所写的类别邀请专家；程序只核对资深和见习人数",
        "the office invites experts of these kinds; the program counts seniors and trainees only",
    ),
)


def asked_of_people(pack: Pack) -> tuple[Message, ...]:
    """One message for each key that stages use and people see to, in the order of lines; none of them is a fault."""
    return tuple(sorted(_messages(pack)))


def _messages(pack: Pack) -> Iterator[Message]:
    for asked in ASKED:
        places = [(path, stage) for path, stage in _stages(pack.programme) if asked.used(stage)]
        if places:
            path: RawPath = (*places[0][0], *asked.key.split("."))
            zh = "、".join(dict.fromkeys(str(stage.title) for _path, stage in places))
            en = ", ".join(dict.fromkeys(stage.title.en for _path, stage in places))
            words = f"{asked.name[0]} {asked.key}（{zh}）：{asked.zh}。"
            yield _message(pack, path, words, f"{asked.name[1]}, {asked.key} ({en}): {asked.en}.")
    for number, review in enumerate(pack.programme.reviews):
        if review.rules:
            zh = "评审的文字规则由评审人员遵守，程序不逐条核对。"
            en = "The written rules of a review bind the people who judge; the program checks none of them."
            yield _message(pack, ("reviews", number, "rules"), zh, en)


def _stages(programme: Programme) -> Iterator[tuple[RawPath, Stage]]:
    for r, review in enumerate(programme.reviews):
        for s, stage in enumerate(review.stages):
            yield ("reviews", r, "stages", s), stage


def _message(pack: Pack, path: RawPath, zh: str, en: str) -> Message:
    source = pack.source
    remedy_zh, remedy_en = "由人办理，不需要改正。", "People see to it; nothing is to be corrected."
    return Message(source.name, source.line_of(path), label(source.data, path), CODE, zh, en, remedy_zh, remedy_en)
