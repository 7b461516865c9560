"""The typed form of a programme pack. Unknown keys are errors; every person-facing text is Chinese and English."""

from zhuoyue.packs.programmes.schema.programme import Programme

__all__ = ["Programme"]
