"""The data that the pages are measured on, made in bulk through the models.

The demonstration's opening gives programmes, standards and notices; everything else is added here.
"""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone

from zhuoyue.config.demo import content
from zhuoyue.config.demo.opening import begin
from zhuoyue.config.demo.play import SHANGHAI, Play
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications.desk import OWNER
from zhuoyue.domain.applications.models import Application, Receipt, Registration
from zhuoyue.domain.applications.numbers import next_application_number, next_receipt_number
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.dossiers.actions import content_of, open_dossier
from zhuoyue.domain.dossiers.models import Answer, Dossier, Evidence, Indicator, Snapshot
from zhuoyue.domain.dossiers.queries import Contents, sections_in
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.models import ItemScore, Scorebook, ScoreEntry
from zhuoyue.domain.judging.queries.kept import kept_of
from zhuoyue.domain.orgs import credit_code
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Membership, Organisation
from zhuoyue.domain.programmes.models import Deadline
from zhuoyue.domain.programmes.queries import form_rules
from zhuoyue.domain.review.enums import InvitationState, StageKind, StageState, Step, TeamRole
from zhuoyue.domain.review.models import Assignment, Entry, Invitation, StageBook, StageRun
from zhuoyue.domain.review.queries.scores import scales_of
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.engine import chain
from zhuoyue.kernel import clock
from zhuoyue.kernel.models import StoredFile

TEAM = 5
BATCH = 500
VARIANTS = 8
ALIASES = "甲乙丙丁戊"
STANDS_AT = datetime(2021, 9, 14, 9, tzinfo=SHANGHAI)
INDUSTRIES = ("C34", "C35", "K70", "G59", "J66", "E47", "C26", "Q85")


@dataclass(frozen=True, slots=True)
class Sizes:
    """`sent` applications with `TEAM` scorebooks each, `drafts` complete but for being sent.

    `handed_in`: of how many in a hundred scorebooks every item is scored and handed in. `bare`: sent dossiers keep
    their frozen content alone, without the answers that it was made of; what the office and the jury read is the same.
    """

    sent: int
    drafts: int
    examiners: int
    longest_list: int
    scored_items: int
    handed_in: int = 0
    bare: bool = False


