"""What keeps an application from going on, with what to do about it."""

from zhuoyue.domain.dossiers.checks import Fault


class IncompleteError(Exception):
    """A submission with sections missing or over their limits."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class AlreadyRegisteredError(Exception):
    """The organisation has registered for this category (and subject) before."""
