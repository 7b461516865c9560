"""The Shanghai 2021 cycle, step by step, each at its day. A stage of the demonstration is a prefix of the steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib.resources import files
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from zhuoyue.config.demo import content
from zhuoyue.config.demo.cast import APPLICANTS, Cast, gather
from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.domain.orgs.actions import add_member, make_body
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.outcomes import actions as outcomes
from zhuoyue.domain.programmes import actions as programmes
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.actions import assignment, condition_check, examiners, jury, scoring, stages, visits
from zhuoyue.domain.review.enums import Choice, StageKind, Step
from zhuoyue.domain.review.models import Assignment, Entry, Meeting, Scorebook, StageRun
from zhuoyue.domain.review.queries.jury import candidates_of, recused_from
from zhuoyue.domain.review.queries.scores import spreads
from zhuoyue.domain.review.queries.stages import run_of_kind, scored_nodes
from zhuoyue.kernel import clock
from zhuoyue.kernel.files import Limits, receive
from zhuoyue.packs.programmes import Programme as Rules
from zhuoyue.packs.programmes import shipped_packs
from zhuoyue.packs.standards import shipped_standards

SHANGHAI = ZoneInfo("Asia/Shanghai")
SEED = 2021
COMPLETENESS = {10: 0.5, 11: 0.1}  # place of the applicant -> share of the form that is filled in
AGAINST_ONE_IN_FOUR = 3


@dataclass
class Play:
    """What the steps pass on."""

    cast: Cast
    cycle: Cycle
    random: Random

    @property
    def category(self) -> Any:
        return self.cycle.categories.select_related("cycle__rules", "cycle__programme__organiser", "edition").get(
            key="organisation"
        )

    def run(self, kind: StageKind) -> StageRun:
        found = run_of_kind(self.category, kind)
        assert found is not None  # noqa: S101 - the shipped pack has every stage
        return found

    def applications(self) -> list[Application]:
        return list(
            Application.objects.filter(cycle=self.cycle)
            .select_related(
                "organisation", "category__edition", "cycle__programme__organiser", "dossier__form", "registration"
            )
            .order_by("number")
        )


def at(text: str) -> None:
    clock.stand_at(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


def begin() -> Play:
    """Everyone, the shipped standards, the five programmes, and the notice of the Shanghai 2021 award."""
    at("2021-04-26T09:00")
    cast = gather()
    editions: dict[str, Edition] = {}
    for standard in shipped_standards():
        editions[standard.key] = load_standard(by=None, data=standard.standard)
    cycles = {}
    for pack in shipped_packs():
        text = (files("zhuoyue.packs.programmes") / "data" / f"{pack.key}.yaml").read_text(encoding="utf-8")
        organiser = _organiser_of(cast, pack.programme)
        version = programmes.load_rules(by=None, text=text, organiser=organiser)
        cycles[pack.key] = programmes.make_cycle(by=None, version=version, editions=editions)
        _announce(cast, cycles[pack.key], organiser)
    return Play(cast, cycles["saq-award-2021"], Random(SEED))  # noqa: S311 - invented content, the same every time


def _organiser_of(cast: Cast, rules: Rules) -> Body:
    """The body that issued the programme's notice. The demonstration's secretaries work for all of them."""
    issuer = rules.notice.issuers[0] if rules.notice.issuers else rules.bodies[0].key
    title = next(body.title.zh for body in rules.bodies if body.key == issuer)
    body = make_body(by=None, name=title, level=BodyLevel.CITY, kind=OrganisationKind.GOVERNMENT)
    for person in (cast.secretary, cast.second):
        add_member(by=None, organisation=body.organisation, person=person, duty=Duty.SECRETARY)
    return body


def _announce(cast: Cast, cycle: Cycle, organiser: Body) -> None:
    """The notice that the programme comes from, in a few words of our own, with its facts from the pack."""
    rules = rules_of(cycle.rules)
    notice = rules.notice
    contact = rules.contacts[0] if rules.contacts else None
    lines = [str(rules.summary), *(f"{phase.title}：{phase.note or ''}".rstrip("：") for phase in rules.phases)]
    drafted = programmes.draft_notice(
        by=cast.secretary,
        programme=cycle.programme,
        issuer=organiser,
        cycle=cycle,
        number=notice.number or "",
        title=notice.title,
        body="\n\n".join(lines),
        contact="　".join(str(part) for part in (contact.department, contact.address, *contact.telephones) if part)
        if contact
        else "",
        signed_on=notice.signed_on.first.date() if notice.signed_on else None,
        attachments=tuple(str(entry.title) for entry in notice.attachments),
    )
    programmes.publish_notice(by=cast.secretary, notice=drafted)


def register(play: Play) -> None:
    for number, (organisation, speaker) in enumerate(zip(play.cast.applicants, play.cast.speakers, strict=True)):
        at(f"2021-05-{10 + number:02d}T10:{number * 3:02d}")
        registration = applications.register(
            by=speaker,
            category=play.category,
            organisation=organisation,
            contact=applications.Contact(speaker.name, "021-60000000", speaker.email),
            recommender=play.cast.recommender,
        )
        if number < len(APPLICANTS) - 2:
            at(f"2021-05-{11 + number:02d}T15:00")
            applications.confirm_registration(by=play.cast.secretary, registration=registration)
    at("2021-06-10T09:30")


def write(play: Play) -> None:
    """Dossiers at different distances from the end: most complete, some half written, one hardly begun."""
    for number, speaker in enumerate(play.cast.speakers[:12]):
        at(f"2021-08-{11 + number % 2:02d}T09:{number * 4:02d}")
        registration = (
            play.cast.applicants[number]
            .registrations.select_related("category__cycle__rules", "category__edition", "cycle__rules", "organisation")
            .get()
        )
        application = applications.open_application(by=speaker, registration=registration)
        fill(play, application, speaker, share=COMPLETENESS.get(number, 1.0))
    for application, speaker in zip(play.applications()[:4], play.cast.speakers, strict=False):
        at("2021-08-12T16:20")
        applications.submit(by=speaker, application=application)
    at("2021-08-13T10:00")


def fill(play: Play, application: Application, by: Any, *, share: float) -> None:
    """Answer the first `share` of the sections."""
    found = contents_of(application.dossier)
    product = APPLICANTS[play.cast.applicants.index(application.organisation)][3]
    filled = list(content.answers(found.sections, application.organisation, product, play.random))
    for answer in filled[: int(len(filled) * share)]:
        applications.save_section(
            by=by, application=application, section=answer.section, value=answer.value, expected=0
        )
    if share < 1:
        return
    for section in found.sections:
        if section.kind == "indicators":
            for node in section.part.nodes:  # type: ignore[union-attr] - an indicators part has nodes
                row = content.series(node, (2018, 2019, 2020), play.random)
                dossiers.add_indicator(by=by, dossier=application.dossier, **row)
        if section.kind == "evidence":
            for asked in section.part.files:  # type: ignore[union-attr] - an evidence part has files
                if asked.required:
                    _hand_in(application, by, section.part.key, asked)


def _hand_in(application: Application, by: Any, part: str, asked: Any) -> None:
    upload = SimpleUploadedFile(f"{asked.title.zh}.pdf", content.small_pdf(asked.key), "application/pdf")
    limits = Limits(max_bytes=int(asked.max_megabytes * 1024 * 1024), kinds=asked.types)
    file = receive(upload, limits=limits, by=by, held_by=f"dossiers.dossier:{application.dossier.pk}")
    dossiers.add_evidence(
        by=by, dossier=application.dossier, part=part, slot=asked.key, title=asked.title.zh, file=file
    )


def review(play: Play) -> None:
    """Submitted, recommended, checked; experts invited and assigned; scoring half done."""
    for application, speaker in zip(play.applications()[4:10], play.cast.speakers[4:], strict=False):
        at("2021-08-14T11:10")
        applications.submit(by=speaker, application=application)
    sent = [application for application in play.applications() if application.state == ApplicationState.SUBMITTED]
    for application in sent[:8]:
        at("2021-08-18T09:40")
        applications.give_opinion(
            by=play.cast.officer, application=application, outcome="recommend", opinion="材料属实，管理扎实，同意推荐。"
        )
    run = play.run(StageKind.CONDITION_CHECK)
    at("2021-08-23T09:00")
    stages.open_stage(by=play.cast.secretary, run=run)
    for application in play.applications()[:9]:
        condition_check.record_check(
            by=play.cast.secretary, application=application, results=[], passed=True, note="条件齐备。"
        )
    _invite(play)
    _score(play, share=0.55)
    at("2021-09-14T09:00")


def _invite(play: Play) -> None:
    at("2021-08-24T10:00")
    invited = examiners.invite(
        by=play.cast.secretary,
        cycle=play.cycle,
        experts=play.cast.experts,
        answer_by=datetime(2021, 8, 31, 18, tzinfo=SHANGHAI),
    )
    for number, invitation in enumerate(invited[:-1]):
        person = invitation.expert.person
        at("2021-08-26T20:15")
        examiners.accept(by=person, invitation=invitation)
        ties = (
            [examiners.Declared(play.cast.applicants[number], "consulting", "2020年曾授课")] if number in (4, 7) else []
        )
        examiners.declare_conflicts(by=person, invitation=invitation, conflicts=ties)
    run = play.run(StageKind.DOCUMENT_REVIEW)
    at("2021-08-30T09:00")
    stages.open_stage(by=play.cast.secretary, run=run)
    stages.set_due(
        by=play.cast.secretary, run=run, expected=run.version, due_at=datetime(2021, 9, 20, 18, tzinfo=SHANGHAI)
    )
    assignment.assign_by_engine(by=play.cast.secretary, run=play.run(StageKind.DOCUMENT_REVIEW), seed=SEED)


def _score(play: Play, *, share: float) -> None:
    """Examiners write their own judgements; `share` of the scorebooks are finished and handed in."""
    run = play.run(StageKind.DOCUMENT_REVIEW)
    pairs = list(
        Assignment.objects.filter(run=run, state="active").select_related("expert__person", "run", "application")
    )
    nodes = scored_nodes(run.category)
    at("2021-09-08T20:00")
    for number, pair in enumerate(pairs):
        book = scoring.book_for(pair)
        if book.state == "submitted":
            continue
        finish = number < len(pairs) * share
        given = set(book.items.exclude(value=None).values_list("node_id", flat=True))
        level = Random(str(pair.application.number)).randint(9, 13)  # noqa: S311 - invented content
        for node in nodes if finish else nodes[: play.random.randint(0, 14)]:
            if node.pk not in given:
                strengths, gaps = content.comments(play.random)
                value = min(95, max(10, 5 * (level + play.random.choice((-3, -1, -1, 0, 0, 0, 1, 1, 2)))))
                judged = scoring.Judgement(value=Decimal(value), strengths=strengths, gaps=gaps, done=True)
                scoring.save_item(by=pair.expert.person, book=_loaded(book), node=node, judgement=judged, expected=0)
        if finish:
            scoring.submit_book(by=pair.expert.person, book=_loaded(book))


def _loaded(book: Scorebook) -> Scorebook:
    return Scorebook.objects.select_related(
        "run__category__cycle__programme__organiser", "run__category__cycle__rules", "application", "assignment__expert"
    ).get(pk=book.pk)


def _through_all(play: Play, kind: StageKind, day: str) -> None:
    """Everyone in a stage goes on, and the stage ends."""
    run = play.run(kind)
    at(day)
    reasons = {entry.application_id: "达到晋级要求" for entry in run.entries.all()}
    stages.set_outcomes(by=play.cast.secretary, run=run, through=reasons, stopped={})
    stages.decide_stage(by=play.cast.secretary, run=run)


def consensus(play: Play) -> None:
    _score(play, share=1.0)
    _through_all(play, StageKind.DOCUMENT_REVIEW, "2021-09-21T09:00")
    stages.open_stage(by=play.cast.secretary, run=play.run(StageKind.CONSENSUS))
    _agree(play, share=0.4)
    at("2021-09-24T14:00")


def _agree(play: Play, *, share: float) -> None:
    run = play.run(StageKind.CONSENSUS)
    at("2021-09-23T13:30")
    entries = list(run.entries.select_related("application"))
    for number, entry in enumerate(entries):
        leader = (
            Assignment.objects.select_related("expert__person")
            .filter(application=entry.application, role="leader", state="active")
            .first()
        )
        book = scoring.shared_book_for(run, entry.application, Step.CONSENSUS)
        if leader is None or book.state == "submitted" or number > len(entries) * share:
            continue
        _agree_items(leader.expert.person, run, entry, book)
        scoring.submit_book(by=leader.expert.person, book=_loaded(book))


def _agree_items(by: Any, run: StageRun, entry: Entry, book: Scorebook) -> None:
    loaded = _loaded(book)
    for spread in spreads(run, entry.application):
        middle = spread.median or Decimal(50)
        said = [voice for voice in spread.voices if voice.strengths]
        judged = scoring.Judgement(
            value=(middle / 5).quantize(Decimal(1)) * 5,
            strengths=said[0].strengths if said else (),
            gaps=said[0].gaps if said else (),
            reason="取中位数，各方依据一致。",
            done=True,
        )
        scoring.agree_item(by=by, book=loaded, node=spread.node, judgement=judged, expected=0)


def visit(play: Play) -> None:
    _agree(play, share=1.0)
    _through_all(play, StageKind.CONSENSUS, "2021-10-08T09:00")
    run = play.run(StageKind.SITE_VISIT)
    stages.open_stage(by=play.cast.secretary, run=run)
    at("2021-10-11T09:00")
    nodes = scored_nodes(run.category)
    for entry in Entry.objects.filter(run=play.run(StageKind.SITE_VISIT)).select_related(
        "run__category__cycle", "application"
    ):
        leader = Assignment.objects.select_related("expert__person").get(
            application=entry.application, role="leader", state="active"
        )
        for node in nodes[:3]:
            question = f"核实{node.title}的展开范围和近三年数据来源。"
            visits.add_issue(by=leader.expert.person, entry=entry, question=question, node=node)
    at("2021-10-13T10:00")


def meet(play: Play) -> None:
    """Visits written up, the jury seated, its meeting called."""
    for entry in Entry.objects.filter(run=play.run(StageKind.SITE_VISIT)).select_related(
        "run__category__cycle", "application"
    ):
        leader = Assignment.objects.select_related("expert__person").get(
            application=entry.application, role="leader", state="active"
        )
        at("2021-10-15T17:00")
        for issue in entry.application.visit_issues.all():
            visits.keep_finding(
                by=leader.expert.person, issue=issue, finding="现场记录与材料一致。", expected=issue.version
            )
        book = visits.visit_book_for(entry=entry)
        scoring.submit_book(by=leader.expert.person, book=_loaded(book))
    _through_all(play, StageKind.SITE_VISIT, "2021-10-18T09:00")
    run = play.run(StageKind.JURY)
    stages.open_stage(by=play.cast.secretary, run=run)
    for number, person in enumerate(play.cast.jurors):
        jury.seat_member(by=play.cast.secretary, cycle=play.cycle, person=person, is_chair=number == 0)
    jury.arrange_meeting(
        by=play.cast.secretary, run=run, starts_at=datetime(2021, 10, 20, 14, tzinfo=SHANGHAI), place="协会三楼会议室"
    )
    at("2021-10-20T13:40")


def notice(play: Play) -> None:
    meeting = Meeting.objects.select_related("run__category__cycle__programme__organiser").get(
        run=play.run(StageKind.JURY)
    )
    at("2021-10-20T14:05")
    jury.recuse(
        by=play.cast.jurors[3],
        meeting=meeting,
        application=candidates_of(meeting)[0].application,
        reason="曾任该单位独立董事",
    )
    jury.open_ballot(by=play.cast.jurors[0], meeting=meeting)
    for juror in play.cast.jurors:
        barred = recused_from(meeting, juror)
        choices = {
            entry.application_id: Choice.AGAINST if number % 4 == AGAINST_ONE_IN_FOUR else Choice.FOR
            for number, entry in enumerate(candidates_of(meeting))
            if entry.application_id not in barred
        }
        jury.cast_vote(by=juror, meeting=meeting, choices=choices)
    counts = jury.close_ballot(by=play.cast.jurors[0], meeting=meeting)
    tiers = {count.application: "organisation-winner" if count.carried else "" for count in counts}
    run = play.run(StageKind.JURY)
    jury.decide(by=play.cast.secretary, run=run, tiers=tiers, reasons={}, rule={"kind": "ballot"})
    stages.decide_stage(by=play.cast.secretary, run=play.run(StageKind.JURY))
    result = outcomes.propose_list(by=play.cast.secretary, category=play.category)
    at("2021-10-22T09:00")
    outcomes.publish_notice(
        by=play.cast.second,
        result_list=result,
        title="2021年度上海市质量管理奖（组织奖）拟获奖名单公示",
        text="经审定委员会审定，现将拟获奖名单向社会公示。对名单有异议的，请在公示期内实名书面提出。",
    )
    at("2021-10-26T10:00")


def award(play: Play) -> None:
    at("2021-11-03T09:00")
    result = play.category.result_lists.select_related(
        "category__cycle__programme__organiser", "category__cycle__rules"
    ).get()
    outcomes.approve(by=play.cast.second, result_list=result, approval_number="沪质协〔2021〕示范号")
    outcomes.announce(by=play.cast.second, result_list=result)
    at("2021-11-18T10:00")


STEPS: dict[str, Callable[[Play], None]] = {
    "registration": register,
    "application": write,
    "review": review,
    "consensus": consensus,
    "visit": visit,
    "jury": meet,
    "notice": notice,
    "awarded": award,
}


def play_until(stage: str) -> Play:
    """Make the demonstration up to and including `stage`; the clock stands there when it is done."""
    play = begin()
    for name, step in STEPS.items():
        step(play)
        if name == stage:
            break
    return play
