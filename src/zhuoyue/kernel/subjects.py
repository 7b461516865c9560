"""What events of the record can be about. Each app declares its kinds of things from its `apps.py`.

    subjects.declare(Kind(Receipt, pgettext_lazy("record", "回执"), ("application__number",), words=...))

Things of all kinds are read in one statement, whatever the number of kinds: columns, never whole rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from zhuoyue.kernel.language import in_english

WIDTH = 8  # columns that a kind may read beside its key


@dataclass(frozen=True, slots=True)
class Thing:
    """The columns of one thing, as text; empty where there is nothing."""

    kind: "Kind"
    columns: dict[str, str]

    def __getitem__(self, path: str) -> str:
        return self.columns[path]

    def titled(self, path: str) -> str:
        """The column in the language of the page, the Chinese one where there is no English."""
        return (in_english() and self.columns[f"{path}_en"]) or self.columns[path]

    def key(self, path: str = "pk") -> UUID:
        return UUID(self.columns[path])

    @property
    def words(self) -> str:
        return self.kind.words(self)

    @property
    def behind(self) -> UUID | None:
        """Whose identity it would tell: nothing of it is said to those from whom that is hidden."""
        return self.key(self.kind.tells_of) if self.kind.tells_of and self.columns[self.kind.tells_of] else None


@dataclass(frozen=True, slots=True)
class Kind:
    """`word` stands for what is gone, or must not be named. `reads`: the columns that its words and its page need.

    `tells_of`: the column with the key of the application that it is, or belongs to.
    """

    model: type[Model]
    word: str | Promise
    reads: tuple[str, ...]
    words: Callable[[Thing], str]
    tells_of: str = ""

    @property
    def name(self) -> str:
        return str(self.model._meta.label_lower)  # noqa: SLF001 - Django's documented model API


_kinds: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    for kind in kinds:
        if kind.name in _kinds:
            raise ValueError(f"the kind {kind.name!r} of things is declared twice")
        if len(kind.reads) > WIDTH:
            raise ValueError(f"{kind.name!r} reads more than {WIDTH} columns")
        _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def kind_of(subject: str) -> Kind | None:
    return _kinds.get(subject.partition(":")[0])


def things_named(subjects: Iterable[str]) -> dict[str, Thing]:
    """Subject (`app.model:id`) -> the thing, in one statement at most; without what is gone or of no known kind."""
    by_kind: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for subject in subjects:
        name, _colon, key = subject.partition(":")
        if name in _kinds:
            by_kind[name][_folded(key)] = subject
    if not by_kind:
        return {}
    first, *others = (_columns(_kinds[name], [*keys.values()]) for name, keys in by_kind.items())
    rows = first.union(*others, all=True) if others else first
    found = {}
    for name, key, *columns in rows:
        kind = _kinds[name]
        read = dict(zip(kind.reads, (text or "" for text in columns), strict=False))
        found[by_kind[name][_folded(key)]] = Thing(kind, {"pk": key, **read})
    return found


def _columns(kind: Kind, subjects: Sequence[str]) -> QuerySet[Any, Any]:
    keys = [subject.partition(":")[2] for subject in subjects]
    paths = [*kind.reads, *[None] * (WIDTH - len(kind.reads))]
    columns = {f"column_{place}": _text(F(path) if path else Value("")) for place, path in enumerate(paths)}
    found = kind.model._default_manager.filter(pk__in=keys).order_by()  # noqa: SLF001 - Django's documented model API
    rows: QuerySet[Any, Any] = found.annotate(column_kind=_text(Value(kind.name)), column_key=_text(F("pk")), **columns)
    return rows.values_list("column_kind", "column_key", *columns)


def _text(value: F | Value) -> Cast:
    return Cast(value, TextField())


def _folded(key: str) -> str:
    """Databases write the same key with and without dashes."""
    return key.replace("-", "")


def joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)
