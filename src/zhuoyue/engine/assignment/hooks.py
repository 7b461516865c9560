"""How a long run reports its progress and hears that it should stop."""

from collections.abc import Callable
from dataclasses import dataclass

from zhuoyue.engine.assignment.problem import CancelledError

Progress = Callable[[str, float], None]
"""Called with the name of the stage and the share of it that is done, 0 to 1."""
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Hooks:
    progress: Progress | None = None
    cancel: Cancel | None = None

    def tell(self, stage: str, share: float) -> None:
        """Report, and stop here if the caller wishes."""
        if self.cancel is not None and self.cancel():
            raise CancelledError(f"Cancelled during {stage}.")
        if self.progress is not None:
            self.progress(stage, share)
