"""The Shanghai 2021 cycle, step by step, each at its day. A stage of the demonstration is a prefix of the steps."""

from collections.abc import Callable

from zhuoyue.config.demo.applying import register, write
from zhuoyue.config.demo.assessing import assess
from zhuoyue.config.demo.deciding import award, meet, notice
from zhuoyue.config.demo.opening import begin
from zhuoyue.config.demo.play import Play
from zhuoyue.config.demo.reviewing import consensus, review, visit

STEPS: dict[str, Callable[[Play], None]] = {
    "registration": register,
    "application": write,
    "review": review,
    "consensus": consensus,
    "visit": visit,
    "jury": meet,
    "notice": notice,
    "awarded": award,
}


def play_until(stage: str) -> Play:
    """Make the demonstration up to and including `stage`; the clock stands there when it is done."""
    play = begin()
    assess(play)
    for name, step in STEPS.items():
        step(play)
        if name == stage:
            break
    return play
