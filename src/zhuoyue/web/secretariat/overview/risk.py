"""A risk as the page and the weekly report tell it."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from zhuoyue.kernel.language import in_english

HIGH, MIDDLE, LOW = 0, 1, 2
_STATES = ("late", "soon", "draft")


@dataclass(frozen=True, slots=True)
class Risk:
    """`rank`: HIGH, MIDDLE or LOW. `action` is the words of the link to where it is mended."""

    rank: int
    title: str
    note: str
    url: str
    action: str

    @property
    def state(self) -> str:
        """The shape and colour of its badge."""
        return _STATES[self.rank]

    @property
    def level(self) -> str:
        return (pgettext("risk", "高"), pgettext("risk", "中"), pgettext("risk", "低"))[self.rank]


def sentences(*parts: str) -> str:
    """One after the other: Chinese ones need no space between them."""
    return (" " if in_english() else "").join(filter(None, parts))
