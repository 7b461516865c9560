"""A result as one file: from what it holds, every total and every decision can be worked out again.

`scores` hold the ledger (each value ever given, in order and without its time: hours of work would tell which
pseudonyms of several applications are one person) and what stands; `total` carries its explanation, which
`engine.scoring.explanation_from_data` reads and `replay` works again. `ballot` holds counts, the base and what was
needed where the tiers were decided, `ballots` the same of every stage that votes; nobody's choice is anywhere.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.judging.models import ItemScore, ScoreEntry
from zhuoyue.domain.judging.queries.totals import Sheet, total_of
from zhuoyue.domain.judging.scales import Scales
from zhuoyue.domain.outcomes.queries import lists_of
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.review.models import Decision, StageBook, StageRun
from zhuoyue.domain.review.queries.jury import meeting_of
from zhuoyue.domain.review.queries.stages import deciding_run, runs_of_category, scored_nodes, settings_of

FORMAT = 1


def bundle_of(category: Category) -> dict[str, Any]:
    """The bundle as plain data. Examiners appear under their pseudonyms."""
    cycle = category.cycle
    applications = list(
        Application.objects.filter(category=category, entries__isnull=False)
        .select_related("organisation", "category__cycle__rules", "category__edition", "snapshot")
        .distinct()
        .order_by("number")
    )
    books, runs = _books(applications), runs_of_category(category)
    return {
        "format": FORMAT,
        "programme": cycle.programme.key,
        "cycle": cycle.label,
        "category": category.key,
        "rules": {"number": cycle.rules.number, "digest": cycle.rules.digest},
        "standard": _standard(category),
        "stages": [_stage(run) for run in runs],
        "applications": [_application(application, books[application.pk]) for application in applications],
        "ballot": _ballot(deciding_run(category)),
        "ballots": {run.key: _ballot(run) for run in runs if run.nature.votes},
        "decisions": _decisions(category),
        "lists": [_list(result_list) for result_list in lists_of(category).order_by("number")],
    }


def _standard(category: Category) -> dict[str, Any]:
    edition = category.edition
    return {
        "edition": edition.key if edition else "",
        "items": [
            {
                "code": node.code,
                "kind": node.kind,
                "points": None if node.points is None else str(node.points),
                "parent": node.parent.code if node.parent else "",
            }
            for node in scored_nodes(category)
        ],
    }


def _stage(run: Any) -> dict[str, Any]:
    entries = run.entries.select_related("application").order_by("application__number")
    return {
        "key": run.key,
        "kind": run.kind,
        "state": run.state,
        "rule": settings_of(run).model_dump(mode="json", exclude_none=True, exclude_defaults=True),
        "entries": [
            {"application": entry.application.number, "outcome": entry.outcome, "reason": entry.reason}
            for entry in entries
        ],
    }


def _books(applications: Iterable[Application]) -> defaultdict[UUID, list[dict[str, Any]]]:
    """Application id -> its scorebooks, in the order of the steps."""
    listed = list(applications)
    ledger: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for entry in (
        ScoreEntry.objects.filter(scorebook__stagebook__application__in=listed).select_related("node").order_by("at")
    ):
        value = None if entry.value is None else str(entry.value)
        ledger[entry.scorebook_id].append({"item": entry.node.code, "value": value})
    stands: defaultdict[UUID, dict[str, Any]] = defaultdict(dict)
    items = ItemScore.objects.filter(scorebook__stagebook__application__in=listed).select_related("node")
    for item in items.order_by("node__position"):
        stands[item.scorebook_id][item.node.code] = item.value
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    books = StageBook.objects.filter(application__in=listed).select_related(
        "assignment", "application__category__cycle__rules", "application__category__edition"
    )
    for book in books.order_by("run__position", "assignment__alias"):
        found[book.application_id].append(
            {
                "step": book.step,
                "by": book.assignment.alias if book.assignment else "",
                "counts": book.assignment is None or book.assignment.state == "active",
                "state": book.state,
                "ledger": ledger[book.pk],
                "values": stands[book.pk],
                "models": book.scales._asdict(),
                "total": _total(book.application.category, (book.scales, stands[book.pk])),
            }
        )
    return found


def _total(category: Category, *sheets: tuple[Scales, dict[str, Any]]) -> dict[str, Any]:
    total = total_of(scored_nodes(category), *(Sheet(scales, values) for scales, values in sheets))
    return {
        "value": None if total.value is None else str(total.value),
        "maximum": str(total.maximum),
        "missing": list(total.missing),
        "explanation": total.explanation.as_data(),
    }


def _application(application: Application, books: list[dict[str, Any]]) -> dict[str, Any]:
    """`books` in the order of the stages: of the teams' values, the later one stands."""
    shared = [(Scales(**book["models"]), book["values"]) for book in books if not book["by"]]
    agreed: dict[str, Any] = {}
    for _scales, values in shared:
        agreed |= {code: value for code, value in values.items() if value is not None}
    return {
        "number": application.number,
        "name": application.title,
        "snapshot": application.snapshot.digest if application.snapshot else "",
        "scores": [{**book, "values": _texts(book["values"])} for book in books],
        "agreed": {"values": _texts(agreed), "total": _total(application.category, *shared)},
    }


def _texts(values: dict[str, Any]) -> dict[str, str]:
    return {code: str(value) for code, value in values.items() if value is not None}


def _ballot(run: StageRun | None) -> dict[str, Any]:
    meeting = meeting_of(run.pk) if run is not None else None
    if run is None or meeting is None:
        return {}
    numbers = {
        str(entry.application_id): entry.application.number for entry in run.entries.select_related("application")
    }
    rule = settings_of(run).ballot

    def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "application": numbers[row["application"]]} for row in rows]

    return {
        "rule": rule.model_dump(mode="json") if rule is not None else {},
        "state": meeting.state,
        **{name: value for name, value in meeting.result.items() if name != "counts"},
        "counts": numbered(meeting.result.get("counts", [])),
        "voided": meeting.voided,
        "rounds": [{**one, "counts": numbered(one["counts"])} for one in meeting.rounds],
    }


def _decisions(category: Category) -> list[dict[str, Any]]:
    found = Decision.objects.filter(application__category=category).select_related("application")
    return [
        {
            "application": decision.application.number,
            "tier": decision.tier,
            "rule": decision.rule,
            "total": decision.record.get("total", ""),
            "reason": decision.reason,
            "at": decision.at.isoformat(),
        }
        for decision in found.order_by("application__number")
    ]


def _list(result_list: Any) -> dict[str, Any]:
    return {
        "number": result_list.number,
        "state": result_list.state,
        "change": result_list.change,
        "entries": [{"name": entry["name"], "tier": entry["tier"]} for entry in result_list.entries],
        "approval": result_list.approval_number,
    }
