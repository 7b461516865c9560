"""Lists, objections, awards and reports."""

from collections.abc import Iterable

from access.kinds import Finder
from access.principals import Thing
from access.world import World
from zhuoyue.domain.outcomes.models import Award, FeedbackReport, Objection
from zhuoyue.domain.outcomes.proofs import token_of


def lists(world: World) -> Iterable[Thing]:
    for stage in ("noticed", "ended"):
        yield Thing(stage, "office", stage, {"list_id": world.plays[stage].result_list.pk}, frozenset({"list"}))


def public_notices(world: World) -> Iterable[Thing]:
    for stage in ("noticed", "ended"):
        kwargs = {"notice_id": world.plays[stage].result_list.notice.pk}
        yield Thing(stage, "office", stage, kwargs, frozenset({"public-notice"}))


def objections(world: World) -> Iterable[Thing]:
    for stage in ("noticed", "ended"):
        yield Thing(stage, "office", stage, {"objection_id": _counts(world, stage).pk}, frozenset({"objection"}))


def _counts(world: World, stage: str) -> Objection:
    made = Objection.objects.filter(notice__result_list=world.plays[stage].result_list)
    return made.exclude(pk=world.unproved[stage].pk).get()


def objections_to_prove(world: World) -> Iterable[Thing]:
    for stage in ("noticed", "ended"):
        unproved = world.unproved[stage]
        words = frozenset({"unproved"} if stage == "noticed" else {"late"})
        yield Thing(f"{stage}-unproved", "office", stage, {"objection_id": unproved.pk}, words)
        yield Thing(stage, "office", stage, {"objection_id": _counts(world, stage).pk}, frozenset({"objection"}))


def letters_to_objectors(world: World) -> Iterable[Thing]:
    for thing in objections_to_prove(world):
        objection = Objection.objects.get(pk=thing.kwargs["objection_id"])
        yield Thing(thing.name, thing.letter, thing.stage, {"token": token_of(objection)}, thing.words)


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


FOUND_BY: dict[str, Finder] = {
    "outcomes.queries.list_by_id": lists,
    "outcomes.queries.notice_by_id": public_notices,
    "outcomes.queries.objection_by_id": objections,
    "outcomes.queries.objection_to_prove": objections_to_prove,
    "outcomes.queries.objection_of_letter": letters_to_objectors,
    "outcomes.queries.award_by_id": awards,
    "outcomes.queries.certificate_by_code": certificates,
    "outcomes.queries.feedback_by_id": feedback,
}
HOLDERS = {"secretariat:category_results": ("open", "review", "ended", "others")}
