from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.criteria.enums import EditionState
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.criteria.queries import points_faults
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import OFFICE_DUTIES, has_duty, organisations_with
from zhuoyue.domain.orgs.rules import runs_something
from zhuoyue.kernel.access import HIDDEN, permission


def edition_of(thing: Edition | Node) -> Edition:
    return thing.edition if isinstance(thing, Node) else thing


def works_with_standards(by: Any, _obj: Any) -> bool:
    """The secretariat of any body, and those who watch over one."""
    return bool(organisations_with(by, *OFFICE_DUTIES))


def runs_its_owner(by: Any, thing: Edition | Node) -> bool:
    """What the program itself loaded has no owner: it is the same for every office, and none changes it."""
    owner = edition_of(thing).owner
    return owner is not None and has_duty(by, owner.organisation_id, Duty.SECRETARY)


def is_shown_to(by: Any, edition: Edition | None) -> bool:
    """A draft is its owner's own affair until it is confirmed; one without owner waits for any office to take it on."""
    if edition is None or edition.state != EditionState.DRAFT or edition.owner is None:
        return True
    return has_duty(by, edition.owner.organisation_id, *OFFICE_DUTIES)


def is_draft(_by: Any, thing: Edition | Node) -> bool:
    return edition_of(thing).state == EditionState.DRAFT


def is_not_frozen(_by: Any, thing: Edition | Node) -> bool:
    return edition_of(thing).state != EditionState.FROZEN


def waits_for_an_office(by: Any, edition: Edition) -> bool:
    return edition.owner is None and is_draft(by, edition)


def points_add_up(_by: Any, edition: Edition) -> bool:
    return not points_faults(edition)


IMPORT = permission("criteria.import", (is_signed_in, _("请先登录。")), (runs_something, HIDDEN))
SEE = permission("criteria.see", (is_signed_in, HIDDEN), (works_with_standards, HIDDEN), (is_shown_to, HIDDEN))
# What the operator reads in on the command line has to be reviewed by somebody: the office that takes it on becomes its
# owner, so that whoever changes an edition always answers for it. What is confirmed already waits for nobody.
TAKE_ON = permission(
    "criteria.take_on", (is_signed_in, HIDDEN), (runs_something, HIDDEN), (waits_for_an_office, HIDDEN)
)
EDIT = permission(
    "criteria.edit",
    (is_signed_in, HIDDEN),
    (runs_its_owner, HIDDEN),
    (is_not_frozen, _("已有年度采用这个版本，不能再改；请另立新版本。")),
)
EDIT_NODE = permission(
    "criteria.edit_node",
    (is_signed_in, HIDDEN),
    (runs_its_owner, HIDDEN),
    (is_draft, _("标准已经确认；需要修改请先“重新核对”。")),
)
CONFIRM = permission(
    "criteria.confirm",
    (is_signed_in, HIDDEN),
    (runs_its_owner, HIDDEN),
    (points_add_up, _("有类目的分值与其条目之和不符，请先改正。")),
)
