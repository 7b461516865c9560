"""Stages, books, teams and meetings."""

from collections.abc import Iterable
from typing import Any

from access.kinds import OPENED, Finder, Part, application_of, applied, opened
from access.principals import Thing
from access.world import World
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.review.models import Entry, StageBook, StageRun, VisitIssue


def entries(world: World) -> Iterable[Thing]:
    """Applications in stages: in each cycle the stage it stands at, and one that it left behind."""
    chosen = [("a", "review"), ("a", "consensus"), ("a", "visit"), ("a", "voting"), ("b", "review"), ("b", "consensus")]
    for letter, stage in chosen:
        kind = OPENED[stage]
        entry = Entry.objects.get(run__kind=kind, application=world.applications[f"{letter}-{stage}"])
        words = frozenset({"entry", kind, *opened(stage, kind)})
        yield Thing(f"{letter}-{stage}", letter, stage, {"entry_id": entry.pk}, words)


def _entries_of(world: World, kind: str, names: tuple[str, ...], also: str = "") -> Iterable[Thing]:
    for name in names:
        letter, stage = applied(name)
        entry = Entry.objects.get(run__kind=kind, application=world.applications[name])
        words = frozenset({"entry", kind, *opened(stage, kind), *also.split()})
        yield Thing(name, letter, stage, {"entry_id": entry.pk}, words)


def consensus_entries(world: World) -> Iterable[Thing]:
    return _entries_of(world, "consensus", ("a-consensus", "a-ended", "b-consensus"), "shared")


def visit_entries(world: World) -> Iterable[Thing]:
    return _entries_of(world, "site_visit", ("a-visit", "a-ended", "b-visit"), "shared")


def pairs(world: World) -> Iterable[Thing]:
    for thing in own_books(world):
        kwargs = {"pair_id": thing.kwargs["assignment_id"]}
        yield Thing(thing.name, thing.letter, thing.stage, kwargs, thing.words)


def candidates(world: World) -> Iterable[Thing]:
    return _entries_of(world, "jury", ("a-voting", "b-voting", "a-ended"))


def own_books(world: World) -> Iterable[Thing]:
    """By assignment: one's own, before and after consensus has begun, of somebody barred and of one who left."""
    for name, stage in (
        ("expert", "review"),
        ("leader", "review"),
        ("conflicted", "review"),
        ("ended", "review"),
        ("expert", "consensus"),
        ("b-leader", "review"),
    ):
        letter = "b" if name == "b-leader" else "a"
        handed_in = {"handed-in"} if name != "expert" or stage != "review" else set()
        words = frozenset({"book", "pair", *opened(stage, "document_review"), *handed_in})
        kwargs = {"assignment_id": world.pairs[f"{name}-{stage}"].pk}
        yield Thing(f"{name}-{stage}", letter, stage, kwargs, words, own=name)


def books(world: World) -> Iterable[Thing]:
    for thing in own_books(world):
        book = StageBook.objects.filter(assignment=thing.kwargs["assignment_id"]).first()
        if book is not None:
            yield Thing(thing.name, thing.letter, thing.stage, {"book_id": book.pk}, thing.words, thing.own)
    shared = StageBook.objects.get(run__kind="consensus", application=world.applications["a-consensus"])
    words = frozenset({"book", "shared", "opened"})
    yield Thing("a-shared", "a", "consensus", {"book_id": shared.pk}, words)


def invitations(world: World) -> Iterable[Thing]:
    for stage in ("review", "ended"):
        kwargs = {"invitation_id": world.invitations[stage].pk}
        yield Thing(f"invited-{stage}", "office", stage, kwargs, frozenset({"invitation"}), own="invited")
    pair = world.pairs["leader-review"]
    kwargs = {"invitation_id": pair.expert.invitations.get(cycle=world.plays["review"].cycle).pk}
    yield Thing("leader-review", "office", "review", kwargs, frozenset({"invitation", "accepted"}), own="leader")


def runs(world: World) -> Iterable[Thing]:
    for stage, kind in (("review", "document_review"), ("review", "consensus"), ("voting", "jury")):
        run = StageRun.objects.get(category=world.plays[stage].category, kind=kind)
        words = frozenset({"run", kind, *opened(stage, kind)})
        yield Thing(f"{stage}-{kind}", "office", stage, {"run_id": run.pk}, words)
    run = StageRun.objects.filter(category=world.plays["others"].category).order_by("position").first()
    if run is not None:
        yield Thing("others", "others", "others", {"run_id": run.pk}, frozenset({"run"}))


def meetings(world: World) -> Iterable[Thing]:
    states = {"visit": "prepared", "voting": "voting", "ended": "closed"}
    for stage, state in states.items():
        words = frozenset({"meeting", state, *opened(stage, "jury")})
        yield Thing(stage, "office", stage, {"meeting_id": world.plays[stage].meeting.pk}, words)


def seats(world: World) -> Iterable[Thing]:
    found = world.plays["visit"].cycle.seats.get(person=world.people["juror"])
    yield Thing("juror-visit", "office", "visit", {"seat_id": found.pk}, own="juror")


def _issues(_world: World, thing: Thing) -> Iterable[Any]:
    return application_of(thing).visit_issues.values_list("pk", flat=True)


def _candidates(_world: World, thing: Thing) -> Iterable[Any]:
    """Those of the meeting."""
    found = Entry.objects.filter(run__meeting=thing.kwargs["meeting_id"])
    return found.order_by("application__number").values_list("application", flat=True)


FOUND_BY: dict[str, Finder] = {
    "zhuoyue.web.expert.views.consensus.consensus_entry": consensus_entries,
    "zhuoyue.web.expert.views.visits.visit_entry": visit_entries,
    "review.queries.stages.entry_by_id": entries,
    "review.queries.stages.run_by_id": runs,
    "review.queries.matching.pair_by_id": pairs,
    "review.queries.scores.own_book": own_books,
    "review.queries.scores.scorebook_by_id": books,
    "review.queries.teams.invitation_by_id": invitations,
    "review.queries.jury.meeting_by_id": meetings,
    "review.queries.jury.candidate_by_id": candidates,
    "review.queries.jury.seat_by_id": seats,
}
PARTS = {
    "issue_id": Part(_issues, lambda _world: VisitIssue.objects.values_list("pk", flat=True)),
    "application_id": Part(_candidates, lambda _world: Application.objects.values_list("pk", flat=True)),
}
