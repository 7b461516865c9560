from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.domain.dossiers.owners import owner_of
from zhuoyue.kernel import access
from zhuoyue.kernel.access import HIDDEN, permission


def is_shown_by_its_owner(by: Any, dossier: Dossier | None) -> bool:
    """The owning app decides who sits at the desk of its dossiers."""
    if dossier is None:
        return False
    owner = owner_of(dossier)
    return access.allowed(owner.see, by, owner.thing_of(dossier))


def is_open(_by: Any, dossier: Dossier) -> bool:
    return dossier.is_open


SEE = permission("dossiers.see", (is_shown_by_its_owner, HIDDEN))
EDIT = permission(
    "dossiers.edit", (is_shown_by_its_owner, HIDDEN), (is_open, _("材料已经提交并锁定；退回补正后才能修改。"))
)


def check_writing(by: Any, dossier: Dossier) -> None:
    """Raises RefusedError, in the owner's words where the owner refuses (too late, not yours, sent already)."""
    owner = owner_of(dossier)
    access.check(owner.edit, by, owner.thing_of(dossier))
    access.check(EDIT, by, dossier)
