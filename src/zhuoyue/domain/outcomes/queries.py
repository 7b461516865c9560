from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.domain.outcomes import proofs
from zhuoyue.domain.outcomes.enums import Channel, ListState, NoticeState, ObjectionState
from zhuoyue.domain.outcomes.letters import occasion
from zhuoyue.domain.outcomes.models import Award, Certificate, FeedbackReport, Objection, PublicNotice, ResultList
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import rules_of, stage_rules
from zhuoyue.domain.review.kinds import keys_of
from zhuoyue.domain.review.models import Decision, Meeting, StageRun
from zhuoyue.kernel import clock
from zhuoyue.kernel.mail import OutboxMail
from zhuoyue.packs.programmes.schema.stages import PublicNotice as NoticeRules

_LIST = ("category__cycle__programme__organiser__organisation", "category__cycle__rules", "prepared_by")


def list_by_id(list_id: UUID) -> ResultList | None:
    return ResultList.objects.select_related(*_LIST).filter(pk=list_id).first()


def current_list(category: Category) -> ResultList | None:
    return category.result_lists.select_related(*_LIST).exclude(state=ListState.SUPERSEDED).order_by("-number").first()


def lists_of(category: Category) -> QuerySet[ResultList]:
    return category.result_lists.select_related(*_LIST).order_by("-number")


def notice_rules(category: Category) -> NoticeRules | None:
    """What the rules say of the public notice of a category."""
    rules = rules_of(category.cycle.rules)
    named = next((stage.public_notice for stage in stage_rules(category) if stage.public_notice), None)
    return next((entry for entry in rules.public_notices if entry.key == named), None)


def notice_by_id(notice_id: UUID) -> PublicNotice | None:
    """A public notice that the public may read."""
    return (
        PublicNotice.objects.select_related(
            "result_list__category__cycle__programme__organiser__organisation", "result_list__category__cycle__rules"
        )
        .exclude(state=NoticeState.PREPARED)
        .filter(pk=notice_id)
        .first()
    )


def notices_shown() -> QuerySet[PublicNotice]:
    return (
        PublicNotice.objects.exclude(state=NoticeState.PREPARED)
        .select_related("result_list__category__cycle__programme__organiser__organisation")
        .order_by("-starts_on")
    )


def notices_running() -> QuerySet[PublicNotice]:
    """Those whose last day is not over, whether a worker has ended the others already or not."""
    return notices_shown().filter(state=NoticeState.RUNNING, ends_on__gte=clock.today().date())


def takes_objections(notice: PublicNotice, on: date | None = None) -> bool:
    day = on or clock.today().date()
    allowed = notice.rule.get("objections", True)
    return bool(allowed) and notice.state == NoticeState.RUNNING and day <= notice.ends_on


@dataclass(frozen=True, slots=True)
class CategoryOutcome:
    """How far a category has come on its way from the jury to the roll. `lists`: every version, newest first."""

    category: Category
    run: StageRun
    meeting: Meeting | None
    decided: int
    result_list: ResultList | None
    notice: PublicNotice | None
    open_objections: int
    upheld: bool
    lists: Sequence[ResultList] = ()


def _jury_runs() -> QuerySet[StageRun]:
    """Of each category the stage that gives the tiers: its last one that votes."""
    voting = StageRun.objects.filter(kind__in=keys_of(lambda kind: kind.votes))
    later = voting.filter(category=OuterRef("category"), position__gt=OuterRef("position"))
    return voting.exclude(Exists(later)).select_related(
        "category__cycle__programme__organiser__organisation", "category__cycle__rules", "category__edition"
    )


def outcomes_of_cycle(cycle: Cycle) -> list[CategoryOutcome]:
    """Every category that a jury decides on, in a fixed number of statements."""
    runs = with_results(_jury_runs().filter(category__cycle=cycle))
    return outcomes_of(list(runs.order_by("category__position")))


