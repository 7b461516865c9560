"""Serial numbers: a locked row for each series and scope, whoever else draws at that moment."""

from contextlib import suppress
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import OperationalError, connection, transaction
from tests.factories import body

from zhuoyue.kernel.numbers import draw
from zhuoyue.kernel.numbers.models import Series


@pytest.mark.django_db
def test_every_series_of_every_scope_counts_by_itself():
    one, two = body(), body()
    drawn = [draw(series, scope=scope) for scope in (one, two, one) for series in ("a", "b", "a")]
    assert drawn == [1, 1, 2, 1, 1, 2, 3, 2, 4]


@pytest.mark.django_db
def test_ten_thousand_is_followed_by_the_next():
    one = body()
    draw("a", scope=one)
    for last in (9_999, 10_000, 99_999, 100_000):
        Series.objects.update(last=last)
        assert draw("a", scope=one) == last + 1


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_gap():
    one = body()

    def fail():
        with transaction.atomic():
            draw("a", scope=one)
            raise LookupError

    for _time in range(2):
        with pytest.raises(LookupError):
            fail()
    assert draw("a", scope=one) == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_none_is_drawn():
    one = body()
    with pytest.raises(transaction.TransactionManagementError):
        draw("a", scope=one)


def drawn_when_free(scope):
    """The database of the tests lies in memory on SQLite, where nobody waits for a lock: ask again instead."""
    for _attempt in range(5_000):
        with suppress(OperationalError), transaction.atomic():
            return draw("a", scope=scope)
        sleep(0.001)
    raise TimeoutError


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_never_draw_the_same():
    scopes, found, start = [body(), body()], [], Barrier(4)

    def write():
        start.wait()
        try:
            found.extend((turn % 2, drawn_when_free(scopes[turn % 2])) for turn in range(10))
        finally:
            connection.close()

    writers = [Thread(target=write) for _writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(found) == [(scope, number) for scope in (0, 1) for number in range(1, 21)]
