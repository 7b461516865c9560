"""What the parameters of an address can name: for each way of finding, some things of the world."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from access.policy import Thing
from access.world import World
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.domain.outcomes.models import Award, FeedbackReport, Objection
from zhuoyue.domain.review.models import Entry, Scorebook, StageRun

Finder = Callable[[World], Iterable[Thing]]
CYCLES = ("open", "review", "ended", "draft", "others")


def _letter(stage: str) -> str:
    return "others" if stage == "others" else "office"


def _applied(name: str) -> tuple[str, str]:
    """`a-review` -> whose, where."""
    letter, stage = name.split("-", 1)
    return (name, stage) if stage == "others" else (letter, stage)


def cycles(world: World, words: str = "cycle", parameter: str = "slug") -> Iterable[Thing]:
    for stage in CYCLES:
        yield Thing(stage, _letter(stage), stage, {parameter: world.plays[stage].slug}, frozenset({words}))


def categories(world: World) -> Iterable[Thing]:
    for stage in CYCLES:
        yield Thing(stage, _letter(stage), stage, {"category_id": world.plays[stage].category.pk})


def phases(world: World) -> Iterable[Thing]:
    for stage in ("open", "others"):
        phase = world.plays[stage].cycle.phases.first()
        yield Thing(stage, _letter(stage), stage, {"phase_id": phase.pk})


def rules_versions(world: World) -> Iterable[Thing]:
    for stage in ("open", "others"):
        yield Thing(stage, _letter(stage), stage, {"version_id": world.plays[stage].cycle.rules_id})


def programmes(world: World) -> Iterable[Thing]:
    for stage in ("open", "others"):
        yield Thing(stage, _letter(stage), stage, {"key": world.plays[stage].cycle.programme.key})


def notices(world: World) -> Iterable[Thing]:
    for stage in ("open", "draft", "others"):
        yield Thing(stage, _letter(stage), stage, {"notice_id": world.notices[stage].pk}, frozenset({"notice"}))


def organisations(world: World) -> Iterable[Thing]:
    for letter in "ab":
        yield Thing(letter, letter, "", {"organisation_id": world.organisations[letter].pk})


def registrations(world: World) -> Iterable[Thing]:
    for name in ("a-draft", "a-waiting", "a-review", "b-sent", "b-others"):
        letter, stage = _applied(name)
        kwargs = {"registration_id": world.registrations[name].pk}
        yield Thing(name, letter, stage, kwargs, frozenset({"registration"}))


def applications(world: World) -> Iterable[Thing]:
    for name in ("a-draft", "a-sent", "a-returned", "a-review", "a-ended", "b-draft", "b-sent", "b-others"):
        letter, stage = _applied(name)
        words = frozenset({"application", "draft" if stage == "draft" else "sent-once"})
        yield Thing(name, letter, stage, {"application_id": world.applications[name].pk}, words)


def sent_applications(world: World) -> Iterable[Thing]:
    return applications(world)


OPENED = {"review": "document_review", "consensus": "consensus", "visit": "site_visit", "voting": "jury"}


def _opened(stage: str, kind: str) -> set[str]:
    still = kind == "condition_check" or OPENED.get(stage) == kind
    return {"opened"} if still else set()


def entries(world: World) -> Iterable[Thing]:
    """Applications in stages: in each cycle the stage it stands at, and one that it left behind."""
    chosen = [("a", "review"), ("a", "consensus"), ("a", "visit"), ("a", "voting"), ("b", "review"), ("b", "consensus")]
    for letter, stage in chosen:
        kind = OPENED[stage]
        entry = Entry.objects.get(run__kind=kind, application=world.applications[f"{letter}-{stage}"])
        words = frozenset({"entry", kind, *_opened(stage, kind)})
        yield Thing(f"{letter}-{stage}", letter, stage, {"entry_id": entry.pk}, words)


def _entries_of(world: World, kind: str, names: tuple[str, ...], also: str = "") -> Iterable[Thing]:
    for name in names:
        letter, stage = _applied(name)
        entry = Entry.objects.get(run__kind=kind, application=world.applications[name])
        words = frozenset({"entry", kind, *_opened(stage, kind), *also.split()})
        yield Thing(name, letter, stage, {"entry_id": entry.pk}, words)


def consensus_entries(world: World) -> Iterable[Thing]:
    return _entries_of(world, "consensus", ("a-consensus", "a-ended", "b-consensus"), "shared")


def visit_entries(world: World) -> Iterable[Thing]:
    return _entries_of(world, "site_visit", ("a-visit", "a-ended", "b-visit"), "shared")


def pairs(world: World) -> Iterable[Thing]:
    for thing in own_books(world):
        kwargs = {"pair_id": thing.kwargs["assignment_id"]}
        yield Thing(thing.name, thing.letter, thing.stage, kwargs, thing.words)


def office_members(world: World) -> Iterable[Thing]:
    for name, letter in (("second", "office"), ("other-secretary", "others")):
        membership = Membership.objects.get(person=world.people[name])
        yield Thing(name, letter, "", {"membership_id": membership.pk})


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
        words = frozenset({"book", "pair", *_opened(stage, "document_review"), *handed_in})
        kwargs = {"assignment_id": world.pairs[f"{name}-{stage}"].pk}
        yield Thing(f"{name}-{stage}", letter, stage, kwargs, words, own=name)


def books(world: World) -> Iterable[Thing]:
    for thing in own_books(world):
        book = Scorebook.objects.filter(assignment=thing.kwargs["assignment_id"]).first()
        if book is not None:
            yield Thing(thing.name, thing.letter, thing.stage, {"book_id": book.pk}, thing.words, thing.own)
    shared = Scorebook.objects.get(run__kind="consensus", application=world.applications["a-consensus"])
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
        words = frozenset({"run", kind, *_opened(stage, kind)})
        yield Thing(f"{stage}-{kind}", "office", stage, {"run_id": run.pk}, words)
    run = StageRun.objects.filter(category=world.plays["others"].category).order_by("position").first()
    if run is not None:
        yield Thing("others", "others", "others", {"run_id": run.pk}, frozenset({"run"}))


def meetings(world: World) -> Iterable[Thing]:
    states = {"visit": "prepared", "voting": "voting", "ended": "closed"}
    for stage, state in states.items():
        words = frozenset({"meeting", state, *_opened(stage, "jury")})
        yield Thing(stage, "office", stage, {"meeting_id": world.plays[stage].meeting.pk}, words)


def lists(world: World) -> Iterable[Thing]:
    for stage in ("noticed", "ended"):
        yield Thing(stage, "office", stage, {"list_id": world.plays[stage].result_list.pk}, frozenset({"list"}))


def public_notices(world: World) -> Iterable[Thing]:
    for stage in ("noticed", "ended"):
        kwargs = {"notice_id": world.plays[stage].result_list.notice.pk}
        yield Thing(stage, "office", stage, kwargs, frozenset({"public-notice"}))


def objections(world: World) -> Iterable[Thing]:
    for stage in ("noticed", "ended"):
        found = Objection.objects.get(notice__result_list=world.plays[stage].result_list)
        yield Thing(stage, "office", stage, {"objection_id": found.pk}, frozenset({"objection"}))


def awards(world: World) -> Iterable[Thing]:
    for letter in "ab":
        award = Award.objects.filter(application=world.applications[f"{letter}-ended"]).first()
        if award is not None:
            yield Thing(f"{letter}-ended", letter, "ended", {"award_id": award.pk})


def certificates(world: World) -> Iterable[Thing]:
    award = Award.objects.select_related("certificate").first()
    yield Thing("a-ended", "a", "ended", {"code": award.certificate.code})


def feedback(world: World) -> Iterable[Thing]:
    for letter in "ab":
        report = FeedbackReport.objects.get(application=world.applications[f"{letter}-ended"])
        yield Thing(f"{letter}-ended", letter, "ended", {"report_id": report.pk})


def experts(world: World) -> Iterable[Thing]:
    yield Thing("expert", "office", "", {"expert_id": world.experts["expert"].pk}, own="expert")


def conflicts(world: World) -> Iterable[Thing]:
    found = world.experts["conflicted"].conflicts.get()
    yield Thing("conflict", "office", "", {"conflict_id": found.pk}, own="conflicted")


def seats(world: World) -> Iterable[Thing]:
    found = world.plays["visit"].cycle.seats.get(person=world.people["juror"])
    yield Thing("juror-visit", "office", "visit", {"seat_id": found.pk}, own="juror")


def editions(world: World) -> Iterable[Thing]:
    """`owned` by the office or by the other one, or by nobody: what the program itself loaded."""
    for name, edition in world.editions.items():
        letter = {"shipped": "nobody's", "waiting": "nobody's", "theirs": "others", "their-draft": "others"}
        owned = {"owned"} if edition.owner else set()
        words = frozenset({"edition", edition.state, *owned})
        yield Thing(name, letter.get(name, "office"), "", {"edition_id": edition.pk}, words)


def nodes(world: World) -> Iterable[Thing]:
    for thing in editions(world):
        node = Node.objects.filter(edition=thing.kwargs["edition_id"]).first()
        yield Thing(thing.name, thing.letter, "", {"node_id": node.pk}, thing.words)


FOUND_BY: dict[str, Finder] = {
    "programmes.queries.cycle_by_slug": cycles,
    "programmes.queries.category_by_id": categories,
    "programmes.queries.phase_by_id": phases,
    "programmes.queries.version_by_id": rules_versions,
    "programmes.queries.programme_by_key": programmes,
    "programmes.queries.notice_by_id": notices,
    "orgs.queries.organisation_by_id": organisations,
    "orgs.queries.office_member_by_id": office_members,
    "zhuoyue.web.expert.views.consensus.consensus_entry": consensus_entries,
    "zhuoyue.web.expert.views.visits.visit_entry": visit_entries,
    "applications.queries.registration_by_id": registrations,
    "review.queries.arrivals.registration_by_id": registrations,
    "applications.queries.application_by_id": applications,
    "review.queries.arrivals.sent_application": sent_applications,
    "review.queries.stages.entry_by_id": entries,
    "review.queries.stages.run_by_id": runs,
    "review.queries.matching.pair_by_id": pairs,
    "review.queries.scores.own_book": own_books,
    "review.queries.scores.scorebook_by_id": books,
    "review.queries.teams.invitation_by_id": invitations,
    "review.queries.jury.meeting_by_id": meetings,
    "review.queries.jury.candidate_by_id": candidates,
    "review.queries.jury.seat_by_id": seats,
    "outcomes.queries.jury_run_of": categories,
    "outcomes.queries.list_by_id": lists,
    "outcomes.queries.notice_by_id": public_notices,
    "outcomes.queries.objection_by_id": objections,
    "outcomes.queries.award_by_id": awards,
    "outcomes.queries.certificate_by_code": certificates,
    "outcomes.queries.feedback_by_id": feedback,
    "experts.queries.expert_by_id": experts,
    "experts.queries.conflict_by_id": conflicts,
    "criteria.queries.edition_by_id": editions,
    "criteria.queries.node_by_id": nodes,
}


def way_of(find: Callable[..., Any]) -> str:
    return f"{find.__module__}.{find.__qualname__}".removeprefix("zhuoyue.domain.")


def absent(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same parameters, naming nothing."""
    return {
        name: uuid.uuid4() if isinstance(value, uuid.UUID) else f"no-{uuid.uuid4()}" for name, value in kwargs.items()
    }
