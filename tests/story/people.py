"""Who is there before the story begins. Applicants and experts come in during it."""

from dataclasses import dataclass, field
from typing import Any

from tests import factories
from tests.factories import body, member, organisation, person
from tests.small_cycle import Play, at, prepare

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body

SLUG = "small-2021"
EXPERTS = ("顾一", "沈二", "何三", "韩四")
JURORS = ("钟主任", "罗委员", "梅委员", "丁委员", "邵委员")


@dataclass
class House:
    play: Play
    secretary: Any
    second: Any
    officer: Any
    recommender: Body
    jurors: list[Any] = field(default_factory=list)

    @classmethod
    def build(cls) -> "House":
        at("2021-04-26T09:00")
        organiser = body("小质量协会")
        recommender = body("装备行业协会")
        secretary = member(organiser.organisation, Duty.SECRETARY, name="柳秘书")
        second = member(organiser.organisation, Duty.SECRETARY, name="宋秘书")
        for number in range(1, len(EXPERTS) + 1):
            organisation(f"第{number}研究院")
        play = prepare(organiser, secretary, second, slug=SLUG)
        named = member(recommender.organisation, Duty.OFFICER, name="范推荐")
        officer = factories.officer(play.cycle, recommender, named)
        return cls(play, secretary, second, officer, recommender, [person(name) for name in JURORS])
