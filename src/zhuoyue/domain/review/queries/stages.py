"""Stages of a category, and the applications in them."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.queries import books
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.enums import Outcome, Step
from zhuoyue.domain.review.kinds import keys_of, kind_of
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.domain.review.queries.graph import afters_of, predecessors_of, upstream_of
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


def runs_of_kind(category: Category, kind: str) -> list[StageRun]:
    """Every stage of a kind, in the order of the rules."""
    return list(category.stages.select_related(*_WITH).filter(kind=kind).order_by("position"))


def deciding_runs(category: Category) -> QuerySet[StageRun]:
    """The stage whose decisions give the tiers, as a query: the last one that votes."""
    return category.stages.filter(kind__in=keys_of(lambda kind: kind.votes)).order_by("-position")[:1]


def deciding_run(category: Category) -> StageRun | None:
    return deciding_runs(category).select_related(*_WITH).first()


def first_runs(category: Category) -> list[StageRun]:
    """The stages that an accepted application enters first."""
    predecessors = predecessors_of(category)
    return [run for run in category.stages.order_by("position") if not predecessors[run.key]]


def is_entrance(run: StageRun) -> bool:
    """Whether it finds the conditions of an application that is to be accepted, on the page of that application."""
    return run.nature.checks and not predecessors_of(run.category)[run.key]


def runs_after(run: StageRun) -> list[StageRun]:
    return list(run.category.stages.filter(key__in=afters_of(run.category, run.key)).order_by("position"))


def comparing_run(run: StageRun) -> StageRun | None:
    """The stage in which the team of `run` compares its judgements: the first on the way from that team's own."""
    if run.nature.compares:
        return run
    team = team_key(run)
    comparing = run.category.stages.filter(kind__in=keys_of(lambda kind: kind.compares)).order_by("position")
    return next((other for other in comparing if team in upstream_of(run.category, other.key)), None)


def settings_of(run: StageRun) -> Stage:
    """What the rules say of a stage."""
    return next(stage for stage in stage_rules(run.category) if stage.key == run.key)


def team_key(run: StageRun) -> str:
    """The stage whose team works here: the one that the rules name, or the stage itself; else the last with a team.

    A kind whose examiners judge alone always has one. Empty where no stage so far has.
    """
    key = ""
    teams: dict[str, str] = {}
    for stage in stage_rules(run.category):
        if stage.team is not None or kind_of(stage).own_books:
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


def entry_at_step(entry_id: UUID, step: Step) -> Entry | None:
    """The same, in a stage where the team agrees on values as `step`."""
    entry = entry_by_id(entry_id)
    return entry if entry is not None and entry.run.nature.step == step else None


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
