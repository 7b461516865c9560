from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Membership, Organisation
from zhuoyue.domain.orgs.queries import has_duty, organisations_with
from zhuoyue.kernel.access import HIDDEN, permission

APPLICANT_DUTIES = (Duty.REPRESENTATIVE, Duty.MEMBER)


def speaks_for(by: Any, organisation: Organisation | None) -> bool:
    return organisation is not None and has_duty(by, organisation.pk, *APPLICANT_DUTIES)


def applies_for_someone(by: Any, _obj: Any) -> bool:
    return bool(organisations_with(by, *APPLICANT_DUTIES))


def recommends_somewhere(by: Any, _obj: Any) -> bool:
    return bool(organisations_with(by, Duty.OFFICER))


def runs_something(by: Any, _obj: Any) -> bool:
    return bool(organisations_with(by, Duty.SECRETARY))


def works_in(by: Any, thing: Organisation | Membership) -> bool:
    """Runs the office that the organisation is, or that the duty is in."""
    organisation_id = thing.organisation_id if isinstance(thing, Membership) else thing.pk
    return has_duty(by, organisation_id, Duty.SECRETARY)


REGISTER_ORGANISATION = permission("orgs.register_organisation", (is_signed_in, _("请先登录。")))
EDIT_ORGANISATION = permission("orgs.edit_organisation", (speaks_for, HIDDEN))
BE_APPLICANT = permission("orgs.be_applicant", (applies_for_someone, _("您还没有代表任何单位。请先登记单位。")))
BE_RECOMMENDER = permission("orgs.be_recommender", (recommends_somewhere, HIDDEN))
BE_SECRETARIAT = permission("orgs.be_secretariat", (runs_something, HIDDEN))
MANAGE_OFFICE = permission("orgs.manage_office", (is_signed_in, HIDDEN), (works_in, HIDDEN))