def jury_run_of(category_id: UUID) -> Any:
    """The jury's stage of a category `with_results`, and how many `released` reports there are, and `read` ones."""
    found = FeedbackReport.objects.filter(application__category=OuterRef("category")).order_by()
    released = found.values("application__category").annotate(n=Count("pk")).values("n")
    runs = with_results(_jury_runs().filter(category=category_id)).annotate(
        released=Coalesce(Subquery(released), 0),
        read=Coalesce(Subquery(released.filter(first_read_at__isnull=False)), 0),
    )
    return runs.first()


def with_results(runs: QuerySet[StageRun]) -> QuerySet[StageRun]:
    """With what `outcomes_of` reads of each: its meeting, the decisions made, the objections that wait."""
    decided = Decision.objects.filter(run=OuterRef("pk")).order_by().values("run")
    waiting = Objection.objects.filter(
        notice__result_list__category=OuterRef("category"), state=ObjectionState.RECEIVED
    ).order_by()
    waiting_there = waiting.values("notice__result_list__category")
    return runs.select_related("meeting").annotate(
        decisions_made=Coalesce(Subquery(decided.annotate(n=Count("pk")).values("n")), 0),
        objections=Coalesce(Subquery(waiting_there.annotate(n=Count("group", distinct=True)).values("n")), 0),
    )


def outcomes_of(runs: Sequence[StageRun]) -> list[CategoryOutcome]:
    """How far the categories of these jury stages are, in one statement; the stages come `with_results`."""
    lists = (
        ResultList.objects.filter(category__in=[run.category_id for run in runs])
        .select_related(*_LIST, "notice")
        .annotate(
            upheld=Exists(Objection.objects.filter(notice__result_list=OuterRef("pk"), state=ObjectionState.UPHELD))
        )
    )
    versions: defaultdict[UUID, list[ResultList]] = defaultdict(list)
    for found in lists.order_by("-number"):
        versions[found.category_id].append(found)
    return [_outcome(run, versions[run.category_id]) for run in runs]


def _outcome(run: Any, lists: Sequence[Any]) -> CategoryOutcome:
    result_list = next((found for found in lists if found.state != ListState.SUPERSEDED), None)
    return CategoryOutcome(
        run.category,
        run,
        getattr(run, "meeting", None),
        run.decisions_made,
        result_list,
        getattr(result_list, "notice", None),
        run.objections,
        bool(result_list is not None and result_list.upheld),
        lists,
    )


def list_put_on_notice(result_list: ResultList) -> PublicNotice | None:
    return PublicNotice.objects.filter(result_list=result_list).first()


