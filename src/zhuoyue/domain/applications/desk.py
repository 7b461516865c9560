"""An application as the owner of its dossier: who sits at the desk, until when, and what was asked for in a return."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import EditWindow, edit_window
from zhuoyue.domain.applications.rules import EDIT, OWN, SUBMIT
from zhuoyue.domain.dossiers.desk import Desk, Wanted, options_of
from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.domain.dossiers.owners import Owner
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel import access


def application_of(dossier: Dossier) -> Application | None:
    try:
        return dossier.application
    except ObjectDoesNotExist:
        return None


def desk_of(application: Application, by: Any) -> Desk:
    window = edit_window(application)
    refused = access.refusal(EDIT, by, application)
    returned = window.returned
    items = returned.items if returned else []
    return Desk(
        dossier=application.dossier,
        refused="" if refused is None else str(refused.reason),
        waiting=_waiting(window),
        until=window.until,
        last_year=timezone.localtime(application.opened_at).year - 1,
        options=options_of(rules_of(application.rules)),
        wanted=tuple(Wanted(item["part"], item["text"]) for item in items if item.get("part")),
        wanted_at=returned.at if returned else None,
    )


def _waiting(window: EditWindow) -> str:
    if window.may_submit:
        return ""
    return _("已过截止时间") if window.is_late else _("申报开始后可以提交，现在可以先写好")


OWNER = Owner("application", see=OWN, edit=EDIT, go_on=SUBMIT, thing_of=application_of, desk=desk_of)
