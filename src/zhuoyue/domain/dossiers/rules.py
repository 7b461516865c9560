from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.domain.orgs.rules import speaks_for
from zhuoyue.kernel.access import HIDDEN, permission


def belongs_to(by: Any, dossier: Dossier | None) -> bool:
    return dossier is not None and speaks_for(by, dossier.owner)


def is_open(_by: Any, dossier: Dossier) -> bool:
    return dossier.is_open


SEE = permission("dossiers.see", (belongs_to, HIDDEN))
EDIT = permission("dossiers.edit", (belongs_to, HIDDEN), (is_open, _("材料已经提交并锁定；退回补正后才能修改。")))
