"""What a stored thing carries in both languages, in the one of the page. Asked here and nowhere else."""

from typing import Any

from zhuoyue.kernel.language import in_english


def titled(thing: Any, name: str = "title") -> str:
    """`thing.title` in the language of the page, or another of its texts; the Chinese one where no other is known."""
    if thing is None:
        return ""
    return str((in_english() and getattr(thing, f"{name}_en", "")) or getattr(thing, name))


def prompted(thing: Any) -> str:
    """What an element of a standard asks, in our own words."""
    return titled(thing, "prompt")
