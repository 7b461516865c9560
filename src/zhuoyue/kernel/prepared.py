"""Questions that nearly every page asks: put into SQL once, then asked again with other values.

Putting a query of fourteen tables into SQL takes longer than SQLite needs to answer it, and a page asks ten. A
`Prepared` keeps what Django made of a queryset, and fills the blanks. What comes back is what the queryset would
give: model objects with their joined ones, tuples, or single values.

    MEMBERS = Prepared(lambda: Membership.objects.filter(person=Blank("person", UUIDField())))
    MEMBERS.ask(person=person.pk)
"""

from collections.abc import Callable, Iterable
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


class Prepared(Generic[Row]):
    """`make` gives the queryset, with `Blank`s where values go; it is called when the question is first asked."""

    def __init__(self, make: "Callable[[], QuerySet[Any, Row]]") -> None:
        self._make = make
        self._question: _Question | None = None  # the same for every thread: all of them ask one database

    def ask(self, **values: Any) -> list[Row]:
        if self._question is None:
            self._question = _Question(self._make())
        return list(self._question.rows(values))

    def first(self, **values: Any) -> Row | None:
        return next(iter(self.ask(**values)), None)


def hold(one: Model, relation: str, rows: list[Any]) -> None:
    """Let `one.relation.all()` answer with `rows`, as `prefetch_related` leaves it."""
    known = getattr(one, relation).all()
    known._result_cache, known._prefetch_done = rows, True  # noqa: SLF001 - what a prefetch sets
    vars(one).setdefault("_prefetched_objects_cache", {})[relation] = known


class _Question:
    """A queryset after its compiler's work."""

    def __init__(self, queryset: Any) -> None:
        # a connection that is never opened: the thread that asks first may end, and its own should end with it
        connection = connections.create_connection(DEFAULT_DB_ALIAS)
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(connection=connection)
        self._sql, self._parameters = self.compiler.as_sql()
        self._converters = self.compiler.get_converters([column[0] for column in self.compiler.select])

    def rows(self, values: dict[str, Any]) -> Iterable[Any]:
        """Model objects or tuples, by Django's own makers of rows."""
        rows: Iterable[Any] = self.queryset._iterable_class(_Asked(self, values))  # noqa: SLF001 - see `_Asked`
        return rows

    def answer(self, values: dict[str, Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        filled = [each.filled(values, connection) if isinstance(each, Blank) else each for each in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, filled)
            return list(cursor.fetchall())

    def converted(self, rows: Iterable[Any]) -> Iterable[Any]:
        converted: Iterable[Any] = self.compiler.apply_converters(rows, self._converters)
        return converted


class _Asked:
    """What Django's makers of rows look at: a queryset, its query and the compiler, in one."""

    def __init__(self, question: _Question, values: dict[str, Any]) -> None:
        self._question = question
        self._values = values
        self.query = self
        self.model = question.queryset.model
        self.db = DEFAULT_DB_ALIAS
        self._fields = question.queryset._fields
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, *_args: Any, **_options: Any) -> "_Asked":
        return self

    def execute_sql(self, *_args: Any, **_options: Any) -> list[Any]:
        return self._question.answer(self._values)

    def results_iter(
        self, results: list[Any] | None = None, *, tuple_expected: bool = False, **_options: Any
    ) -> Iterable[Any]:
        rows = self._question.converted(self.execute_sql() if results is None else results)
        return map(tuple, rows) if tuple_expected else rows

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked: of the compiler what it found (columns, classes), of the query what it wants."""
        compiler = self._question.compiler
        return getattr(compiler, name) if name in _OF_COMPILER else getattr(compiler.query, name)


_OF_COMPILER = frozenset({"select", "klass_info", "annotation_col_map", "connection"})
