import pytest

from zhuoyue.kernel.jobs import registry


@pytest.fixture(autouse=True)
def _own_table(monkeypatch):
    """Jobs and recurring work declared by a test are forgotten after it; nothing else recurs during it."""
    monkeypatch.setattr(registry, "_jobs", dict(registry._jobs))
    monkeypatch.setattr(registry, "_periodic", {})
