"""Questions that nearly every page asks: put into SQL once, then asked again with other values.

Putting a query of fourteen tables into SQL takes longer than SQLite needs to answer it, and a page asks ten. A
`Prepared` keeps what Django made of a queryset for each connection, and fills the blanks. What comes back is what the
queryset would give: model objects with their joined ones, tuples, or single values.

    MEMBERS = Prepared(lambda: Membership.objects.filter(person=Blank("person", UUIDField())))
    MEMBERS.ask(person=person.pk)
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model, QuerySet, Value

Row = TypeVar("Row")


class Blank(Value):
    """A place in a condition that each asking fills: `field` says how its value is written for the database."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(name, output_field=field)

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def filled(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.value], connection)


class _Kept:
    """A compiler after its work: it stands in the place of one where a queryset's rows are made into objects."""

    def __init__(self, query: Any, connection: Any) -> None:
        self._compiler = query.get_compiler(connection=connection)
        self._sql, self._parameters = self._compiler.as_sql()
        self._converters = self._compiler.get_converters([column[0] for column in self._compiler.select])
        self._connection = connection
        self._values: dict[str, Any] = {}

    def with_values(self, values: dict[str, Any]) -> "_Kept":
        self._values = values
        return self

    def execute_sql(self, *_args: Any, **_options: Any) -> list[list[Any]]:
        filled = [
            each.filled(self._values, self._connection) if isinstance(each, Blank) else each
            for each in self._parameters
        ]
        with self._connection.cursor() as cursor:
            cursor.execute(self._sql, filled)
            return [cursor.fetchall()]

    def results_iter(self, results: Iterable[Any] | None = None, **options: Any) -> Iterator[Any]:
        rows: Iterator[Any] = chain.from_iterable(self.execute_sql() if results is None else results)
        if self._converters:
            rows = self._compiler.apply_converters(rows, self._converters)
        return map(tuple, rows) if options.get("tuple_expected") else rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiler, name)


class Prepared(Generic[Row]):
    """`make` gives the queryset, with `Blank`s where values go; it is called when the question is first asked."""

    def __init__(self, make: "Callable[[], QuerySet[Any, Row]]") -> None:
        self._make = make

    def ask(self, **values: Any) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        prepared = vars(connection).setdefault("prepared", {})  # goes with the connection, which is its thread's own
        if self not in prepared:
            queryset = self._make()
            prepared[self] = queryset, _Kept(queryset.query, connection)
        queryset, kept = prepared[self]
        rows = queryset._iterable_class(_Asked(queryset, kept.with_values(values)))  # noqa: SLF001 - see `_Asked`
        return list(rows)

    def first(self, **values: Any) -> Row | None:
        return next(iter(self.ask(**values)), None)


def hold(one: Model, relation: str, rows: list[Any]) -> None:
    """Let `one.relation.all()` answer with `rows`, as `prefetch_related` leaves it."""
    known = getattr(one, relation).all()
    known._result_cache, known._prefetch_done = rows, True  # noqa: SLF001 - what a prefetch sets
    vars(one).setdefault("_prefetched_objects_cache", {})[relation] = known


class _Asked:
    """What Django's makers of rows look at in a queryset."""

    def __init__(self, queryset: Any, kept: _Kept) -> None:
        self.model = queryset.model
        self.db = DEFAULT_DB_ALIAS
        self.query = _Query(queryset.query, kept)
        self._fields = queryset._fields
        self._known_related_objects: dict[Any, Any] = {}


class _Query:
    def __init__(self, query: Any, kept: _Kept) -> None:
        self._query = query
        self._kept = kept

    def get_compiler(self, *_args: Any, **_options: Any) -> _Kept:
        return self._kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)
