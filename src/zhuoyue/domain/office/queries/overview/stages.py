"""Each stage of a cycle: its books, its teams, the pace of its examiners, and how far they lie apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhuoyue.domain.office.queries.overview.facts import Apart, Examiner, Pair, Slow, StageFacts, Unversed
from zhuoyue.domain.programmes.queries import category_rules, rules_of
from zhuoyue.domain.review.enums import StageState, TeamRole
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.graph import predecessors_of
from zhuoyue.domain.review.queries.scores import scales_of
from zhuoyue.domain.review.queries.stages import is_entrance, settings_of
from zhuoyue.engine import pace
from zhuoyue.engine.cuts import rule_from_data
from zhuoyue.engine.cuts.bounds import most
from zhuoyue.packs.programmes import cap_labels, cut_data

Work = Sequence[tuple[Examiner, Pair]]
FEWEST_COMPARED = 3  # applications, before a difference is anybody's habit
FAR = Decimal(8)  # in percent of the scale, on average over the items


def stages_of(
    runs: Sequence[StageRun],
    examiners: Sequence[Examiner],
    rows: Sequence[dict[str, Any]],
    coming: Mapping[str, int | None],
    today: date,
) -> list[StageFacts]:
    """`coming`: category key -> how many may still come into its review, None where nobody can say."""
    bounds = _bounds(runs, coming)
    found = []
    for run in runs:
        work = [(one, pair) for one in examiners for pair in one.pairs if pair.run == run.pk]
        found.append(_facts(run, work, examiners, rows, bounds[run.pk], today))
    return found


def _facts(
    run: Any,
    work: Work,
    examiners: Sequence[Examiner],
    rows: Sequence[dict[str, Any]],
    bound: tuple[int | None, int | None],
    today: date,
) -> StageFacts:
    teams: defaultdict[UUID, list[Pair]] = defaultdict(list)
    for _one, pair in work:
        teams[pair.application].append(pair)
    own_team = run.nature.own_books
    rule = settings_of(run).team if own_team else None
    wanted = rule.at_least if rule is not None else 1 if own_team else 0
    load = rule.load_at_most if rule is not None else None
    full = sum(len(team) >= wanted for team in teams.values())
    led = sum(any(pair.role == TeamRole.LEADER for pair in team) for team in teams.values())
    serving = [one for one in examiners if one.serves]
    running = run.state == StageState.OPEN
    opened = _day(run.opened_at)
    return StageFacts(
        run=run,
        entered=run.entered,
        through=run.through,
        stopped=run.stopped,
        books=len(work),
        submitted=sum(pair.is_in for _one, pair in work),
        judged=sum(all(pair.is_in for pair in team) for team in teams.values()),
        short=max(0, run.entered - full) if own_team else 0,
        unled=max(0, len(teams) - led) if rule is not None and rule.leader else 0,
        needed=run.entered * wanted,
        team=wanted,
        spare=sum(one.spare(run.pk, load) > 0 for one in serving) if own_team and running else 0,
        opened=opened,
        decided=_day(run.decided_at),
        finishes=_finishes(work, opened, today) if running else None,
        most_in=bound[0],
        most_through=bound[1],
        unversed=tuple(_unversed(run, work, serving, rows, load)) if own_team and running else (),
        slow=tuple(_slow(run, work, today)) if running else (),
        apart=tuple(_apart(run, work)),
    )


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment is not None else None


# ---- pace


def _finishes(work: Work, opened: date | None, today: date) -> date | None:
    """The day on which all scorebooks will be in at the pace so far."""
    came_on = [day for _one, pair in work if pair.is_in and (day := _day(pair.submitted_at)) is not None]
    since = opened or min((_day(pair.assigned_at) or today for _one, pair in work), default=today)
    return pace.last_day(len(came_on), len(work), since=since, today=today, came_on=came_on)


def _slow(run: Any, work: Work, today: date) -> Iterable[Slow]:
    """Whose items will not all be done by the last day; whoever has not begun when half the time is over."""
    due = _day(run.due_at)
    if due is None or due < today or not run.items:
        return
    mine: defaultdict[UUID, list[tuple[Examiner, Pair]]] = defaultdict(list)
    for one, pair in work:
        mine[one.expert].append((one, pair))
    for pairs in mine.values():
        left = sum(not pair.is_in for _one, pair in pairs)
        since = _day(min(pair.assigned_at for _one, pair in pairs)) or today
        done = sum(run.items if pair.is_in else min(pair.done, run.items) for _one, pair in pairs)
        until = pace.last_day(done, run.items * len(pairs), since=since, today=today)
        idle = not done and (today - since).days >= pace.FEWEST_DAYS and (today - since) * 2 >= due - since
        if left and (idle or (until is not None and until > due)):
            yield Slow(pairs[0][0].name, left, until)


# ---- teams


def _section(code: str) -> str:
    """The letter that begins a code of GB/T 4754; empty where what is stored is no such code."""
    first = code[:1].upper()
    return first if "A" <= first <= "T" else ""


def _unversed(
    run: Any, work: Work, serving: Sequence[Examiner], rows: Sequence[dict[str, Any]], load: int | None
) -> Iterable[Unversed]:
    """Teams that hold nobody from the applicant's section. Silent where no examiner's industries are known."""
    known = {one.expert: {_section(code) for code in one.industries} - {""} for one in serving}
    if not any(known.values()):
        return
    teams: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one, pair in work:
        teams[pair.application].add(one.expert)
    lacking: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        section, team = _section(row["organisation__industry"]), teams.get(row["application"])
        if row["judged_in"] == run.pk and section and team and all(section not in known.get(one, ()) for one in team):
            lacking[section].append(row)
    for section, found in sorted(lacking.items()):
        free = sum(section in known[one.expert] and one.spare(run.pk, load) > 0 for one in serving)
        yield Unversed(section, tuple(sorted(row["application__number"] for row in found)), free)


# ---- how far apart


def _full(run: StageRun) -> Decimal | None:
    """The whole scale, where all items are scored on the same; None where each item has points of its own."""
    scales = scales_of(run)
    fulls = {scales.model_of(kind).full for kind in ("process", "results")} if all(scales) else set()
    return next(iter(fulls)) if len(fulls) == 1 else None


def _apart(run: StageRun, work: Work) -> Iterable[Apart]:
    """Told only when every scorebook is in, so that nobody is steered while they judge."""
    if not run.nature.own_books or not work or not all(pair.is_in for _one, pair in work):
        return
    full = _full(run)
    if full is None:
        return
    teams: defaultdict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    names: dict[UUID, str] = {}
    for one, pair in work:
        if pair.mean is not None:
            teams[pair.application][one.expert] = Decimal(pair.mean) * 100 / full
            names[one.expert] = one.name
    found: defaultdict[UUID, list[Decimal]] = defaultdict(list)
    for team in teams.values():
        if len(team) > 1:
            middle = sum(team.values(), Decimal(0)) / len(team)
            for expert, value in team.items():
                found[expert].append(value - middle)
    for expert, gaps in found.items():
        difference = sum(gaps, Decimal(0)) / len(gaps)
        if len(gaps) >= FEWEST_COMPARED and abs(difference) >= FAR:
            yield Apart(names[expert], difference, len(gaps))


# ---- the most that can get so far


def _bounds(runs: Sequence[Any], coming: Mapping[str, int | None]) -> dict[UUID, tuple[int | None, int | None]]:
    """Stage -> how many may get into it, and beyond it: those of the stages before, less what its rule stops."""
    found: dict[UUID, tuple[int | None, int | None]] = {run.pk: (None, None) for run in runs}
    reaching: dict[tuple[UUID, str], int | None] = {}
    for run in runs:
        if is_entrance(run):
            continue
        new = coming[run.category.key]
        first = None if new is None else new + run.entered
        before = [
            reaching[run.category_id, key]
            for key in predecessors_of(run.category)[run.key]
            if (run.category_id, key) in reaching
        ]
        into = min((most for most in before if most is not None), default=None) if before else first
        left = None if into is None else max(into, run.entered) - run.stopped
        ended = run.state == StageState.DECIDED
        found[run.pk] = (run.entered, run.through) if ended else (into, _most_through(run, left))
        reaching[run.category_id, run.key] = found[run.pk][1]
    return found


def _most_through(run: StageRun, candidates: int | None) -> int | None:
    rules = rules_of(run.category.cycle.rules)
    data = cut_data(rules, settings_of(run))
    if data is None:
        return candidates
    category = category_rules(run.category)
    award = next((entry for entry in rules.awards if entry.key == category.award), None)
    tier = award.tiers[0].key if award is not None and len(award.tiers) == 1 else None
    labels = cap_labels(rules, award=category.award, tier=tier, category=category.key)
    return most(rule_from_data(data), candidates, labels)
