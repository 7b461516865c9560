"""Titles and prompts that a stored thing carries in both languages, in the one of the page."""

from typing import Protocol

from django.utils.translation import get_language


class Titled(Protocol):
    title: str
    title_en: str


class Prompted(Protocol):
    prompt: str
    prompt_en: str


def prompted(thing: Prompted | None) -> str:
    """What an element of a standard asks, in our own words; the Chinese ones where no others are known."""
    if thing is None:
        return ""
    english = (get_language() or "").startswith("en")
    return (english and thing.prompt_en) or thing.prompt


def titled(thing: Titled | None) -> str:
    if thing is None:
        return ""
    english = (get_language() or "").startswith("en")
    return (english and thing.title_en) or thing.title
