"""Pages of long lists, each read in one statement."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value

FURTHEST = 10**6  # pages; no database takes an offset of any length


def page_with_total(found: QuerySet[Any], page: int, size: int) -> tuple[list[Any], int]:
    """One page of rows and how many there are in all, in one statement; the last page where `page` is beyond it."""
    start = min(max(page, 1) - 1, FURTHEST) * size
    rows = _rows(found, start, size)
    if rows or not start:
        return rows, rows[0].in_all if rows else 0
    total = found.count()
    return (_rows(found, (total - 1) // size * size, size), total) if total else ([], 0)


def _rows(found: QuerySet[Any], start: int, size: int) -> list[Any]:
    """Rows from `start` on. Ordered and counted by their keys alone, so that only those shown are read whole."""
    shown = found.values("pk")[start : start + size]
    in_all = found.order_by().values(_all=Value(1)).annotate(number_of=Count("pk")).values("number_of")
    return list(found.filter(pk__in=shown).annotate(in_all=Subquery(in_all, output_field=IntegerField())))
