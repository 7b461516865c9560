from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zhuoyue.packs.source import RawPath


class Fault(NamedTuple):
    """What is wrong at a place, and the remedy, each in Chinese and English."""

    code: str
    path: RawPath
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class Known:
    """What exists outside the pack; None leaves the matching references unchecked.

    `editions` maps a standard's edition to the codes of its nodes.
    """

    editions: Mapping[str, Collection[str]] | None = field(default=None)
    scoring_models: Collection[str] | None = field(default=None)
