"""Whom a programme names for questions."""

from typing import Any

from django.utils.translation import get_language

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of


def contacts_of(cycle: Cycle) -> list[dict[str, Any]]:
    language = get_language() or "zh-hans"
    return [
        {
            "department": entry.department.in_language(language) if entry.department else "",
            "address": entry.address.in_language(language) if entry.address else "",
            "telephones": entry.telephones,
            "email": entry.office_email or "",
        }
        for entry in rules_of(cycle.rules).contacts
    ]
