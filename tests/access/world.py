"""Everyone and everything that a question of access can be about: one award office, and cycles at every stage.

Applications bear the letter of their organisation: `a` is the owner's, `b` the stranger's. Each thing is known by
a name, `a-review` say, and `OBJECTS` of the policy says who stands how to it.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests import factories
from tests.factories import body, member, moment, organisation, person
from tests.small_award import short_standard, small_pack
from tests.small_cycle import (
    Play,
    accept,
    agree,
    announce,
    at,
    call_meeting,
    count_and_decide,
    draft,
    give_awards,
    invite,
    look,
    open_ballot,
    open_stage,
    plainly,
    prepare,
    put_on_notice,
    put_team,
    recommend,
    recuse,
    score,
    seat,
    send,
    sign_up,
    take_on,
    through,
    vote,
    write,
)

from zhuoyue.config.demo.content import small_pdf
from zhuoyue.domain.accounts.actions import make_person
from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.queries import application_by_id
from zhuoyue.domain.assessments import actions as assessments
from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.assessments.queries import common_book
from zhuoyue.domain.criteria import actions as criteria
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.experts.actions import add_expert
from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.judging.queries.books import scored_nodes
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.steps import add_member
from zhuoyue.domain.outcomes import actions as outcomes
from zhuoyue.domain.programmes.models import Cycle, Deadline, NoticeAttachment
from zhuoyue.domain.review.actions import assignment, examiners
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import Assignment, Invitation, Seat
from zhuoyue.kernel import clock
from zhuoyue.kernel.files import Limits, receive

NOW = "2021-11-25T10:00"
PUBLISHED = """小型质量奖评价准则

