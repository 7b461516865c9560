"""The desk of a dossier as a face mounts it: where its pages stand, what stands around them, and who sits there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from zhuoyue.domain.dossiers.desk import Desk
from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.domain.dossiers.owners import Owner, owner_named
from zhuoyue.domain.dossiers.sections import Section


@dataclass(frozen=True, slots=True)
class Paper:
    """The head and foot of the whole dossier as a document. `title` has one entry a line, `facts` (label, text)."""

    title: Sequence[str]
    name: str
    facts: Sequence[tuple[str, str]]
    stamp: str
    stamp_label: str
    code: str
    note: str = ""


def _no_links(_thing: Any, _snapshot: Snapshot) -> list[tuple[str, str]]:
    return []


@dataclass(frozen=True, slots=True)
class Mount:
    """What a face says of the desk that it mounts with `addresses.desk_addresses`.

    `owner` is the key under which the owning app declared itself. `find` gives the owning thing of an address. `home`
    and `go_on` are names of addresses of the face: the list of tasks, and the next step with its words. `frame` gives
    what stands around a page of a thing, `paper` its document (of the draft, or of what was sent), `links` what a
    version that was sent leads to. `prefix` sets the names of the addresses apart where a face mounts several desks.
    """

    owner: str
    namespace: str
    find: Callable[..., Any]
    home: str
    go_on: str
    go_on_words: str | Promise
    frame: Callable[..., dict[str, Any]]
    paper: Callable[..., Paper]
    links: Callable[[Any, Snapshot], list[tuple[str, str]]] = field(default=_no_links)
    prefix: str = ""

    @property
    def declared(self) -> Owner:
        return owner_named(self.owner)

    def url(self, thing: Any, name: str, *args: Any) -> str:
        """An address of the desk."""
        return reverse(f"{self.namespace}:{self.prefix}{name}", args=[thing.pk, *args])

    def section_url(self, thing: Any, key: str) -> str:
        return f"{_before_key(f'{self.namespace}:{self.prefix}section', thing.pk)}{quote(key)}/"

    def home_url(self, thing: Any) -> str:
        return reverse(f"{self.namespace}:{self.home}", args=[thing.pk])

    def go_on_url(self, thing: Any) -> str:
        return reverse(f"{self.namespace}:{self.go_on}", args=[thing.pk])


@lru_cache(maxsize=1024)
def _before_key(name: str, thing_id: UUID) -> str:
    """The address of any section up to its key: a task list has thirty of them."""
    return reverse(name, args=[thing_id, "-"]).removesuffix("-/")


@dataclass(frozen=True)
class Sitting:
    """A person at the desk of `thing`."""

    mount: Mount
    thing: Any
    desk: Desk

    def url(self, name: str, *args: Any) -> str:
        return self.mount.url(self.thing, name, *args)

    def section_url(self, key: str) -> str:
        return self.mount.section_url(self.thing, key)

    def file_url(self, file_id: Any) -> str:
        return self.url("file", file_id)

    @property
    def list_url(self) -> str:
        return self.mount.home_url(self.thing)

    def frame(self, **context: Any) -> dict[str, Any]:
        return self.mount.frame(self.thing, desk=self.desk, list_url=self.list_url, **context)


@dataclass(frozen=True)
class DeskPage(Sitting):
    """The page of one section among the others."""

    section: Section
    sections: tuple[Section, ...]

    @property
    def number(self) -> int:
        return self.sections.index(self.section) + 1

    @property
    def self_url(self) -> str:
        return self.section_url(self.section.key)

    @property
    def next_url(self) -> str:
        if self.number == len(self.sections):
            return self.url("check")
        return self.section_url(self.sections[self.number].key)


def sitting(mount: Mount, thing: Any, by: Any) -> Sitting:
    return Sitting(mount, thing, mount.declared.desk(thing, by))