def successor_of(result_list: ResultList) -> PublicNotice | None:
    """The notice of a later version of a list that was corrected."""
    return (
        PublicNotice.objects.exclude(state=NoticeState.PREPARED)
        .filter(result_list__category=result_list.category_id, result_list__number__gt=result_list.number)
        .order_by("-result_list__number")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Objections:
    """Equal objections, which one ruling answers: the `first` of them, and how `many`."""

    first: Objection
    many: int


NOT_PROVED = (ObjectionState.UNPROVED, ObjectionState.EXPIRED)


def objections_of(category: Category) -> list[Objections]:
    """To any version of the list, those that wait before those ruled on, then newest first; without the unproved."""
    found = (
        Objection.objects.filter(notice__result_list__category=category)
        .exclude(state__in=NOT_PROVED)
        .select_related("notice__result_list")
        .defer("text", "ruling")
        .order_by("at")
    )
    groups: defaultdict[tuple[Any, ...], list[Objection]] = defaultdict(list)
    for objection in found:
        groups[objection.group, objection.ruled_at].append(objection)
    rows = [Objections(equal[0], len(equal)) for equal in groups.values()]
    newest_first = sorted(rows, key=lambda row: row.first.at, reverse=True)
    return sorted(newest_first, key=lambda row: row.first.ruled_at is not None)


def equal_to(objection: Objection) -> QuerySet[Objection]:
    """It and those that are, or were, ruled on with it, oldest first."""
    return Objection.objects.filter(group=objection.group, ruled_at=objection.ruled_at).exclude(state__in=NOT_PROVED)


def awards_of_cycle(cycle: Cycle) -> QuerySet[Award]:
    return (
        Award.objects.filter(cycle=cycle)
        .select_related("category", "certificate")
        .order_by("category__position", "name")
    )


def reports_of(category: Category) -> dict[str, int]:
    """How many feedback reports are out, and how many of them have been read."""
    found = FeedbackReport.objects.filter(application__category=category)
    return {"released": found.count(), "read": found.filter(first_read_at__isnull=False).count()}


_NOTICE = (
    "notice__result_list__category__cycle__programme__organiser__organisation",
    "notice__result_list__category__cycle__rules",
)


def objection_by_id(objection_id: UUID) -> Objection | None:
    """One that the office may read: it came by them, or its address is proved."""
    return Objection.objects.select_related(*_NOTICE).exclude(state__in=NOT_PROVED).filter(pk=objection_id).first()


def objection_to_prove(objection_id: UUID) -> Objection | None:
    """One made online, proved or not. Whoever knows its id made it, or was written to."""
    return Objection.objects.select_related(*_NOTICE).filter(pk=objection_id, channel=Channel.ONLINE).first()


def letter_to_objector(objection: Objection) -> OutboxMail | None:
    """The newest one."""
    about = OutboxMail.objects.filter(dedupe__startswith=occasion(objection))
    return about.order_by("-created_at").first()


def objection_of_letter(token: str) -> Objection | None:
    return proofs.opened(token)


def objection_by_number(number: str) -> Objection | None:
    return Objection.objects.select_related("notice__result_list").filter(number=number).first()


def award_roll(name: str = "", year: int | None = None, category: str = "") -> QuerySet[Award]:
    """The public roll: by name or certificate number, year, category title."""
    found = Award.objects.select_related("cycle", "category", "certificate").order_by("-given_on", "name")
    if name:
        found = found.filter(name__icontains=name) | found.filter(certificate__number__iexact=name)
    if year is not None:
        found = found.filter(given_on__year=year)
    return found.filter(category__title=category) if category else found


def certificate_by_code(code: str) -> Certificate | None:
    if "\0" in code:  # no database holds such a text, and some refuse to look for it
        return None
    return (
        Certificate.objects.select_related(
            "award__cycle__programme__organiser__organisation", "award__cycle__rules", "award__category"
        )
        .filter(code=code)
        .first()
    )


def award_by_id(award_id: UUID) -> Award | None:
    return (
        Award.objects.select_related(
            "cycle__programme__organiser__organisation",
            "cycle__rules",
            "category",
            "certificate",
            "organisation",
            "application__registration",
        )
        .filter(pk=award_id)
        .first()
    )


def feedback_by_id(report_id: UUID) -> FeedbackReport | None:
    return (
        FeedbackReport.objects.select_related(
            "application__organisation",
            "application__category",
            "application__cycle__programme__organiser__organisation",
        )
        .filter(pk=report_id)
        .first()
    )


def feedback_for_user(person: Any) -> QuerySet[FeedbackReport]:
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return (
        FeedbackReport.objects.filter(application__organisation__in=held)
        .select_related("application__organisation", "application__cycle", "application__category")
        .order_by("-released_at")
    )


def awards_for_user(person: Any) -> QuerySet[Award]:
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return Award.objects.filter(organisation__in=held).select_related("certificate", "cycle").order_by("-given_on")


def roll_choices() -> dict[str, list[Any]]:
    """What the roll can be narrowed to: years, newest first, and categories."""
    rows = Award.objects.order_by().values_list("given_on__year", "category__title").distinct()
    found = set(rows)
    return {
        "years": sorted({year for year, _title in found}, reverse=True),
        "categories": sorted({title for _year, title in found}),
    }
