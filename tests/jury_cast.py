"""A jury before its ballot: candidates with agreed scores, members, a chair, a meeting."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from tests.factories import Stage, member, opened_cycle, person
from tests.review_cast import _standard, make_application
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.outcomes import actions as outcomes
from zhuoyue.domain.outcomes.models import ResultList
from zhuoyue.domain.outcomes.queries import list_by_id
from zhuoyue.domain.review.actions import jury, stages
from zhuoyue.domain.review.enums import Choice, StageKind, Step
from zhuoyue.domain.review.models import Entry, Meeting, StageRun
from zhuoyue.domain.review.queries.ballots import custodies_of, shares_of
from zhuoyue.domain.review.queries.jury import candidate_by_id, candidates_of, meeting_by_id, recused_from
from zhuoyue.domain.review.queries.scores import new_book
from zhuoyue.domain.review.queries.stages import runs_of_kind, scored_nodes
from zhuoyue.kernel import clock, sealed

WINNER = "organisation-winner"


def code_of(who) -> str:
    """The counting code that a person of a test has written down: always the same one."""
    digest = hashlib.sha256(who.pk.bytes).digest()
    return sealed.code_from("".join(sealed.LETTERS[byte % 32] for byte in digest[: sealed.RANDOM_LETTERS]))


def keep_code(who, cycle):
    """As in a request of its own: what a person holds is kept on them for the length of one."""
    jury.keep_code(by=Person.objects.get(pk=who.pk), cycle=cycle, code=code_of(who))


def codes_of(meeting) -> dict:
    """What every holder of the meeting's key types at the count."""
    return {share.person_id: code_of(share.person) for share in shares_of(meeting)}


def first_custody(meeting) -> str:
    return next((way.key for way in custodies_of(meeting)), "")


def open_ballot(*, by, meeting, custody=""):
    jury.open_ballot(by=by, meeting=meeting, custody=custody or first_custody(meeting))


def open_round(*, by, meeting, custody=""):
    jury.open_round(by=by, meeting=meeting, custody=custody or first_custody(meeting))


def close_ballot(*, by, meeting):
    return jury.close_ballot(by=by, meeting=meeting, codes=codes_of(meeting))


@dataclass
class Jury:
    stage: Stage
    second: Person
    auditor: Person
    applications: list[Application]
    members: list[Person]

    @property
    def by(self):
        return self.stage.secretary

    @property
    def chair(self):
        return self.members[0]

    @property
    def run(self) -> StageRun:
        return runs_of_kind(self.stage.category, StageKind.JURY)[0]

    @property
    def meeting(self) -> Meeting:
        return meeting_by_id(Meeting.objects.get(run=self.run).pk)

    def candidate(self, place: int = 0) -> Entry:
        return candidate_by_id(Entry.objects.get(run=self.run, application=self.applications[place]).pk)

    def choices(self, who, choice=Choice.FOR):
        barred = recused_from(self.meeting, who)
        return {
            entry.application_id: choice for entry in candidates_of(self.meeting) if entry.application_id not in barred
        }

    def vote(self, who, choice=Choice.FOR):
        jury.cast_vote(by=who, meeting=self.meeting, choices=self.choices(who, choice))

    def vote_all(self, against: int = 0):
        """Everyone votes: the last `against` members against every candidate, the others for it."""
        open_ballot(by=self.chair, meeting=self.meeting)
        for place, who in enumerate(self.members):
            self.vote(who, Choice.AGAINST if place >= len(self.members) - against else Choice.FOR)
        close_ballot(by=self.chair, meeting=self.meeting)

    def decide(self, *winners: int, reasons=None, **more):
        tiers = {self.applications[place].pk: WINNER for place in winners}
        given = {"tiers": tiers, "reasons": reasons or {}, "rule": {"kind": "ballot"}}
        return jury.decide(by=self.by, run=self.run, **given, **more)

    def propose(self, **more) -> ResultList:
        return list_by_id(outcomes.propose_list(by=self.by, category=self.stage.category, **more).pk)

    def decided(self) -> ResultList:
        """Everybody wins, the stage is over, and a list is proposed."""
        self.vote_all()
        self.decide(*range(len(self.applications)))
        stages.decide_stage(by=self.by, run=self.run)
        return self.propose()

    def on_notice(self):
        result = self.decided()
        return outcomes.publish_notice(by=self.second, result_list=result, title="拟获奖名单公示", text="现予公示。")

    def announced(self) -> ResultList:
        notice = self.on_notice()
        clock.stand_at(clock.now() + (notice.ends_on - clock.today().date()) + timedelta(days=1))
        found = list_by_id(notice.result_list_id)
        outcomes.approve(by=self.second, result_list=found, approval_number="沪质协〔2021〕30号")
        outcomes.announce(by=self.second, result_list=list_by_id(found.pk))
        return list_by_id(found.pk)


def agree(run: StageRun, application: Application, value: int) -> None:
    """What a finished consensus leaves behind."""
    book = new_book(run, application, Step.CONSENSUS)
    book.state = "submitted"
    book.save()
    ItemScore.objects.bulk_create(
        ItemScore(
            scorebook=book,
            node=node,
            value=Decimal(value),
            strengths=["目标分解到班组。"],
            gaps=["缺少对标数据。"],
            done=True,
            changed_at=clock.now(),
        )
        for node in scored_nodes(run.category)
    )


def make_jury(applications: int = 2, members: int = 5, text: str | None = None) -> Jury:
    """`applications` with falling totals: 70, 65, 60 ..."""
    stage = opened_cycle(load_standard(by=None, data=_standard()), text)
    second = member(stage.organiser.organisation, Duty.SECRETARY, name="第二人")
    auditor = member(stage.organiser.organisation, Duty.AUDITOR, name="监督")
    cast = Jury(stage, second, auditor, [make_application(stage) for _ in range(applications)], [])
    consensus = runs_of_kind(stage.category, StageKind.CONSENSUS)[0]
    for place, application in enumerate(cast.applications):
        agree(consensus, application, 70 - 5 * place)
    stages.open_stage(by=cast.by, run=cast.run)
    for application in cast.applications:
        stages.enter(by=cast.by, run=cast.run, application=application)
    for place in range(members):
        who = person(f"委员{place}")
        jury.seat_member(by=cast.by, cycle=stage.cycle, person=who, is_chair=place == 0)
        keep_code(who, stage.cycle)
        cast.members.append(who)
    keep_code(cast.by, stage.cycle)
    jury.arrange_meeting(by=cast.by, run=cast.run, starts_at=None, place="三楼会议室")
    return cast
