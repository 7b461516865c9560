"""Two people edit one thing: the second is shown both texts, nothing is overwritten unseen."""

from collections.abc import Mapping
from typing import Any, get_type_hints

from zhuoyue.kernel.records import Record


class StaleError(Exception):
    """The save started from an older version.

    `current` is the stored thing as it stands, `yours` what the person tried to save (field -> value).
    """

    def __init__(self, current: Record, yours: Mapping[str, Any]) -> None:
        super().__init__(f"{current.pk} is at version {current.version}")
        self.current = current
        self.yours = dict(yours)

    @property
    def differences(self) -> dict[str, tuple[Any, Any]]:
        """Field -> (stored, yours), where they differ."""
        pairs = {name: (getattr(self.current, name), value) for name, value in self.yours.items()}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def only(shape: type, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an action as its `TypedDict` names them: nothing else is written by whoever calls it.

    Raises TypeError, as a keyword that no function takes does.
    """
    strange = fields.keys() - get_type_hints(shape).keys()
    if strange:
        raise TypeError(f"unexpected fields: {', '.join(sorted(strange))}")
    return dict(fields)


def save_edit(thing: Record, *, expected: int, fields: Mapping[str, Any]) -> None:
    """Write `fields` if `thing` still stands at version `expected`, in one statement; StaleError otherwise.

    A save that changes nothing against the stored values is accepted whatever its version: the person's text is
    there already.
    """
    model = type(thing)
    changed = model._default_manager.filter(pk=thing.pk, version=expected).update(version=expected + 1, **fields)  # noqa: SLF001 - Django's documented model API
    if not changed:
        current = model._default_manager.get(pk=thing.pk)  # noqa: SLF001 - Django's documented model API
        error = StaleError(current, fields)
        if error.differences:
            raise error
        expected = current.version - 1
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.version = expected + 1
