from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.web.shared.titles import titled


def frame(organisation: Organisation | None = None, organiser: str = "", **context: Any) -> dict[str, Any]:
    """What every page of the applicant shows around its content."""
    subtitle = _("　").join(part for part in (_("卓越"), organiser) if part)
    return {
        "nav": [
            {"label": _("待办"), "url": reverse("applicant:home")},
            {"label": _("我的申报"), "url": reverse("applicant:applications")},
            {"label": _("自我评价"), "url": reverse("applicant:assessments")},
            {"label": _("反馈报告"), "url": reverse("applicant:feedback")},
            {"label": _("可报名的项目"), "url": reverse("applicant:open")},
        ],
        "brand": {
            "title": organisation.name if organisation else _("申报单位"),
            "subtitle": subtitle,
            "url": reverse("applicant:home"),
        },
        "organiser": organiser,
        **context,
    }


def frame_of(organisations: Iterable[Organisation], **context: Any) -> dict[str, Any]:
    """The frame of a page about all that is one's own; it bears the name of the organisation where it is but one."""
    own = {organisation.pk: organisation for organisation in organisations}
    return frame(next(iter(own.values())) if len(own) == 1 else None, **context)


def of_application(application: Any, **context: Any) -> dict[str, Any]:
    organiser = application.cycle.programme.organiser.organisation.name
    crumbs = [
        {"label": _("我的申报"), "url": reverse("applicant:applications")},
        {
            "label": f"{titled(application.category)} {application.number}",
            "url": reverse("applicant:application", args=[application.pk]),
        },
    ]
    return frame(application.organisation, organiser, application=application, crumbs=crumbs, **context)
