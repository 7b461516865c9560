from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.db import connection

from zhuoyue.kernel import durability

pytestmark = pytest.mark.django_db(transaction=True)


class Cursor:
    """Answers as a database with given settings would."""

    def __init__(self, answers):
        self.answers = answers

    def execute(self, statement):
        self.asked = statement.split()[-1]

    def fetchone(self):
        return [self.answers[self.asked]]


class Connection:
    def __init__(self, vendor, answers, **settings):
        self.vendor = vendor
        self.answers = answers
        self.settings_dict = settings

    def cursor(self):
        return nullcontext(Cursor(self.answers))


SOUND = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
IMMEDIATE = {"OPTIONS": {"transaction_mode": "IMMEDIATE"}}


def faults(monkeypatch, vendor, answers, **settings):
    monkeypatch.setattr(durability, "connections", {"x": Connection(vendor, answers, **settings)})
    return durability.faults_of("x")


def test_the_tests_own_database_keeps_its_word():
    assert durability.faults_of(connection.alias) == []
    assert durability.check_durability(databases=[connection.alias]) == []
    assert durability.check_durability() == []


@pytest.mark.parametrize(("name", "value"), [("journal_mode", "delete"), ("synchronous", 1), ("foreign_keys", 0)])
def test_a_setting_that_loses_acknowledged_work_is_named(monkeypatch, name, value):
    found = faults(monkeypatch, "sqlite", {**SOUND, name: value}, **IMMEDIATE)
    assert found == [f"PRAGMA {name} is {value}, must be {durability.EXPECTED[name][0]}"]


def test_transactions_must_begin_with_the_write_lock_and_belong_to_actions(monkeypatch):
    assert len(faults(monkeypatch, "sqlite", SOUND, ATOMIC_REQUESTS=True)) == 2


@pytest.mark.parametrize(("value", "number"), [("on", 0), ("off", 1)])
def test_postgresql_must_commit_to_the_disk(monkeypatch, value, number):
    assert len(faults(monkeypatch, "postgresql", {"synchronous_commit": value})) == number


def test_only_sqlite_has_a_log_to_be_emptied(monkeypatch):
    asked = []
    cursor = SimpleNamespace(execute=asked.append)
    for vendor in ("sqlite", "postgresql"):
        held = SimpleNamespace(vendor=vendor, cursor=lambda: nullcontext(cursor))
        monkeypatch.setattr(durability, "connection", held)
        durability.empty_log()
    assert asked == ["PRAGMA wal_checkpoint(TRUNCATE)"]
