"""What can be won: kinds with ordered tiers, caps at several scopes, and what follows from an award."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from zhuoyue.packs.programmes import number_format
from zhuoyue.packs.programmes.schema.base import (
    AwardRef,
    BodyRef,
    CategoryRef,
    ConditionRef,
    Count,
    Entry,
    KindRef,
    Model,
    Positive,
    Text,
    TierRef,
    pack_error,
)
from zhuoyue.packs.programmes.schema.dates import Anchor, Date

Amount = Annotated[Decimal, Field(ge=0, strict=False)]


class Prize(Model):
    """Recorded, never collected."""

    amount: Amount
    currency: str = "CNY"
    winners: tuple[KindRef, ...] = ()
    paid_by: BodyRef | None = None
    matched_by: BodyRef | None = None
    earmarked_for: Text | None = None


class Tier(Entry):
    """`rank` 1 is the highest."""

    rank: Positive
    prizes: tuple[Prize, ...] = ()


class Award(Entry):
    applicant_kinds: tuple[KindRef, ...] = Field(min_length=1)
    tiers: tuple[Tier, ...] = Field(min_length=1)
    level_given_may_differ: bool = False


class Reserved(Entry):
    """Places kept inside a cap for one group, told by a named fact or an applicant kind."""

    places: Positive
    applicant_kind: KindRef | None = None
    condition: ConditionRef | None = None


class Exemption(Entry):
    """Awards that do not count against the cap."""

    condition: ConditionRef | None = None


class Cap(Entry):
    """A limit on awards in one scope. `planned` is an intention of the notice, not yet a limit."""

    scope: Literal["total", "award", "tier", "category", "body", "region", "industry"]
    awards: tuple[AwardRef, ...] = ()
    tiers: tuple[TierRef, ...] = ()
    categories: tuple[CategoryRef, ...] = ()
    at_most: Count | None = None
    planned: Count | None = None
    at_least: Count | None = None
    may_stay_vacant: bool = True
    reserved: tuple[Reserved, ...] = ()
    exempt: tuple[Exemption, ...] = ()


class Bar(Model):
    years: Positive | None = None
    editions: Positive | None = None
    for_life: bool = False


class Validity(Model):
    """`renewal`: a short dossier may prolong it. Without years and editions it does not end."""

    years: Positive | None = None
    editions: Positive | None = None
    anchor: Anchor = "award_signed"
    renewal: bool = False


class Reapplication(Entry):
    tiers: tuple[TierRef, ...] = ()
    bar: Bar | None = None
    anchor: Anchor = "award_signed"
    outside_cap: bool = False
    certificate_only: bool = False


class Duty(Entry):
    owed_by: Literal["winner", "applicant", "recommending_body", "organiser"]
    tiers: tuple[TierRef, ...] = ()
    at_least: Positive | None = None
    per_years: Positive | None = None
    for_years: Positive | None = None
    voluntary: bool = False


class Revocation(Entry):
    within_years: Positive | None = None
    bar: Bar | None = None
    publish: bool = True


def _read_number_format(value: str) -> str:
    fault = number_format.fault_of(value)
    if fault is not None:
        raise pack_error("number-format", *fault)
    return value


NumberFormat = Annotated[str, AfterValidator(_read_number_format)]


class Certificate(Model):
    """`number_format` holds {serial} or {serial:04}, and may hold {programme}, {year}, {category} in capitals."""

    title: Text
    number_format: NumberFormat
    signed_by: tuple[BodyRef, ...] = ()


class Announcement(Entry):
    """Publication through `channels`."""

    start: Date | None = None
    end: Date | None = None
    by: BodyRef | None = None
    channels: tuple[Text, ...] = ()


class Recognition(Model):
    announcement: Announcement | None = None
    ceremony: tuple[Entry, ...] = ()
    certificate: Certificate | None = None
    validity: Validity | None = None
    reapplication: tuple[Reapplication, ...] = ()
    duties: tuple[Duty, ...] = ()
    revocation: tuple[Revocation, ...] = ()
    recommended_to: tuple[Entry, ...] = ()
    commendations: tuple[Entry, ...] = ()
    publicity: tuple[Entry, ...] = ()
