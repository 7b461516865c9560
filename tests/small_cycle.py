"""Playing a small award cycle by the actions that the pages call: from sign-up to the award.

`say` writes every text that somebody types, so that a test can know its own words again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import jury_cast
from tests.factories import moment
from tests.small_award import RESULTS, short_standard, small_pack
from tests.twin_award import craft_standard
from zhuoyue.config.demo.content import small_pdf
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.queries import application_by_id, registration_by_id
from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.domain.dossiers.sections import Section, item_key
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.outcomes import actions as outcomes
from zhuoyue.domain.outcomes.models import PublicNotice, ResultList
from zhuoyue.domain.outcomes.queries import list_by_id
from zhuoyue.domain.programmes import actions as programmes
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import category_by_id, cycle_by_slug, notice_by_id, tier_titles
from zhuoyue.domain.review.actions import assignment, condition_check, examiners, jury, scoring, stages, visits
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import Assignment, Entry, Invitation, Meeting, StageBook, StageRun
from zhuoyue.domain.review.queries.jury import candidates_of, recused_from
from zhuoyue.domain.review.queries.stages import entry_by_id, runs_of_kind, scored_nodes
from zhuoyue.kernel import clock


def fresh(person: Any) -> Any:
    """The person as the next request would load them: what they hold is kept for the length of one."""
    return Person.objects.get(pk=person.pk)


def at(text: str) -> None:
    clock.stand_at(moment(text))


def plainly(what: str, *_about: object) -> str:
    return f"{what}的内容"


@dataclass
class Play:
    """One category of a cycle and who runs it. `second` publishes what `secretary` prepares."""

    organiser: Body
    secretary: Any
    second: Any
    slug: str
    say: Callable[..., str] = plainly
    leaders: dict[Any, Any] = field(default_factory=dict)
    key: str = "organisation"

    def of(self, key: str) -> "Play":
        """The same cycle in another category."""
        return replace(self, key=key, leaders={})

    @property
    def cycle(self) -> Cycle:
        return cycle_by_slug(self.slug)

    @property
    def category(self) -> Category:
        return category_by_id(self.cycle.categories.get(key=self.key).pk)

    @property
    def winner(self) -> str:
        """The highest tier."""
        return next(iter(tier_titles(self.category)))

    def run(self, kind: StageKind) -> StageRun:
        return next(iter(runs_of_kind(self.category, kind)), None)

    def entry(self, kind: StageKind, application: Application) -> Entry:
        return entry_by_id(Entry.objects.get(run=self.run(kind), application=application).pk)

    @property
    def meeting(self) -> Meeting:
        return Meeting.objects.select_related(
            "run__category__cycle__programme__organiser", "run__category__cycle__rules"
        ).get(run=self.run(StageKind.JURY))

    @property
    def result_list(self) -> ResultList:
        return list_by_id(self.category.result_lists.order_by("-number").first().pk)


def prepare(organiser: Body, secretary: Any, second: Any, *, slug: str, text: str = "", say=plainly) -> Play:
    """A cycle in preparation, of the programme of the small award, in a year called `slug` (or of `text`)."""
    text = text or small_pack(label=slug)
    version = programmes.load_rules(by=secretary, text=text, organiser=organiser)
    editions = {data.key: load_standard(by=None, data=data) for data in (short_standard(), craft_standard())}
    cycle = programmes.make_cycle(by=secretary, version=version, editions=editions)
    Cycle.objects.filter(pk=cycle.pk).update(slug=slug)
    return Play(organiser, secretary, second, slug, say)


def announce(play: Play) -> Any:
    """Publish a notice, which opens the cycle."""
    notice = draft(play)
    programmes.publish_notice(by=play.secretary, notice=notice)
    return notice_by_id(notice.pk)


def draft(play: Play, name: str = "通知") -> Any:
    cycle = play.cycle
    made = programmes.draft_notice(
        by=play.secretary,
        programme=cycle.programme,
        issuer=play.organiser,
        cycle=cycle,
        title=play.say(f"{name}标题", play.slug),
        body=play.say(f"{name}正文", play.slug),
        signed_on=moment("2021-04-26").date(),
    )
    return notice_by_id(made.pk)


def sign_up(
    play: Play, by: Any, organisation: Organisation, *, subject: str = "", recommender: Body | None = None
) -> Registration:
    """A registration, confirmed by the secretariat."""
    made = applications.register(
        by=by,
        category=play.category,
        organisation=organisation,
        contact=applications.Contact("联系人", "021-60000000", by.email),
        subject=subject,
        recommender=recommender,
    )
    registration = registration_by_id(made.pk)
    applications.confirm_registration(by=play.secretary, registration=registration)
    return registration_by_id(made.pk)


def write(play: Play, by: Any, registration: Registration) -> Application:
    """An application with every section filled in."""
    application = application_by_id(applications.open_application(by=by, registration=registration).pk)
    for section in contents_of(application.dossier).sections:
        value = value_of(section, application, play.say)
        if value is not None:
            dossiers.save_answer(by=by, dossier=application.dossier, section=section.key, value=value, expected=0)
    points = [{"year": year, "value": str(92 + year - 2018), "target": "95"} for year in (2018, 2019, 2020)]
    name = play.say("指标名", application)
    dossier = application.dossier
    dossiers.add_indicator(by=by, dossier=dossier, node_code=RESULTS, name=name, unit="%", points=points)
    evidence = next(section for section in contents_of(application.dossier).sections if section.kind == "evidence")
    asked = evidence.part.files[0]
    upload = SimpleUploadedFile("执照.pdf", small_pdf(play.say("licence", application)), "application/pdf")
    dossiers.add_evidence(by=by, dossier=dossier, part=evidence.part.key, slot=asked.key, upload=upload)
    return application_by_id(application.pk)


def value_of(section: Section, application: Application, say=plainly) -> dict[str, str] | None:
    if section.item is not None:
        return {"text": say(section.title, application)}
    if section.kind == "context":
        return {item_key(item): say("概述", application) for item in section.part.items}
    if section.kind == "statement":
        return {entry.key: "yes" for entry in section.part.statements}
    if section.kind != "profile":
        return None
    organisation = application.organisation
    facts = {"name": organisation.name, "credit-code": organisation.credit_code, "founded": "2005", "size": "large"}
    return {entry.key: facts.get(entry.key, "021-60000000") for entry in section.part.fields}


def send(by: Any, application: Application) -> Application:
    applications.submit(by=by, application=application_by_id(application.pk))
    return application_by_id(application.pk)


def recommend(play: Play, officer: Any, application: Application) -> None:
    opinion = play.say("推荐意见", application)
    found = application_by_id(application.pk)
    applications.give_opinion(by=officer, application=found, outcome="recommend", opinion=opinion)


def accept(play: Play, application: Application) -> None:
    """Through the condition check, into the document review."""
    found = application_by_id(application.pk)
    note = play.say("审查意见", application)
    condition_check.record_check(by=play.secretary, application=found, results=[], passed=True, note=note)


def open_stage(play: Play, kind: StageKind) -> None:
    stages.open_stage(by=play.secretary, run=play.run(kind))


def through(play: Play, kind: StageKind) -> None:
    """Everyone in a stage goes on, and the stage ends."""
    run = play.run(kind)
    reasons = {entry.application_id: play.say("去留理由", entry.application) for entry in run.entries.all()}
    stages.set_outcomes(by=play.secretary, run=run, through=reasons, stopped={})
    stages.decide_stage(by=play.secretary, run=run)


def invite(play: Play, experts: Sequence[Expert], answer_by: datetime | None = None) -> list[Invitation]:
    return examiners.invite(by=play.secretary, cycle=play.cycle, experts=experts, answer_by=answer_by)


def take_on(play: Play, experts: Sequence[Expert]) -> None:
    """Invited, undertaken, and nothing to declare."""
    for invitation in invite(play, experts):
        person = invitation.expert.person
        examiners.accept(by=person, invitation=invitation)
        examiners.declare_conflicts(by=person, invitation=invitation, conflicts=[])


def put_team(play: Play, application: Application, experts: Sequence[Expert]) -> list[Assignment]:
    """The first of `experts` leads."""
    run = play.run(StageKind.DOCUMENT_REVIEW)
    pairs = [
        assignment.assign_by_hand(by=play.secretary, run=run, application=application, expert=expert)
        for expert in experts
    ]
    assignment.name_leader(by=play.secretary, pair=pairs[0])
    play.leaders[application.pk] = experts[0].person
    return pairs


def loaded(book: StageBook) -> StageBook:
    return StageBook.objects.select_related(
        "run__category__cycle__programme__organiser",
        "run__category__cycle__rules",
        "run__category__edition",
        "application__cycle",
        "assignment__expert",
    ).get(pk=book.pk)


def score(play: Play, pair: Assignment, value: int, *, items: int | None = None, submit: bool = True) -> StageBook:
    """An examiner's own judgement of the first `items` items (all: None)."""
    book = scoring.book_for(pair)
    person = pair.expert.person
    for node in scored_nodes(play.category)[:items]:
        judged = Judgement(
            value=Decimal(value),
            strengths=[play.say("个人优势", pair, node)],
            gaps=[play.say("个人不足", pair, node)],
            marks=[play.say("个人摘录", pair, node)],
            done=True,
        )
        scoring.save_item(by=person, book=loaded(book), node=node, judgement=judged, expected=0)
    if submit:
        scoring.submit_book(by=person, book=loaded(book))
    return loaded(book)


