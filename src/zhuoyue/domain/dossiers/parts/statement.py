from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.parts.base import Held, TypedPart, refuse_others
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import StatementPart


class Statement(TypedPart[StatementPart]):
    """Sentences to confirm. Value: statement key -> "yes" or ""."""

    part = StatementPart
    tells_who = False

    def asked(self, part: StatementPart) -> Sequence[Text]:
        return [entry.title for entry in part.statements]

    def text_keys(self, _part: StatementPart) -> tuple[str, ...]:
        return ()

    def clean(self, part: StatementPart, data: Mapping[str, Any]) -> dict[str, Any]:
        keys = [entry.key for entry in part.statements]
        refuse_others(data, keys)
        wrong = [key for key in keys if data.get(key) not in (None, "", "yes")]
        if wrong:
            raise ValueRefusedError({key: _("声明“%(key)s”只能确认或不确认。") % {"key": key} for key in wrong})
        return {key: data.get(key) or "" for key in keys}

    def state(self, part: StatementPart, section: Section, held: Held) -> SectionState:
        missing = [entry for entry in part.statements if held.value.get(entry.key) != "yes"]
        faults = tuple(Fault(section.key, entry.key, "not_confirmed") for entry in missing)
        return SectionState(section, len(part.statements) - len(missing), len(part.statements), faults)
