"""The desk on which a dossier is written: what its owner knows of it and the page needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.packs.programmes import Programme
from zhuoyue.packs.programmes.schema.base import Entry

Options = Mapping[str, Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a return asks to be changed in a section."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Desk:
    """`refused` says why nothing may be written now, `waiting` why the next step may not be taken; empty: it may.

    `until`: the last moment for writing, None where there is no term. `wanted` was asked for at `wanted_at`.
    `last_year` is the last whole year that a series can tell of. `options`: the lists that fields of the form name.
    """

    dossier: Dossier
    refused: str
    waiting: str
    until: datetime | None
    last_year: int
    options: Options = field(default_factory=dict)
    wanted: tuple[Wanted, ...] = ()
    wanted_at: datetime | None = None

    @property
    def may_write(self) -> bool:
        return not self.refused

    @property
    def may_go_on(self) -> bool:
        return not self.waiting

    def wanted_in(self, section: str) -> list[str]:
        return [wanted.text for wanted in self.wanted if wanted.section == section]


def options_of(rules: Programme) -> Options:
    """The lists of a programme that fields of its forms may name."""
    benchmark = rules.benchmark
    return {
        "benchmark_fields": benchmark.fields if benchmark else (),
        "focus_industries": rules.focus_industries,
        "categories": rules.categories,
    }
