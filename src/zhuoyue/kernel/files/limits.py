"""How much, and of which kinds, one place accepts: data of whoever asks for the file."""

from dataclasses import dataclass

from django.utils.translation import gettext

from zhuoyue.kernel.files.kinds import KINDS

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_bytes` and `kinds` come from data; the rest bounds what a packed file may cost to open.

    `max_ratio` (unpacked bytes per stored byte) is asked only beyond `ratio_from` unpacked bytes: small texts pack
    well and do no harm.
    """

    max_bytes: int
    kinds: tuple[str, ...]
    max_unpacked: int = 256 * MEBIBYTE
    max_ratio: int = 200
    ratio_from: int = 8 * MEBIBYTE
    max_entries: int = 2000
    max_pixels: int = 100_000_000

    def __post_init__(self) -> None:
        unknown = [kind for kind in self.kinds if kind not in KINDS]
        if unknown or not self.kinds:
            raise ValueError(f"unknown kinds of file: {', '.join(unknown) or 'none given'}; known: {', '.join(KINDS)}")
        if self.max_bytes <= 0:
            raise ValueError("max_bytes must be above zero")

    @property
    def accepted(self) -> str:
        """For people: what may be sent."""
        return gettext("、").join(str(KINDS[kind].words) for kind in self.kinds)
