"""What the rooms share when they say what addresses can name: finders of things, parts of things, and their names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from access.principals import Thing
from access.world import World
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.review.models import Assignment, Entry

Finder = Callable[[World], Iterable[Thing]]
CYCLES = ("open", "review", "ended", "draft", "others")
OPENED = {"review": "document_review", "consensus": "consensus", "visit": "site_visit", "voting": "jury"}


@dataclass(frozen=True)
class Part:
    """A parameter beside those that find the thing.

    `own`: its values for the parts of a thing, none where it has no such part. `every`: the values of the whole world:
    whatever is not the thing's own must answer as not there.
    """

    own: Callable[[World, Thing], Iterable[Any]]
    every: Callable[[World], Iterable[Any]]


def letter_of(stage: str) -> str:
    return "others" if stage == "others" else "office"


def applied(name: str) -> tuple[str, str]:
    """`a-review` -> whose, where."""
    letter, stage = name.split("-", 1)
    return (name, stage) if stage == "others" else (letter, stage)


def opened(stage: str, kind: str) -> set[str]:
    still = kind == "condition_check" or OPENED.get(stage) == kind
    return {"opened"} if still else set()


def application_of(thing: Thing) -> Application:
    for name, model in (("application_id", None), ("assignment_id", Assignment), ("entry_id", Entry)):
        if name in thing.kwargs:
            found = thing.kwargs[name]
            key = model.objects.values_list("application", flat=True).get(pk=found) if model else found
            return Application.objects.select_related("dossier", "snapshot", "category").get(pk=key)
    raise LookupError(thing.name)
