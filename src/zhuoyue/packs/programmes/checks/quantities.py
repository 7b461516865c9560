"""Numbers: places, quotas, teams, copies and targets that contradict each other."""

from collections import Counter
from collections.abc import Iterator

from zhuoyue.packs.programmes.checks.fault import Fault
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.schema.awards import Cap
from zhuoyue.packs.programmes.schema.bodies import Quota
from zhuoyue.packs.source import RawPath


def cap_faults(programme: Programme) -> Iterator[Fault]:
    for index, cap in enumerate(programme.caps):
        path: RawPath = ("caps", index)
        if cap.at_most is None and cap.planned is None and cap.at_least is None:
            yield Fault(
                "cap-empty",
                path,
                f"名额“{cap.title}”没有写数。",
                f"The cap “{cap.title.en}” has no number.",
                "请写 at_most、planned 或 at_least。",
                "Write at_most, planned or at_least.",
            )
        yield from _scope_faults(cap, path)
        limit = cap.at_most
        if limit is not None and max(cap.at_least or 0, sum(place.places for place in cap.reserved)) > limit:
            yield Fault(
                "cap-too-small",
                path,
                f"名额“{cap.title}”的下限或预留名额之和超过上限 {limit}。",
                f"The floor or the reserved places of “{cap.title.en}” exceed its limit of {limit}.",
                "请提高 at_most，或减少 at_least、reserved。",
                "Raise at_most, or lower at_least and reserved.",
            )
    yield from _total_faults(programme)


_SCOPES = {"award": "awards", "tier": "tiers", "category": "categories"}


def _scope_faults(cap: Cap, path: RawPath) -> Iterator[Fault]:
    name = _SCOPES.get(cap.scope)
    stated = {field for field in _SCOPES.values() if getattr(cap, field)}
    if stated != ({name} if name else set()):
        yield Fault(
            "cap-scope",
            (*path, "scope"),
            f"名额“{cap.title}”的范围 {cap.scope} 与所列对象不一致。",
            f"The scope {cap.scope} of “{cap.title.en}” does not match what it lists.",
            f"请用 {name} 列出对象。" if name else "请删去 awards、tiers、categories。",
            f"List its objects in {name}." if name else "Remove awards, tiers and categories.",
        )


def _total_faults(programme: Programme) -> Iterator[Fault]:
    total = min(
        (cap.at_most for cap in programme.caps if cap.scope == "total" and cap.at_most is not None), default=None
    )
    if total is None:
        return
    for index, cap in enumerate(programme.caps):
        if cap.scope != "total" and (cap.at_least or 0) > total:
            yield Fault(
                "cap-too-small",
                ("caps", index, "at_least"),
                f"名额“{cap.title}”的下限超过总名额 {total}。",
                f"The floor of “{cap.title.en}” exceeds the total of {total}.",
                "请降低 at_least，或提高总名额。",
                "Lower at_least, or raise the total.",
            )


def quota_faults(programme: Programme) -> Iterator[Fault]:
    quotas: list[tuple[str, int, Quota | None]] = [
        *(("recommendation", index, level.quota) for index, level in enumerate(programme.recommendation)),
        *(("categories", index, category.quota) for index, category in enumerate(programme.categories)),
    ]
    for name, index, quota in quotas:
        if quota:
            yield from _quota_faults(quota, (name, index, "quota"))


def _quota_faults(quota: Quota, path: RawPath) -> Iterator[Fault]:
    low, high = quota.per_body_at_least, quota.per_body_at_most
    if low is not None and high is not None and low > high:
        yield _range_fault((*path, "per_body_at_least"), low, high)
    shared = sum(allocation.at_most for allocation in quota.allocations)
    if quota.total is not None and quota.allocations and shared != quota.total:
        yield Fault(
            "quota-sum",
            (*path, "total"),
            f"各推荐单位名额之和为 {shared}，与总数 {quota.total} 不符。",
            f"The allocations add up to {shared}, not to the total of {quota.total}.",
            "请改正 total 或各项 at_most。",
            "Correct the total or the allocations.",
        )
    repeated = [
        body for body, times in Counter(allocation.body for allocation in quota.allocations).items() if times > 1
    ]
    if repeated:
        yield Fault(
            "quota-repeated",
            (*path, "allocations"),
            f"推荐单位“{repeated[0]}”分配了两次名额。",
            f"The body “{repeated[0]}” is allocated places twice.",
            "请合并为一项。",
            "Merge the two.",
        )


