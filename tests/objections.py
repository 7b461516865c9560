"""Objections as visitors make them: with an address that a letter proves."""

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser

from zhuoyue.domain.outcomes import actions
from zhuoyue.domain.outcomes.models import Objection, PublicNotice
from zhuoyue.domain.outcomes.queries import letter_to_objector

SAID = {
    "name": "王晓明",
    "email": "wang@example.org",
    "contact": "13900000000",
    "employer": "",
    "against": "整份名单",
    "text": "产值与公开年报不符。",
}


def unproved_objection(notice: PublicNotice, **more: Any) -> Objection:
    return actions.make_objection(by=AnonymousUser(), notice=notice, **{**SAID, **more})


def objection_to(notice: PublicNotice, **more: Any) -> Objection:
    """Made, and proved by its letter."""
    made = unproved_objection(notice, **more)
    actions.prove_objection(by=AnonymousUser(), objection=made)
    return made


def digits_of(objection: Objection) -> str:
    found = re.search(r"^\d{6}$", letter_to_objector(objection).text, re.MULTILINE)
    assert found
    return found.group()


def link_of(objection: Objection) -> str:
    """The path of the link in its letter."""
    found = re.search(r"/objections/letter/\S+/", letter_to_objector(objection).text)
    assert found
    return found.group()