def agree(play: Play, application: Application, *, submit: bool = True) -> StageBook:
    """The agreed scores, by the leader."""
    by = play.leaders[application.pk]
    book = scoring.shared_book_for(play.run(StageKind.CONSENSUS), application, Step.CONSENSUS)
    for node in scored_nodes(play.category):
        judged = Judgement(
            value=Decimal(60),
            strengths=[play.say("会审优势", application, node)],
            gaps=[play.say("会审不足", application, node)],
            reason=play.say("会审理由", application, node),
            done=True,
        )
        scoring.agree_item(by=by, book=loaded(book), node=node, judgement=judged, expected=0)
    if submit:
        scoring.submit_book(by=by, book=loaded(book))
    return loaded(book)


def look(play: Play, application: Application, *, finish: bool = True) -> None:
    """A visit: its days, one issue, and with `finish` the finding and the scores after it."""
    by = play.leaders[application.pk]
    entry = play.entry(StageKind.SITE_VISIT, application)
    day = clock.today().date()
    visits.plan_visit(by=by, entry=entry, starts_on=day, ends_on=day, agenda=play.say("现场安排", application))
    issue = visits.add_issue(by=by, entry=entry, question=play.say("现场问题", application))
    book = visits.visit_book_for(entry=entry)
    if finish:
        finding = play.say("现场发现", application)
        visits.keep_finding(by=by, issue=issue, finding=finding, expected=issue.version)
        scoring.submit_book(by=by, book=loaded(book))


