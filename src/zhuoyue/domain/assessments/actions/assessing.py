"""Judging oneself: beginning, scoring, finishing, and taking it up again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.assessments.desk import OWNER
from zhuoyue.domain.assessments.enums import SELF, AssessmentState
from zhuoyue.domain.assessments.errors import AssessmentRefusedError
from zhuoyue.domain.assessments.form import form_for
from zhuoyue.domain.assessments.models import Assessment, SelfBook
from zhuoyue.domain.assessments.queries import common_book, editions_to_assess, latest_finished, total_in
from zhuoyue.domain.assessments.rules import START, WRITE
from zhuoyue.domain.criteria import actions as criteria
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.domain.judging import steps
from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.kernel import access, audit, clock, flow

STARTED = audit.verb("assessments.started", gettext_lazy("开始自评"))


@transaction.atomic
def start(
    *, by: Any, organisation: Organisation, edition: Edition, year: int, title: str = "", carry: bool = False
) -> Assessment:
    """Begin to judge `organisation` by `edition`; the one that is open for the year already, if there is one.

    `carry`: begin with the indicator series of the latest finished one. The edition is frozen: what was judged by it
    stays what it was. Raises RefusedError, AssessmentRefusedError.
    """
    access.check(START, by, organisation)
    _hold(organisation)
    known = Assessment.objects.filter(
        organisation=organisation, edition=edition, year=year, state=AssessmentState.OPEN
    ).first()
    if known is not None:
        return known
    found = editions_to_assess().filter(pk=edition.pk).first()
    if found is None:
        raise AssessmentRefusedError(_("这个标准还没有核对确认，或没有可评分的条目，请另选一个。"))
    criteria.freeze(by=None, edition=found)
    assessment = Assessment.objects.create(
        organisation=organisation,
        edition=found,
        year=year,
        title=title.strip(),
        dossier=dossiers.open_dossier(form=form_for(found), owner=OWNER.key, edition=found),
        started_at=clock.now(),
    )
    model = found.scoring_model
    SelfBook.objects.create(assessment=assessment, edition=found, process_model=model, results_model=model, step=SELF)
    before = latest_finished(organisation.pk, found, year) if carry else None
    if before is not None:
        _carry(by, before.dossier, assessment.dossier)
    audit.record(STARTED, by=by, subject=assessment, data={"edition": found.key, "year": year})
    return assessment


def _carry(by: Any, old: Dossier, new: Dossier) -> None:
    for series in old.indicators.all():
        dossiers.add_indicator(
            by=by,
            dossier=new,
            node_code=series.node_code,
            name=series.name,
            unit=series.unit,
            direction=series.direction,
            points=series.points,
            source=series.source,
        )


def _hold(organisation: Organisation) -> None:
    """Until the end of the transaction: two of its people do not open one assessment twice."""
    Organisation.objects.select_for_update().only("pk").get(pk=organisation.pk)


@transaction.atomic
def save_item(*, by: Any, book: SelfBook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    """Keep what is said of an item. `expected`: version shown (0: nothing yet).

    Raises RefusedError, ScoreRefusedError, StaleError.
    """
    steps.lock(book)
    book.assessment.state = Assessment.objects.values_list("state", flat=True).get(pk=book.assessment_id)
    access.check(WRITE, by, book)
    return steps.keep_item(by=by, book=book, node=node, judgement=judgement, expected=expected)


@transaction.atomic
def finish(*, by: Any, assessment: Assessment) -> None:
    """Freeze what was written and scored. An earlier one of the same year by the same edition is superseded.

    Raises RefusedError, MoveError, UnfinishedError with all that is not scored yet.
    """
    moment = clock.now()
    _hold(assessment.organisation)
    book = common_book(assessment)
    steps.lock(book)
    flow.move(assessment, "finish", by=by, at=moment)
    dossiers.close(by=by, dossier=assessment.dossier)
    number = assessment.dossier.snapshots.count() + 1
    assessment.snapshot = dossiers.take_snapshot(
        dossier=assessment.dossier, contents=contents_of(assessment.dossier), number=number, at=moment
    )
    steps.hand_in(by=by, book=book, comments=False, scope=None)
    book.snapshot = assessment.snapshot
    book.save(update_fields=["snapshot"])
    assessment.finished_at, assessment.rate = moment, total_in(book).percent
    assessment.save(update_fields=["snapshot", "finished_at", "rate"])
    for older in _finished_beside(assessment):
        flow.move(older, "supersede", by=by, at=moment, data={"by": str(assessment.pk)})


def _finished_beside(assessment: Assessment) -> list[Assessment]:
    same = Assessment.objects.select_related("organisation").filter(
        organisation=assessment.organisation_id, edition=assessment.edition_id, year=assessment.year
    )
    return list(same.filter(state=AssessmentState.FINISHED).exclude(pk=assessment.pk))


@transaction.atomic
def reopen(*, by: Any, assessment: Assessment, reason: str) -> None:
    """Go on with a finished one. Its frozen version stays. Raises RefusedError, MoveError."""
    _hold(assessment.organisation)
    flow.move(assessment, "reopen", by=by, reason=reason)
    _unlock(by, assessment)


@transaction.atomic
def withdraw(*, by: Any, assessment: Assessment, reason: str = "") -> None:
    """It no longer counts; nothing of it is lost."""
    flow.move(assessment, "withdraw", by=by, reason=reason)
    dossiers.set_open(assessment.dossier, is_open=False)


@transaction.atomic
def restore(*, by: Any, assessment: Assessment) -> None:
    """Go on with a withdrawn one. Raises RefusedError where another one is open."""
    _hold(assessment.organisation)
    flow.move(assessment, "restore", by=by)
    _unlock(by, assessment)


def _unlock(by: Any, assessment: Assessment) -> None:
    dossiers.set_open(assessment.dossier, is_open=True)
    book = common_book(assessment)
    if book.state == ScorebookState.SUBMITTED:
        steps.reopen(by=by, book=book)
    assessment.finished_at = assessment.rate = None
    assessment.save(update_fields=["finished_at", "rate"])
