"""Serial numbers that people quote: one locked row for each series and scope, without gaps and without counting."""

from django.db import models, transaction
from django.db.models import F

from zhuoyue.kernel.records import subject_of


def draw(series: str, *, scope: models.Model) -> int:
    """The next number of `series` (at most 120 characters) in `scope`, from 1 on. Call it inside a transaction.

    Whoever draws holds the series until their transaction ends; one that is rolled back gives its number back.
    """
    from zhuoyue.kernel.numbers.models import Series  # noqa: PLC0415 - models load after the package

    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is drawn in the transaction that uses it")
    row, _made = Series.objects.get_or_create(name=series, scope=subject_of(scope))
    held = Series.objects.filter(pk=row.pk)
    held.update(last=F("last") + 1)
    return held.values_list("last", flat=True).get()
