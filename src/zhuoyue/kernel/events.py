"""News travels upwards: a lower app sends, a higher app's `receivers.py` listens, inside the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Receiver = Callable[..., None]
_declared: set[str] = set()
_receivers: defaultdict[str, list[Receiver]] = defaultdict(list)


class UnknownEventError(LookupError):
    """Sent or awaited under a name that no app declares."""


def event(name: str) -> str:
    _declared.add(name)
    return name


def receiver(name: str) -> Callable[[Receiver], Receiver]:
    """Mark a function of a `receivers.py` as listening to `name`."""

    def listen(function: Receiver) -> Receiver:
        if name not in _declared:
            raise UnknownEventError(name)
        _receivers[name].append(function)
        return function

    return listen


def send(name: str, **facts: Any) -> None:
    """Tell every receiver, in the order they were loaded. A receiver that fails undoes the sender's transaction."""
    if name not in _declared:
        raise UnknownEventError(name)
    for function in _receivers[name]:
        function(**facts)
