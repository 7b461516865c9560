from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.criteria.enums import EditionState
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.criteria.queries import points_faults
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.domain.orgs.rules import runs_something
from zhuoyue.kernel.access import HIDDEN, permission


def edition_of(thing: Edition | Node) -> Edition:
    return thing.edition if isinstance(thing, Node) else thing


def works_with_standards(by: Any, _obj: Any) -> bool:
    """The secretariat of any body, and those who watch over one."""
    return bool(organisations_with(by, Duty.SECRETARY, Duty.AUDITOR))


def is_draft(_by: Any, thing: Edition | Node) -> bool:
    return edition_of(thing).state == EditionState.DRAFT


def is_not_frozen(_by: Any, thing: Edition | Node) -> bool:
    return edition_of(thing).state != EditionState.FROZEN


def points_add_up(_by: Any, edition: Edition) -> bool:
    return not points_faults(edition)


IMPORT = permission("criteria.import", (is_signed_in, _("请先登录。")), (runs_something, HIDDEN))
SEE = permission("criteria.see", (is_signed_in, HIDDEN), (works_with_standards, HIDDEN))
EDIT = permission(
    "criteria.edit",
    (is_signed_in, HIDDEN),
    (runs_something, HIDDEN),
    (is_not_frozen, _("已有年度采用这个版本，不能再改；请另立新版本。")),
)
EDIT_NODE = permission(
    "criteria.edit_node",
    (is_signed_in, HIDDEN),
    (runs_something, HIDDEN),
    (is_draft, _("标准已经确认；需要修改请先“重新核对”。")),
)
CONFIRM = permission(
    "criteria.confirm",
    (is_signed_in, HIDDEN),
    (runs_something, HIDDEN),
    (points_add_up, _("有类目的分值与其条目之和不符，请先改正。")),
)
