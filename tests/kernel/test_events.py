import pytest

from zhuoyue.kernel import events


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(events, "_declared", set())
    monkeypatch.setattr(events, "_receivers", events.defaultdict(list))


def test_receivers_hear_in_the_order_they_were_loaded():
    events.event("x")
    heard = []
    events.receiver("x")(lambda *, n: heard.append(("first", n)))
    events.receiver("x")(lambda *, n: heard.append(("second", n)))
    events.send("x", n=1)
    assert heard == [("first", 1), ("second", 1)]


def test_an_undeclared_event_is_neither_sent_nor_awaited():
    with pytest.raises(events.UnknownEventError):
        events.send("y")
    with pytest.raises(events.UnknownEventError):
        events.receiver("y")(print)