def seat(play: Play, jurors: Sequence[Any]) -> None:
    """The first of `jurors` chairs."""
    for number, person in enumerate(jurors):
        jury.seat_member(by=play.secretary, cycle=play.cycle, person=person, is_chair=number == 0)
        jury_cast.keep_code(person, play.cycle)
    jury_cast.keep_code(play.secretary, play.cycle)


def call_meeting(play: Play) -> None:
    jury.arrange_meeting(by=play.secretary, run=play.run(StageKind.JURY), starts_at=clock.now(), place="会议室")


def recuse(play: Play, juror: Any, application: Application) -> None:
    reason = play.say("回避理由", application)
    jury.recuse(by=fresh(juror), meeting=play.meeting, application=application, reason=reason)


def open_ballot(play: Play, chair: Any) -> None:
    jury_cast.open_ballot(by=fresh(chair), meeting=play.meeting)


def vote(play: Play, juror: Any, choice: str = "for") -> None:
    meeting = play.meeting
    barred = recused_from(meeting, juror)
    found = [entry.application_id for entry in candidates_of(meeting)]
    jury.cast_vote(by=fresh(juror), meeting=meeting, choices={key: choice for key in found if key not in barred})


def count_and_decide(play: Play, chair: Any) -> None:
    counts = jury_cast.close_ballot(by=fresh(chair), meeting=play.meeting)
    tiers = {count.application: play.winner if count.carried else "" for count in counts}
    run = play.run(StageKind.JURY)
    jury.decide(by=play.secretary, run=run, tiers=tiers, reasons={}, rule={"kind": "ballot"})
    stages.decide_stage(by=play.secretary, run=play.run(StageKind.JURY))


def put_on_notice(play: Play) -> PublicNotice:
    outcomes.propose_list(by=play.secretary, category=play.category)
    title, text = play.say("公示标题", play.slug), play.say("公示正文", play.slug)
    return outcomes.publish_notice(by=play.second, result_list=play.result_list, title=title, text=text)


def give_awards(play: Play) -> None:
    """After the notice has run."""
    outcomes.approve(by=play.second, result_list=play.result_list, approval_number="测质〔2021〕1号")
    outcomes.announce(by=play.second, result_list=play.result_list)