def _range_fault(path: RawPath, low: int, high: int) -> Fault:
    return Fault(
        "range",
        path,
        f"下限 {low} 大于上限 {high}。",
        f"The lower bound {low} is above the upper bound {high}.",
        "请改正其中一个。",
        "Correct one of them.",
    )


def team_faults(programme: Programme) -> Iterator[Fault]:
    for r, review in enumerate(programme.reviews):
        for s, stage in enumerate(review.stages):
            path: RawPath = ("reviews", r, "stages", s)
            team, ballot = stage.team, stage.ballot
            if team:
                high = team.at_most if team.at_most is not None else max(team.at_least, team.seniors_at_least)
                low = max(team.at_least, team.seniors_at_least)
                if low > high:
                    yield _range_fault((*path, "team", "at_most"), low, high)
            if ballot and (ballot.seats_at_least or 0) > (ballot.seats_at_most or ballot.seats_at_least or 0):
                yield _range_fault(
                    (*path, "ballot", "seats_at_most"), ballot.seats_at_least or 0, ballot.seats_at_most or 0
                )


def tier_faults(programme: Programme) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, award in enumerate(programme.awards):
        ranks = [tier.rank for tier in award.tiers]
        if ranks != sorted(set(ranks)):
            yield Fault(
                "tier-order",
                ("awards", index, "tiers"),
                f"奖项“{award.title}”的等级顺序不是由高到低且互不相同。",
                f"The tiers of “{award.title.en}” are not in order of distinct ranks.",
                "请从 rank: 1 起由高到低排列。",
                "List them from rank: 1 downwards.",
            )
        for number, tier in enumerate(award.tiers):
            if tier.key in seen:
                yield Fault(
                    "duplicate-name",
                    ("awards", index, "tiers", number),
                    f"等级标识“{tier.key}”已用于另一奖项。",
                    f"The tier name “{tier.key}” is used by another award.",
                    "请改名，等级标识在全包内唯一。",
                    "Rename it: tier names are unique in the whole pack.",
                )
        seen |= {tier.key for tier in award.tiers}


def promotion_faults(programme: Programme) -> Iterator[Fault]:
    promotion = programme.promotion
    if promotion is None:
        return
    targets = {target.key: target for target in promotion.targets}
    dates = [milestone.by.until for milestone in promotion.milestones]
    if dates != sorted(dates):
        yield Fault(
            "milestone-order",
            ("promotion", "milestones"),
            "里程碑没有按时间排列。",
            "The milestones are not in order of time.",
            "请按 by 的先后排列。",
            "List them by their date.",
        )
    for index, milestone in enumerate(promotion.milestones):
        target = targets.get(milestone.target or "")
        if target and (milestone.value or 0) > target.value:
            yield Fault(
                "milestone-above-target",
                ("promotion", "milestones", index, "value"),
                f"里程碑 {milestone.value} 超过目标 {target.value}。",
                f"The milestone of {milestone.value} is above its target of {target.value}.",
                "请改正其中一个，或改为所属的目标。",
                "Correct one of them, or name the right target.",
            )
    bases = promotion.bases
    if bases and bases.per_year_at_most is not None and (bases.per_year_at_least or 0) > bases.per_year_at_most:
        yield _range_fault(
            ("promotion", "bases", "per_year_at_least"), bases.per_year_at_least or 0, bases.per_year_at_most
        )
