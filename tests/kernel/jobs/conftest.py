import pytest
from django_tasks_db.management.commands import db_worker

from zhuoyue.kernel.jobs import registry, worker


@pytest.fixture(autouse=True)
def _own_table(monkeypatch):
    """Jobs and recurring work declared by a test are forgotten after it; nothing else recurs during it."""
    monkeypatch.setattr(registry, "_jobs", dict(registry._jobs))
    monkeypatch.setattr(registry, "_periodic", {})


@pytest.fixture(autouse=True)
def _connection_kept(monkeypatch):
    """A worker closes connections that have had their time; here that would end the test's own transaction."""
    for module in (worker, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
