"""What a dossier does not take, in words that say what to do."""

from collections.abc import Mapping

from django.utils.translation import get_language, ngettext

from zhuoyue.packs.programmes.schema.base import Text


class ValueRefusedError(Exception):
    """What was given cannot be kept as it is. `errors`: place in the answer or series -> sentence; "" is the whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(dict(errors))
        self.errors = dict(errors)

    def __str__(self) -> str:
        return "".join(dict.fromkeys(self.errors.values()))


class TooManyFilesError(Exception):
    """What is asked takes no more files."""

    def __init__(self, title: Text, most: int) -> None:
        super().__init__(title, most)
        self.title, self.most = title, most

    def __str__(self) -> str:
        return ngettext(
            "“%(title)s”最多上传%(most)s份，请先删除不需要的一份。",
            "“%(title)s”最多上传%(most)s份，请先删除不需要的一份。",
            self.most,
        ) % {"title": self.title.in_language(get_language() or "zh-hans"), "most": self.most}


class UnknownFormatError(Exception):
    """A frozen dossier in a format that this program does not read."""
