"""What an objection may be against: one of the list, or the list as a whole. Stored in words that no language turns."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WHOLE_LIST = "整份名单"


def against_choices(names: Sequence[str]) -> list[tuple[str, str | Promise]]:
    return [("", gettext_lazy("请选择")), *((name, name) for name in names), (WHOLE_LIST, gettext_lazy("整份名单"))]


def against_words(against: str) -> str:
    return _("整份名单") if against == WHOLE_LIST else against
