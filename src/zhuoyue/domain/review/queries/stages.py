"""Stages of a category, and the applications in them."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.queries import books
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.enums import Outcome, StageKind
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.packs.programmes.schema.stages import Stage

_WITH = ("category__cycle__programme__organiser__organisation", "category__cycle__rules", "category__edition")


def run_by_id(run_id: UUID) -> StageRun | None:
    return StageRun.objects.select_related(*_WITH).filter(pk=run_id).first()


def runs_of_cycle(cycle: Cycle) -> QuerySet[StageRun]:
    return (
        StageRun.objects.filter(category__cycle=cycle)
        .select_related("category")
        .annotate(
            entered=Count("entries"),
            through=Count("entries", filter=Q(entries__outcome=Outcome.THROUGH)),
            stopped=Count("entries", filter=Q(entries__outcome=Outcome.STOPPED)),
        )
        .order_by("category__position", "position")
    )


def runs_of_category(category: Category) -> list[StageRun]:
    return list(category.stages.select_related(*_WITH).order_by("position"))


def run_of_kind(category: Category, kind: StageKind) -> StageRun | None:
    return category.stages.select_related(*_WITH).filter(kind=kind).order_by("position").first()


def next_run(run: StageRun) -> StageRun | None:
    return run.category.stages.filter(position__gt=run.position).order_by("position").first()


def settings_of(run: StageRun) -> Stage:
    """What the rules say of a stage."""
    return next(stage for stage in stage_rules(run.category) if stage.key == run.key)


def team_key(run: StageRun) -> str:
    """The stage whose team works here: the one that the rules name, or the stage itself; else the last with a team.

    A document review always has one. Empty where no stage so far has.
    """
    key = ""
    teams: dict[str, str] = {}
    for stage in stage_rules(run.category):
        if stage.team is not None or StageKind(stage.kind) is StageKind.DOCUMENT_REVIEW:
            named = stage.team.same_team_as if stage.team else None
            key = teams[stage.key] = teams.get(named, named) if named else stage.key
        if stage.key == run.key:
            break
    return key


def team_run(run: StageRun) -> StageRun | None:
    key = team_key(run)
    return run if key == run.key else run.category.stages.filter(key=key).first()


def entries_of(run: StageRun) -> QuerySet[Entry]:
    return (
        Entry.objects.filter(run=run)
        .select_related("application__organisation", "application__category")
        .order_by("application__number")
    )


def entry_of(run: StageRun, application: Application) -> Entry | None:
    return Entry.objects.filter(run=run, application=application).first()


def entry_by_id(entry_id: UUID) -> Entry | None:
    """With all that a page about one application in a stage reads."""
    return (
        Entry.objects.select_related(
            *(f"run__{path}" for path in _WITH),
            "application__organisation",
            "application__snapshot",
            "application__dossier__form",
        )
        .filter(pk=entry_id)
        .first()
    )


def entry_of_kind(entry_id: UUID, kind: StageKind) -> Entry | None:
    found = entry_by_id(entry_id)
    return found if found is not None and found.run.kind == kind else None


def scored_nodes(category: Category) -> list[Node]:
    """The items that are scored, in the order of the standard, each with its category node as parent."""
    return books.scored_nodes(category.edition)


def facts_of(application: Application) -> dict[str, Any]:
    """What computed conditions may read of an applicant."""
    organisation = application.organisation
    reference = application.submitted_at or application.opened_at
    founded = organisation.founded_on
    years = None
    if founded is not None:
        before_anniversary = (reference.month, reference.day) < (founded.month, founded.day)
        years = reference.year - founded.year - before_anniversary
    return {
        "years_in_operation": years,
        "size": organisation.size or None,
        "region": organisation.region or None,
        "industry": organisation.industry or None,
        "kind": organisation.kind,
        "tags": organisation.tags,
    }
