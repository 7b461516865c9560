"""The published notices behind a programme: who issued, transmits or guides them, and whom to ask."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, WithJsonSchema

from zhuoyue.packs.programmes.schema.base import (
    BodyRef,
    Entry,
    Key,
    Model,
    NoticeRef,
    SubmissionRef,
    Text,
    Words,
    pack_error,
)
from zhuoyue.packs.programmes.schema.dates import MomentField


class Attachment(Entry):
    number: int
    kind: Literal["form", "guide", "plan", "case_guide", "notice", "criteria"]
    for_submission: SubmissionRef | None = None
    supplied: bool = True


class Reference(Model):
    """A paper that the notice relies on."""

    key: Key
    title: Words
    number: Words | None = None
    issuers: tuple[Words, ...] = ()


class Transition(Model):
    """Which applications an amendment reaches."""

    applies_to: Literal["all", "filed_after", "not_yet_submitted"]
    note: Text


class Notice(Model):
    """`kind` transmittal: a covering notice that passes another one on; supplement and amendment name theirs too."""

    key: Key
    kind: Literal["original", "transmittal", "supplement", "amendment", "criteria"]
    title: Words
    title_en: Words
    number: Words | None = None
    issuers: tuple[BodyRef, ...] = ()
    sealed_by: BodyRef | None = None
    approved_by: tuple[BodyRef, ...] = ()
    guided_by: tuple[BodyRef, ...] = ()
    author: BodyRef | None = None
    of: NoticeRef | None = None
    signed_on: MomentField | None = None
    published_on: MomentField | None = None
    in_force_from: MomentField | None = None
    to: tuple[BodyRef, ...] = ()
    copy_to: tuple[BodyRef, ...] = ()
    subject_words: tuple[Words, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    basis: tuple[Reference, ...] = ()
    documents: tuple[Reference, ...] = ()
    published_where: Text | None = None
    instruction: Text | None = None
    provisional: bool = False
    transition: Transition | None = None


# a landline: an optional area code, then 7 or 8 digits that do not begin a mobile number
_LANDLINE = r"^(0\d{2,3}-?)?[2-9]\d{6,7}$"


def _read_telephone(value: str) -> str:
    if re.fullmatch(_LANDLINE, value) is None:
        raise pack_error("telephone", f"“{value}”不是办公座机号码", f"“{value}” is not an office landline")
    return value


Telephone = Annotated[str, AfterValidator(_read_telephone), WithJsonSchema({"type": "string", "pattern": _LANDLINE})]


class Contact(Model):
    """An office, never a person: names, mobile numbers and personal mailboxes stay out of a pack."""

    key: Key
    body: BodyRef
    department: Text | None = None
    address: Text | None = None
    telephones: tuple[Telephone, ...] = ()
    fax: tuple[Telephone, ...] = ()
    office_email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    website: Words | None = None
