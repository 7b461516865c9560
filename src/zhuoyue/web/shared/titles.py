"""Titles that a stored thing carries in both languages, in the one of the page."""

from typing import Protocol

from django.utils.translation import get_language


class Titled(Protocol):
    title: str
    title_en: str


def titled(thing: Titled | None) -> str:
    if thing is None:
        return ""
    english = (get_language() or "").startswith("en")
    return (english and thing.title_en) or thing.title