def cookies_of(people: list[Person]) -> list[str]:
    """A session for each, as signing in leaves it."""
    store = SessionStore()
    expires = timezone.now() + timedelta(days=1)
    sessions = [
        Session(
            session_key=secrets.token_hex(16),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for person in people
    ]
    Session.objects.bulk_create(sessions, BATCH)
    return [session.session_key for session in sessions]


def credit_code_of(number: int) -> str:
    first = f"91310000{440000000 + number:09d}"
    return first + credit_code.check_character(first)


def people_named(kind: str, count: int) -> list[Person]:
    password = make_password("a long enough password")
    people = [
        Person(email=f"{kind}{number}@bench.invalid", name=f"{kind}{number}", password=password, proved_at=STANDS_AT)
        for number in range(count)
    ]
    return Person.objects.bulk_create(people, BATCH)


class World:
    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.random = Random(7)
        self.play: Play = begin()
        Edition.objects.filter(pk=self.play.category.edition_id).update(state="frozen")
        self.cycle = self.play.cycle
        self.category = self.play.category
        self.form = form_rules(self.category)
        clock.stand_at(STANDS_AT)
        terms = Deadline.objects.filter(category=self.category, opens="application")
        if not terms.update(closes_at=STANDS_AT + timedelta(days=60)):
            raise LookupError("no application is taken by this category")

    # ---- applicants

    def add_applicants(self) -> list[Person]:
        count = self.sizes.sent + self.sizes.drafts
        people = people_named("applicant", count)
        self.organisations = Organisation.objects.bulk_create(
            [
                Organisation(
                    name=f"第{number:04d}号制造有限公司",
                    credit_code=credit_code_of(number),
                    region="310000",
                    industry=INDUSTRIES[number % len(INDUSTRIES)],
                    size="medium",
                    founded_on=date(1990 + number % 25, 4, 18),
                    address=f"上海市示范路{number}号",
                )
                for number in range(count)
            ],
            BATCH,
        )
        pairs = zip(people, self.organisations, strict=True)
        Membership.objects.bulk_create(
            [Membership(person=one, organisation=of, duty=Duty.REPRESENTATIVE) for one, of in pairs], BATCH
        )
        return people

    def add_registrations(self, people: list[Person]) -> list[Registration]:
        sent_at = STANDS_AT - timedelta(days=90)
        return Registration.objects.bulk_create(
            [
                Registration(
                    cycle=self.cycle,
                    category=self.category,
                    organisation=organisation,
                    recommender=self.play.cast.recommender,
                    contact_name=person.name,
                    contact_phone="021-60000000",
                    contact_email=person.email,
                    state="confirmed",
                    sent_at=sent_at + timedelta(minutes=number),
                )
                for number, (person, organisation) in enumerate(zip(people, self.organisations, strict=True))
            ],
            BATCH,
        )

    def add_applications(self, registrations: list[Registration]) -> list[Application]:
        """Application with a whole dossier; the first `sent` of them frozen and acknowledged."""
        first = open_dossier(form=self.form, owner=OWNER.key, edition=self.category.edition)
        self.sections = sections_in(first)
        variants = [self._variant() for _ in range(VARIANTS)]
        found: list[Application] = []
        for start in range(0, len(registrations), BATCH):
            part = registrations[start : start + BATCH]
            dossiers = [Dossier(form=first.form, owner=OWNER.key, edition=first.edition, is_open=False) for _ in part]
            for place, dossier in enumerate(dossiers, start):
                dossier.is_open = place >= self.sizes.sent
            Dossier.objects.bulk_create(dossiers)
            contents = [
                self._fill(dossier, variants[place % VARIANTS]) for place, dossier in enumerate(dossiers, start)
            ]
            found += self._store(part, dossiers, contents, start)
        first.delete()
        return found

    def _variant(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Answers and series as one applicant might write them."""
        answers = {
            filled.section: filled.value
            for filled in content.answers(self.sections, self.organisations[0], "轴承与传动部件", self.random)
        }
        nodes = [node for section in self.sections if section.kind == "indicators" for node in section.part.nodes]
        return answers, [content.series(node, (2018, 2019, 2020), self.random) for node in nodes]

    def _fill(self, dossier: Dossier, variant: tuple[dict[str, Any], list[dict[str, Any]]]) -> Contents:
        answers, series = variant
        places: dict[str, int] = {}
        indicators = []
        for row in series:
            places[row["node_code"]] = places.get(row["node_code"], 0) + 1
            indicators.append(Indicator(dossier=dossier, position=places[row["node_code"]], **row))
        return Contents(
            dossier,
            self.sections,
            {
                key: Answer(dossier=dossier, section=key, value=value, changed_at=STANDS_AT)
                for key, value in answers.items()
            },
            indicators,
            [evidence for section in self.sections for evidence in self._evidence(dossier, section)],
        )

    @staticmethod
    def _evidence(dossier: Dossier, section: Any) -> list[Evidence]:
        if section.kind != "evidence":
            return []
        found = []
        for asked in section.part.files:
            if asked.required:
                text = content.small_pdf(asked.key)
                file = StoredFile(
                    name=f"{asked.title.zh}.pdf",
                    original_name=f"{asked.title.zh}.pdf",
                    kind="pdf",
                    content_type="application/pdf",
                    size=len(text),
                    digest=hashlib.sha256(text).hexdigest(),
                    held_by=f"dossiers.dossier:{dossier.pk}",
                )
                facts = {"part": section.part.key, "slot": asked.key, "position": 1, "title": asked.title.zh}
                found.append(Evidence(dossier=dossier, file=file, **facts))
        return found

    def _store(
        self, part: list[Registration], dossiers: list[Dossier], contents: list[Contents], start: int
    ) -> list[Application]:
        whole = contents[max(0, self.sizes.sent - start) :] if self.sizes.bare else contents
        Answer.objects.bulk_create([answer for held in whole for answer in held.answers.values()], BATCH)
        Indicator.objects.bulk_create([entry for held in whole for entry in held.indicators], BATCH)
        StoredFile.objects.bulk_create([entry.file for held in whole for entry in held.evidence], BATCH)
        Evidence.objects.bulk_create([entry for held in whole for entry in held.evidence], BATCH)
        snapshots = []
        for held in contents[: max(0, self.sizes.sent - start)]:
            frozen = content_of(held.dossier, held)
            digest = hashlib.sha256(chain.canonical(frozen)).hexdigest()
            snapshots.append(
                Snapshot(dossier=held.dossier, number=1, content=frozen, digest=digest, taken_at=STANDS_AT)
            )
        Snapshot.objects.bulk_create(snapshots, BATCH)
        applications = Application.objects.bulk_create(
            [
                Application(
                    registration=one,
                    cycle=self.cycle,
                    category=self.category,
                    organisation=one.organisation,
                    rules=self.cycle.rules,
                    dossier=dossier,
                    recommender=one.recommender,
                    number=next_application_number(self.category),
                    snapshot=snapshot,
                    submitted_at=STANDS_AT - timedelta(days=25) if snapshot else None,
                    opened_at=STANDS_AT - timedelta(days=60),
                    state="in_review" if snapshot else "draft",
                )
                for one, dossier, snapshot in zip(
                    part, dossiers, snapshots + [None] * (len(part) - len(snapshots)), strict=True
                )
            ],
            BATCH,
        )
        Receipt.objects.bulk_create(
            [
                Receipt(
                    application=one,
                    cycle=self.cycle,
                    snapshot=one.snapshot,
                    number=next_receipt_number(self.cycle),
                    at=one.submitted_at,
                    digest=one.snapshot.digest,
                )
                for one in applications
                if one.snapshot
            ],
            BATCH,
        )
        return applications

    # ---- examiners

    def add_examiners(self) -> tuple[list[Person], list[Expert]]:
        people = people_named("examiner", self.sizes.examiners)
        experts = Expert.objects.bulk_create(
            [
                Expert(person=person, pool=self.play.cast.organiser, kinds=["examiner"], industries=list(INDUSTRIES))
                for person in people
            ]
        )
        Invitation.objects.bulk_create(
            [
                Invitation(
                    cycle=self.cycle,
                    expert=expert,
                    undertaking_at=STANDS_AT - timedelta(days=20),
                    conflicts_declared_at=STANDS_AT - timedelta(days=20),
                    state=InvitationState.ACCEPTED,
                )
                for expert in experts
            ]
        )
        return people, experts

    def add_scorebooks(self, applications: list[Application], experts: list[Expert]) -> list[Assignment]:
        """`TEAM` examiners for each application; the first examiner has the longest list."""
        run = self.play.run(StageKind.DOCUMENT_REVIEW)
        StageRun.objects.filter(pk=run.pk).update(state=StageState.OPEN, due_at=STANDS_AT + timedelta(days=6))
        before = StageRun.objects.filter(category=run.category, position__lt=run.position)
        before.update(state=StageState.DECIDED)
        Entry.objects.bulk_create([Entry(run=run, application=one) for one in applications], BATCH)
        teams = self._teams(len(applications), len(experts))
        pairs = Assignment.objects.bulk_create(
            [
                Assignment(
                    run=run,
                    application=application,
                    expert=experts[examiner],
                    role=TeamRole.LEADER if place == 0 else TeamRole.MEMBER,
                    alias=ALIASES[place],
                    assigned_at=STANDS_AT - timedelta(days=15),
                )
                for application, team in zip(applications, teams, strict=True)
                for place, examiner in enumerate(team)
            ],
            BATCH,
        )
        scales, snapshots = scales_of(run), {one.pk: one.snapshot for one in applications}
        books = [
            StageBook(
                run=run,
                application_id=pair.application_id,
                step=Step.INDIVIDUAL,
                assignment=pair,
                snapshot=snapshots[pair.application_id],
                edition=run.category.edition,
                process_model=scales.process,
                results_model=scales.results,
            )
            for pair in pairs
        ]
        self._score(books, {pair.pk: pair for pair in pairs})
        return pairs

    def _teams(self, applications: int, examiners: int) -> list[list[int]]:
        teams = [[(TEAM * number + place) % examiners for place in range(TEAM)] for number in range(applications)]
        wanted = self.sizes.longest_list - sum(0 in team for team in teams)
        for team in teams:
            if wanted > 0 and 0 not in team:
                team[-1] = 0
                wanted -= 1
        return teams

    def _score(self, books: list[StageBook], pairs: dict[Any, Assignment]) -> None:
        """The first items of every scorebook; all of them, and the move, where it is handed in."""
        nodes = scored_nodes(self.category)
        comments = [content.comments(self.random) for _ in range(VARIANTS)]
        for start in range(0, len(books), BATCH):
            items, ledger = [], []
            for place, book in enumerate(books[start : start + BATCH], start):
                by = f"accounts.person:{pairs[book.assignment_id].expert.person_id}"
                strengths, gaps = comments[place % VARIANTS]
                is_in = place * self.sizes.handed_in // 100 != (place + 1) * self.sizes.handed_in // 100
                for node in nodes if is_in else nodes[: self.sizes.scored_items]:
                    value = Decimal(5 * self.random.randint(8, 14))
                    facts = {"scorebook": book, "node": node, "value": value}
                    items.append(ItemScore(**facts, strengths=strengths, gaps=gaps, done=True, changed_at=STANDS_AT))
                    detail = {"dimensions": {}, "step": book.step, "reason": ""}
                    ledger.append(ScoreEntry(**facts, detail=detail, by=by, at=STANDS_AT))
                if is_in:
                    book.state, book.submitted_at = ScorebookState.SUBMITTED, STANDS_AT - timedelta(hours=place % 300)
            self._count(books[start : start + BATCH], items)
            in_bulk(books[start : start + BATCH])
            ItemScore.objects.bulk_create(items, BATCH)
            ScoreEntry.objects.bulk_create(ledger, BATCH)

    @staticmethod
    def _count(books: list[StageBook], items: list[ItemScore]) -> None:
        """What is kept beside the items, as saving and handing in keep it."""
        values: dict[Any, dict[Any, Decimal]] = {}
        for item in items:
            values.setdefault(item.scorebook_id, {})[item.node_id] = item.value
        for book in books:
            book.done_count = len(values[book.id])
            if book.state == ScorebookState.SUBMITTED:
                for name, value in kept_of(book, values[book.id]).items():
                    setattr(book, name, value)


def in_bulk(books: list[StageBook]) -> None:
    """Keep scorebooks of a stage, part and whole: bulk_create() takes no model that inherits from another's table."""
    whole = Scorebook._meta.concrete_fields  # noqa: SLF001 - Django's documented model API
    facts = [{field.attname: getattr(book, field.attname) for field in whole} for book in books]
    Scorebook.objects.bulk_create([Scorebook(**fact) for fact in facts], BATCH)
    for book in books:
        book.scorebook_ptr_id = book.id
    own = StageBook._meta.local_concrete_fields  # noqa: SLF001 - Django's documented model API
    for start in range(0, len(books), BATCH):
        query = InsertQuery(StageBook)
        query.insert_values(own, books[start : start + BATCH])
        query.get_compiler(connection=connection).execute_sql()


def build(asked: dict[str, int]) -> dict[str, Any]:
    """An empty installation filled; who is in it, with their sessions. `asked`: the fields of `Sizes`."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    sizes = Sizes(**asked)
    world = World(sizes)
    with transaction.atomic():
        people = world.add_applicants()
        applications = world.add_applications(world.add_registrations(people))
        examiners, experts = world.add_examiners()
        pairs = world.add_scorebooks(applications[: sizes.sent], experts)
        drafts = slice(sizes.sent, None)
        cookies = cookies_of([*people[drafts], *examiners, world.play.cast.secretary])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    writers, readers = cookies[: sizes.drafts], cookies[sizes.drafts : -1]
    narrative = next(section for section in world.sections if section.kind == "narrative")
    own: dict[Any, list[str]] = {}
    for pair in pairs:
        own.setdefault(pair.expert_id, []).append(str(pair.pk))
    return {
        "sizes": asdict(sizes),
        "cycle": world.cycle.slug,
        "section": narrative.key,
        "applicants": [
            {"cookie": cookie, "application": str(one.pk)}
            for cookie, one in zip(writers, applications[drafts], strict=True)
        ],
        "examiners": [
            {"cookie": cookie, "assignments": own[expert.pk]} for cookie, expert in zip(readers, experts, strict=True)
        ],
        "items": [node.code for node in scored_nodes(world.category)[sizes.scored_items :]],
        "secretary": cookies[-1],
    }
