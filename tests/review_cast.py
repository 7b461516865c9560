"""A small review of the Shanghai award: applicants whose dossiers are frozen, and teams that are at work."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import Stage, make_code, member, moment, opened_cycle, organisation, person
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.dossiers.actions import add_evidence, add_indicator, open_dossier, save_answer
from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.domain.dossiers.queries import content_of, contents_of
from zhuoyue.domain.experts.actions import add_expert
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.programmes.queries import form_rules
from zhuoyue.domain.review.actions import assignment, examiners, scoring, stages
from zhuoyue.domain.review.enums import StageKind, TeamRole
from zhuoyue.domain.review.models import Assignment, Entry, Invitation, StageBook, StageRun
from zhuoyue.domain.review.queries.scores import own_book
from zhuoyue.domain.review.queries.stages import entry_by_id, runs_of_kind, scored_nodes
from zhuoyue.kernel import clock
from zhuoyue.packs.standards import shipped_standards

PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"
    b"endobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n \n"
    b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n186\n%%EOF\n"
)


WRITING = moment("2021-08-12T10:00")


@contextmanager
def standing_at(when: datetime) -> Iterator[None]:
    """Do something at `when`, and go back to the clock as it ran."""
    was_shifted, before = clock.shifted(), clock.now()
    clock.stand_at(when)
    try:
        yield
    finally:
        clock.stand_at(before) if was_shifted else clock.run_true()


@cache
def _standard():
    return next(entry.standard for entry in shipped_standards() if entry.key == "gbt-19580-2012")


@dataclass
class Review:
    """`pairs`: assignments, application by application, the leader first. `experts` sit in this order in each team."""

    stage: Stage
    experts: list[Expert]
    applications: list[Application]
    pairs: list[Assignment] = field(default_factory=list)

    @property
    def by(self):
        return self.stage.secretary

    @property
    def leader(self):
        return self.experts[0].person

    @property
    def member(self):
        return self.experts[1].person

    def run(self, kind: StageKind = StageKind.DOCUMENT_REVIEW) -> StageRun:
        return runs_of_kind(self.stage.category, kind)[0]

    @property
    def nodes(self) -> list[Node]:
        return scored_nodes(self.run().category)

    def pair(self, place: int = 0, application: int = 0) -> Assignment:
        return self.pairs[application * len(self.experts) + place]

    def book(self, place: int = 0, application: int = 0) -> StageBook:
        return own_book(self.pair(place, application).pk)

    def entry(self, kind: StageKind = StageKind.DOCUMENT_REVIEW, application: int = 0) -> Entry:
        return entry_by_id(Entry.objects.get(run=self.run(kind), application=self.applications[application]).pk)

    def invitation(self, place: int = 0) -> Invitation:
        return Invitation.objects.select_related("cycle__rules", "expert__person").get(expert=self.experts[place])

    def score(
        self, place: int = 0, value: int = 50, nodes: list[Node] | None = None, application: int = 0, **said
    ) -> None:
        facts = {"strengths": ["过程指标按季校正。"], "gaps": ["未见跨单位推广。"], "done": True, **said}
        for node in self.nodes if nodes is None else nodes:
            judged = Judgement(value=Decimal(value), **facts)
            by = self.experts[place].person
            scoring.save_item(by=by, book=self.book(place, application), node=node, judgement=judged, expected=0)

    def move_on(self, kind: StageKind) -> None:
        """End the stage before `kind` with everyone through, and open `kind`."""
        target = self.run(kind)
        before = self.stage.category.stages.filter(position__lt=target.position).order_by("-position").first()
        loaded = runs_of_kind(self.stage.category, StageKind(before.kind))[0]
        reasons = {entry.application_id: "达到要求" for entry in loaded.entries.all()}
        stages.set_outcomes(by=self.by, run=loaded, through=reasons, stopped={})
        stages.decide_stage(by=self.by, run=loaded)
        stages.open_stage(by=self.by, run=self.run(kind))


def make_review(applications: int = 1, experts: int = 3, *, level: str = "senior", text: str | None = None) -> Review:
    """Teams of `experts` on each of `applications`, assigned and ready to score; the first expert leads each."""
    stage = opened_cycle(load_standard(by=None, data=_standard()), text)
    pool = stage.organiser
    people = [
        add_expert(by=stage.secretary, pool=pool, email=known.email, name=known.name, known=True, level=level)
        for known in [person(f"专家{n}") for n in range(experts)]
    ]
    review = Review(stage, people, [make_application(stage) for _ in range(applications)])
    run = review.run()
    stages.open_stage(by=review.by, run=run)
    for expert in people:
        take_on(review, expert)
    for application in review.applications:
        stages.enter(by=review.by, run=review.run(), application=application)
        for expert in people:
            pair = assignment.assign_by_hand(by=review.by, run=review.run(), application=application, expert=expert)
            review.pairs.append(pair)
        lead = review.pairs[-len(people)]
        assignment.name_leader(by=review.by, pair=lead)
        assert lead.role == TeamRole.LEADER
    return review


def invite(review: Review, expert: Expert) -> Invitation:
    return examiners.invite(by=review.by, cycle=review.stage.cycle, experts=[expert], answer_by=None)[0]


def take_on(review: Review, expert: Expert) -> Invitation:
    invitation = invite(review, expert)
    examiners.accept(by=expert.person, invitation=invitation)
    examiners.declare_conflicts(by=expert.person, invitation=invitation, conflicts=[])
    return invitation


def make_application(stage: Stage, name: str = "") -> Application:
    """In review, with a small frozen dossier: one narrative, one series, one file."""
    owner = organisation(name)
    speaker = member(owner)
    edition = stage.category.edition
    registration = Registration.objects.create(
        cycle=stage.cycle,
        category=stage.category,
        organisation=owner,
        contact_name="联系人",
        contact_phone="021-60000000",
        contact_email="contact@example.org",
        state="confirmed",
        sent_at=clock.now(),
    )
    application = Application.objects.create(
        registration=registration,
        cycle=stage.cycle,
        category=stage.category,
        organisation=owner,
        rules=stage.cycle.rules,
        dossier=open_dossier(form=form_rules(stage.category), owner="application", edition=edition),
        number=f"T-{make_code(owner.pk.int % 10**9)[-9:]}",
        opened_at=clock.now(),
    )
    with standing_at(WRITING):
        _fill(application, speaker)
    content = content_of(application.dossier)
    application.snapshot = Snapshot.objects.create(
        dossier=application.dossier,
        number=1,
        content=content,
        digest=hashlib.sha256(repr(content).encode()).hexdigest(),
        taken_at=clock.now(),
    )
    application.state = "in_review"
    application.save()
    return application


def _fill(application: Application, speaker) -> None:
    dossier = application.dossier
    sections = contents_of(dossier).sections
    for section in sections:
        if section.item is not None:
            text = f"{application.organisation.name}在{section.title}方面的做法。"
            save_answer(by=speaker, dossier=dossier, section=section.key, value={"text": text}, expected=0)
    results = next(section for section in sections if section.kind == "indicators")
    points = [{"year": year, "value": str(90 + year - 2018), "target": "95"} for year in (2018, 2019, 2020)]
    node = results.part.nodes[0]
    add_indicator(by=speaker, dossier=dossier, node_code=node, name="准时交付率", unit="%", points=points)
    evidence = next(section for section in sections if section.kind == "evidence")
    asked = evidence.part.files[0]
    upload = SimpleUploadedFile("证书.pdf", PDF, "application/pdf")
    add_evidence(by=speaker, dossier=dossier, part=evidence.part.key, slot=asked.key, upload=upload)
