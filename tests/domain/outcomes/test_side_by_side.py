"""Two programmes of one year on one installation, every category of both at once, from notice to certificate."""

import pytest
from tests import twin_award
from tests.factories import body, member, organisation, person
from tests.small_award import small_pack
from tests.small_cycle import (
    Play,
    accept,
    agree,
    announce,
    at,
    call_meeting,
    count_and_decide,
    fresh,
    give_awards,
    look,
    open_ballot,
    open_stage,
    prepare,
    put_on_notice,
    put_team,
    score,
    seat,
    send,
    sign_up,
    take_on,
    through,
    vote,
    write,
)

from zhuoyue.domain.experts.actions import add_expert
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.outcomes.models import Award, Certificate
from zhuoyue.domain.review.enums import StageKind

pytestmark = pytest.mark.django_db

PACKS = {
    "one category": (small_pack, ("organisation",)),
    "three categories": (twin_award.twin_pack, twin_award.CATEGORIES),
}
TITLES = {"first-award-2021": "2021年度甲奖", "second-award-2021": "2021年度乙奖"}


class Side:
    """One programme with its own office, experts and jury, and a play for each of its categories."""

    def __init__(self, key: str, pack, categories) -> None:
        organiser = body(f"办公室{key}")
        secretary, second = (member(organiser.organisation, Duty.SECRETARY) for _person in range(2))
        text = pack(key, TITLES[key])
        play = prepare(organiser, secretary, second, slug=key, text=text)
        self.plays = [play.of(category) for category in categories]
        self.jurors = [person() for _juror in range(5)]
        announce(play)

    @property
    def first(self) -> Play:
        return self.plays[0]

    def call_experts(self) -> None:
        play = self.first
        self.experts = [
            add_expert(
                by=play.secretary, pool=play.organiser, email=known.email, name=known.name, known=True, level="senior"
            )
            for known in [person(f"专家{n}") for n in range(3)]
        ]
        take_on(play, self.experts)
        seat(play, self.jurors)


class Story:
    """The acts of it. Each is played for every category of every programme in turn, the programmes interleaved."""

    def __init__(self, pack, categories) -> None:
        self.sides = [Side(key, pack, categories) for key in TITLES]
        self.owners = [organisation() for _owner in range(2)]
        self.people = [member(owner) for owner in self.owners]
        self.applications = {}

    def both(self, act) -> None:
        for plays in zip(*(side.plays for side in self.sides), strict=True):
            for side, play in zip(self.sides, plays, strict=True):
                act(side, play)

    def own(self, play):
        return [self.applications[play.slug, play.key, owner.pk] for owner in self.owners]

    def sign_all(self, _side, play):
        subject = "班组" if play.key == "craft" else ""
        for owner, speaker in zip(self.owners, self.people, strict=True):
            self.applications[play.slug, play.key, owner.pk] = sign_up(play, speaker, owner, subject=subject)

    def write_all(self, _side, play):
        for owner, speaker in zip(self.owners, self.people, strict=True):
            registration = self.applications[play.slug, play.key, owner.pk]
            self.applications[play.slug, play.key, owner.pk] = send(speaker, write(play, speaker, registration))

    def check(self, _side, play):
        open_stage(play, StageKind.CONDITION_CHECK)
        for application in self.own(play):
            accept(play, application)
        open_stage(play, StageKind.DOCUMENT_REVIEW)

    def read(self, side, play):
        for application in self.own(play):
            for pair, value in zip(put_team(play, application, side.experts), (25, 20, 15), strict=True):
                score(play, pair, value)
        through(play, StageKind.DOCUMENT_REVIEW)

    def meet(self, _side, play):
        if play.run(StageKind.CONSENSUS) is None:
            return
        open_stage(play, StageKind.CONSENSUS)
        for application in self.own(play):
            agree(play, application)
        through(play, StageKind.CONSENSUS)
        open_stage(play, StageKind.SITE_VISIT)
        for application in self.own(play):
            look(play, application)
        through(play, StageKind.SITE_VISIT)

    def decide(self, side, play):
        open_stage(play, StageKind.JURY)
        call_meeting(play)
        open_ballot(play, side.jurors[0])
        for juror in side.jurors:
            vote(play, fresh(juror))
        count_and_decide(play, side.jurors[0])
        put_on_notice(play)


@pytest.mark.parametrize("name", PACKS)
def test_from_notice_to_certificate_side_by_side(name):
    pack, categories = PACKS[name]
    at("2021-04-26T09:00")
    story = Story(pack, categories)
    at("2021-06-10T10:00")
    story.both(story.sign_all)
    at("2021-08-12T10:00")
    story.both(story.write_all)
    at("2021-08-25T10:00")
    story.both(story.check)
    for side in story.sides:
        side.call_experts()
    for moment, act in (("09-10", story.read), ("10-08", story.meet), ("10-20", story.decide)):
        at(f"2021-{moment}T14:00")
        story.both(act)
    at("2021-11-03T09:00")
    story.both(lambda _side, play: give_awards(play))

    assert Award.objects.count() == 2 * len(categories) * len(story.owners)
    for side in story.sides:
        programme = side.first.cycle.programme
        for play in side.plays:
            found = Certificate.objects.filter(programme=programme, award__category=play.category)
            numbers = sorted(found.values_list("number", flat=True))
            assert [number.rpartition("-")[2] for number in numbers] == ["0001", "0002"]
            assert all(f"-2021-{play.key.upper()}-" in number for number in numbers)
            filed = play.category.applications.order_by("number").values_list("number", flat=True)
            assert [number.rpartition("-")[2] for number in filed] == ["0001", "0002"]
        assert Certificate.objects.filter(programme=programme).count() == len(categories) * len(story.owners)