5.2 领导
5.2.1 高层领导
a) 如何确定方向；
b) 如何沟通。
5.2.2 社会责任
a) 如何履行公共责任。
5.3 战略
5.3.1 战略制定
a) 如何制定战略。
5.3.2 战略部署
a) 如何部署战略。
"""
STAGES = ("open", "review", "consensus", "visit", "voting", "noticed", "ended")


@dataclass
class World:
    """`people`: principal -> person (None: a visitor). `plays`: stage -> cycle there."""

    say: Any = plainly
    people: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Any] = field(default_factory=dict)
    experts: dict[str, Any] = field(default_factory=dict)
    plays: dict[str, Play] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    registrations: dict[str, Registration] = field(default_factory=dict)
    notices: dict[str, Any] = field(default_factory=dict)
    pairs: dict[str, Assignment] = field(default_factory=dict)
    invitations: dict[str, Any] = field(default_factory=dict)
    editions: dict[str, Any] = field(default_factory=dict)
    assessments: dict[str, Any] = field(default_factory=dict)
    unproved: dict[str, Any] = field(default_factory=dict)

    @property
    def jurors(self) -> list[Any]:
        return [self.people[name] for name in ("chair", "juror", "recused", "juror-4", "juror-5")]


def build(say=plainly) -> World:
    world = World(say)
    at("2021-04-26T09:00")
    _gather(world)
    for stage in STAGES:
        _play(world, stage)
    _others(world)
    _drafts(world)
    _named(world)
    _assessments(world)
    at(NOW)
    return world


def _named(world: World) -> None:
    """Somebody with every duty that others give, everywhere, who has not proved their address."""
    someone = world.people["named"] = make_person(by=None, email="named@example.org", name="未确认者")
    homes = [world.bodies[name].organisation for name in ("organiser", "others", "r1", "r2")]
    for home in (*homes, *world.organisations.values()):
        for duty in Duty:
            add_member(by=None, organisation=home, person=someone, duty=duty)
    expert = add_expert(
        by=world.people["secretary"], pool=world.bodies["organiser"], email=someone.email, name="未确认者", known=True
    )
    for play in world.plays.values():
        Seat.objects.create(cycle=play.cycle, person=someone, is_chair=True)
        Invitation.objects.create(cycle=play.cycle, expert=expert, state="accepted", undertaking_at=clock.now())
        Invitation.objects.filter(expert=expert).update(conflicts_declared_at=clock.now())


def _gather(world: World) -> None:
    world.bodies = {
        "organiser": body("小质协"),
        "r1": body("推荐协会甲"),
        "r2": body("推荐协会乙"),
        "others": body("外地质协"),
    }
    owners = {name: organisation(f"{word}有限公司") for name, word in (("a", "甲申"), ("b", "乙酉"))}
    world.organisations = owners
    duties = {
        "owner": (owners["a"], Duty.REPRESENTATIVE),
        "colleague": (owners["a"], Duty.MEMBER),
        "stranger": (owners["b"], Duty.REPRESENTATIVE),
        "officer": (world.bodies["r1"].organisation, Duty.OFFICER),
        "other-officer": (world.bodies["r2"].organisation, Duty.OFFICER),
        "secretary": (world.bodies["organiser"].organisation, Duty.SECRETARY),
        "second": (world.bodies["organiser"].organisation, Duty.SECRETARY),
        "auditor": (world.bodies["organiser"].organisation, Duty.AUDITOR),
        "other-secretary": (world.bodies["others"].organisation, Duty.SECRETARY),
    }
    world.people = {name: member(owner, duty, name=f"人{name}") for name, (owner, duty) in duties.items()}
    world.people |= {
        "visitor": None,
        "nobody": person("人nobody"),
        "administrator": person("管", is_administrator=True),
    }
    for name in ("chair", "juror", "recused", "juror-4", "juror-5"):
        world.people[name] = person(f"委员{name}")
    for name in ("leader", "expert", "conflicted", "unassigned", "invited", "ended", "b-leader"):
        someone = person(say_name(world, name))
        world.people[name] = someone
        world.experts[name] = add_expert(
            by=world.people["secretary"],
            pool=world.bodies["organiser"],
            email=someone.email,
            name=someone.name,
            known=True,
            level="senior",
        )


def say_name(world: World, name: str) -> str:
    return world.say("专家姓名", name)[:60]


def _play(world: World, stage: str) -> None:
    people = world.people
    play = prepare(world.bodies["organiser"], people["secretary"], people["second"], slug=f"c-{stage}", say=world.say)
    Cycle.objects.filter(slug=play.slug).update(title=f"小型质量奖（{stage}）", title_en=f"Small award ({stage})")
    world.plays[stage] = play
    for name, of in (("officer", "r1"), ("other-officer", "r2")):
        factories.officer(play.cycle, world.bodies[of], people[name])
    world.notices[stage] = announce(play)
    _applications(world, play, stage)
    if stage == "open":
        return
    _teams(world, play, stage)
    for step in STAGES[2 : STAGES.index(stage) + 1]:
        _STEPS[step](world, play)


def _applications(world: World, play: Play, stage: str) -> None:
    at("2021-06-10T10:00")
    people, owners, bodies = world.people, world.organisations, world.bodies
    signed = {
        "a": sign_up(play, people["owner"], owners["a"], recommender=bodies["r1"]),
        "b": sign_up(play, people["stranger"], owners["b"], recommender=bodies["r2"]),
    }
    at("2021-08-12T10:00")
    made = {"a": write(play, people["owner"], signed["a"]), "b": write(play, people["stranger"], signed["b"])}
    if stage == "open":
        _open_ones(world, play, signed)
    else:
        made = {"a": send(people["owner"], made["a"]), "b": send(people["stranger"], made["b"])}
        recommend(play, people["officer"], made["a"])
        recommend(play, people["other-officer"], made["b"])
        at("2021-08-25T10:00")
        open_stage(play, StageKind.CONDITION_CHECK)
        for application in made.values():
            accept(play, application)
    for letter, application in made.items():
        world.applications[f"{letter}-{'draft' if stage == 'open' else stage}"] = application_by_id(application.pk)
        world.registrations[f"{letter}-{'draft' if stage == 'open' else stage}"] = signed[letter]


def _open_ones(world: World, play: Play, signed: dict[str, Registration]) -> None:
    """Beside the drafts: sent ones of both, a returned one, and a registration nobody has answered."""
    people, owners = world.people, world.organisations
    at("2021-06-11T10:00")
    more = {
        "a-sent": (people["owner"], owners["a"], "送出", world.bodies["r1"]),
        "b-sent": (people["stranger"], owners["b"], "送出", world.bodies["r2"]),
        "a-returned": (people["owner"], owners["a"], "退回", world.bodies["r1"]),
    }
    for name, (by, owner, subject, recommender) in more.items():
        at("2021-06-11T10:00")
        signed[name] = sign_up(play, by, owner, subject=subject, recommender=recommender)
        at("2021-08-12T10:00")
        world.registrations[name] = signed[name]
        world.applications[name] = send(by, write(play, by, signed[name]))
    at("2021-06-12T10:00")
    applications.attach_scan(
        by=people["owner"],
        registration=signed["a"],
        upload=SimpleUploadedFile("盖章.pdf", small_pdf("stamped"), "application/pdf"),
        limits=Limits(max_bytes=10**6, kinds=("pdf",)),
    )
    contact = applications.Contact("联系人", "021-60000000", people["owner"].email)
    world.registrations["a-waiting"] = applications.register(
        by=people["owner"], category=play.category, organisation=owners["a"], contact=contact, subject="待确认"
    )
    at("2021-11-24T10:00")
    applications.send_back(
        by=people["secretary"],
        application=world.applications["a-returned"],
        items=[{"part": "context", "text": world.say("退回内容", world.applications["a-returned"])}],
        until=moment("2021-11-30"),
    )
    world.applications["a-returned"] = application_by_id(world.applications["a-returned"].pk)
    # whoever is late in this cycle is in time again: its deadlines now lie beyond the day of the tests
    Deadline.objects.filter(category__cycle=play.cycle).update(closes_at=moment("2021-12-31"))


def _teams(world: World, play: Play, stage: str) -> None:
    at("2021-08-26T10:00")
    open_stage(play, StageKind.DOCUMENT_REVIEW)
    serving = [world.experts[name] for name in ("leader", "expert", "unassigned", "ended", "b-leader")]
    take_on(play, [*serving, world.experts["conflicted"]])
    world.invitations[stage] = invite(play, [world.experts["invited"]])[0]
    names = ("leader", "expert", "ended", "conflicted")
    a, b = (world.applications[f"{letter}-{stage}"] for letter in "ab")
    found = dict(zip(names, put_team(play, a, [world.experts[name] for name in names]), strict=True))
    found["b-leader"] = put_team(play, b, [world.experts["b-leader"]])[0]
    world.pairs |= {f"{name}-{stage}": pair for name, pair in found.items()}
    for name, value in (("leader", 60), ("ended", 30), ("conflicted", 35)):
        score(play, found[name], value)
    score(play, found["expert"], 55, submit=stage != "review", items=2 if stage == "review" else None)
    score(play, found["b-leader"], 65)
    assignment.end_assignment(by=play.secretary, pair=found["ended"], reason=world.say("解除理由", stage))


def _consensus(world: World, play: Play) -> None:
    at("2021-09-21T10:00")
    through(play, StageKind.DOCUMENT_REVIEW)
    open_stage(play, StageKind.CONSENSUS)
    for application in _entered(world, play):
        agree(play, application, submit=play.slug != "c-consensus")


def _visit(world: World, play: Play) -> None:
    at("2021-10-08T10:00")
    through(play, StageKind.CONSENSUS)
    open_stage(play, StageKind.SITE_VISIT)
    at("2021-10-12T10:00")
    for application in _entered(world, play):
        look(play, application, finish=play.slug != "c-visit")
    seat(play, world.jurors)
    call_meeting(play)


def _voting(world: World, play: Play) -> None:
    at("2021-10-18T10:00")
    through(play, StageKind.SITE_VISIT)
    open_stage(play, StageKind.JURY)
    recuse(play, world.people["recused"], _entered(world, play)[0])
    at("2021-10-20T14:05")
    open_ballot(play, world.people["chair"])
    for name in ("juror-4", "juror-5"):
        vote(play, world.people[name])


def _noticed(world: World, play: Play) -> None:
    for name, choice in (("chair", "for"), ("juror", "for"), ("recused", "against")):
        vote(play, world.people[name], choice)
    count_and_decide(play, world.people["chair"])
    at("2021-11-22T09:00" if play.slug == "c-noticed" else "2021-10-22T09:00")
    notice = put_on_notice(play)
    at("2021-11-23T09:00" if play.slug == "c-noticed" else "2021-10-23T09:00")
    said = {
        "name": world.say("异议人", play.slug)[:60],
        "email": f"objector@{play.slug}.example",
        "contact": world.say("异议人电话", play.slug)[:120],
        "against": "甲申有限公司",
    }
    objection = outcomes.make_objection(by=None, notice=notice, text=world.say("异议内容", play.slug), **said)
    outcomes.prove_objection(by=None, objection=objection)
    world.unproved[play.slug.removeprefix("c-")] = outcomes.make_objection(
        by=None, notice=notice, text="还没有确认的异议。", **said
    )
    if play.slug != "c-noticed":
        ruling = world.say("异议裁定", play.slug)
        outcomes.rule_objection(by=world.people["secretary"], objection=objection, upheld=False, ruling=ruling)


def _ended(world: World, play: Play) -> None:
    at("2021-11-03T09:00")
    give_awards(play)


_STEPS = {"consensus": _consensus, "visit": _visit, "voting": _voting, "noticed": _noticed, "ended": _ended}


def _entered(world: World, play: Play) -> list[Application]:
    stage = play.slug.removeprefix("c-")
    return [world.applications[f"{letter}-{stage}"] for letter in "ab"]


def _others(world: World) -> None:
    """Another office with a cycle of its own, where only the stranger applies."""
    at("2021-06-10T10:00")
    people = world.people
    text = small_pack("others-award-2021", "2021年度外地质量奖")
    play = prepare(
        world.bodies["others"], people["other-secretary"], people["other-secretary"], slug="c-others", text=text
    )
    play.say = world.say
    world.plays["others"] = play
    world.notices["others"] = announce(play)
    registration = sign_up(play, people["stranger"], world.organisations["b"])
    at("2021-08-12T10:00")
    world.registrations["b-others"] = registration
    world.applications["b-others"] = send(people["stranger"], write(play, people["stranger"], registration))


def _standards(world: World) -> None:
    """Editions of this office and of the other in each state, and two that the program itself loaded."""
    secretary, other = world.people["secretary"], world.people["other-secretary"]
    read, their_draft = (
        criteria.receive_document(by=by, upload=SimpleUploadedFile("准则.txt", PUBLISHED.encode())).edition
        for by in (secretary, other)
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "待接手.txt"
        path.write_text(f"{PUBLISHED}\n说明怎样接手。\n", encoding="utf-8")
        waiting = criteria.import_document(by=None, path=path, name=path.name)
    shipped = world.plays["review"].category.edition
    world.editions = {"read": read, "shipped": shipped, "waiting": waiting, "their-draft": their_draft}
    for name, by in (("confirmed", secretary), ("frozen", secretary), ("theirs", other)):
        data = short_standard().model_copy(update={"key": f"short-{name}"})
        world.editions[name] = criteria.load_standard(by=by, data=data)
    criteria.freeze(by=None, edition=world.editions["frozen"])


def _drafts(world: World) -> None:
    """A cycle that nobody has announced, with its notice in draft; and ties that bar an expert since they work."""
    people = world.people
    upload = SimpleUploadedFile("附件.pdf", small_pdf("attachment"), "application/pdf")
    file = receive(upload, limits=Limits(max_bytes=10**6, kinds=("pdf",)), by=people["secretary"])
    NoticeAttachment.objects.create(notice=world.notices["open"], position=1, title="附件", file=file)
    _standards(world)
    play = prepare(world.bodies["organiser"], people["secretary"], people["second"], slug="c-draft", say=world.say)
    world.plays["draft"] = play
    world.notices["draft"] = draft(play, "草稿通知")
    invitation = Invitation.objects.select_related("expert", "cycle").get(
        expert=world.experts["conflicted"], cycle=world.plays["review"].cycle
    )
    tie = examiners.Declared(world.organisations["a"], "consulting", world.say("冲突说明", "conflicted"))
    examiners.declare_tie(by=people["conflicted"], invitation=invitation, tie=tie)


def _assessments(world: World) -> None:
    """Self-assessments of both organisations by one standard: open, finished and planned for, withdrawn."""
    at("2021-11-24T11:00")
    edition = world.editions["frozen"]
    for letter, by in (("a", world.people["owner"]), ("b", world.people["stranger"])):
        for year, state in ((2019, "withdrawn"), (2020, "finished"), (2021, "open")):
            made = assessments.start(by=by, organisation=world.organisations[letter], edition=edition, year=year)
            world.assessments[f"{letter}-{state}"] = made
            _assess(world, by, made, state)


def _assess(world: World, by: Any, made: Assessment, state: str) -> None:
    say = world.say
    section, text = "narrative/1.1", {"text": say("自评材料", made)}
    dossiers.save_answer(by=by, dossier=made.dossier, section=section, value=text, expected=0)
    series = {"name": say("自评指标", made), "unit": "%", "points": [{"year": 2018, "value": "9"}]}
    dossiers.add_indicator(by=by, dossier=made.dossier, node_code="2.1", **series)
    upload = SimpleUploadedFile("依据.pdf", small_pdf(say("licence", made)), "application/pdf")
    dossiers.add_evidence(by=by, dossier=made.dossier, part="proofs", slot="files", upload=upload)
    book = common_book(made)
    for node in scored_nodes(made.edition):
        judged = Judgement(Decimal(50), strengths=(say("自评优势", made),), gaps=(say("自评不足", made),), done=True)
        assessments.save_item(by=by, book=book, node=node, judgement=judged, expected=0)
    if state == "withdrawn":
        assessments.withdraw(by=by, assessment=made, reason=say("自评撤回理由", made))
    if state == "finished":
        assessments.finish(by=by, assessment=made)
        plan = assessments.Plan(scored_nodes(made.edition)[0], say("改进事项", made), aim=say("改进目标", made))
        assessments.add_improvement(by=by, assessment=made, plan=plan)
