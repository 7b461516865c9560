"""Finding by name or number, at one address for every role: Ctrl K leads here, and it works without script."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuoyue.domain.review.queries.finding import SHORTEST, Findings, found_for
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.shared.roles import roles_of

LONGEST = 60
Row = dict[str, str]


@page(SIGNED_IN)
def find(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:LONGEST]
    places = [*roles_of(request), *_places()]
    pages = [place for place in places if not asked or asked.lower() in place["label"].lower()]
    groups = [{"title": _("页面"), "rows": [{"title": place["label"], "url": place["url"]} for place in pages]}]
    if asked:
        groups = [*_groups(found_for(request.user, asked)), *groups]
    shown = [group for group in groups if group["rows"]]
    context = {"asked": asked, "groups": shown, "too_short": 0 < len(asked) < SHORTEST, "shortest": SHORTEST}
    response = render(request, "shared/find.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _places() -> list[Row]:
    names = (
        (pgettext("places", "项目"), "public:programmes"),
        (_("通知"), "public:notices"),
        (pgettext("places", "公示"), "public:public_notices"),
        (_("获奖名录"), "public:roll"),
        (_("个人设置"), "account:settings"),
    )
    return [{"label": label, "url": reverse(name)} for label, name in names]


def _groups(found: Findings) -> list[dict[str, Any]]:
    """Each leads to the page of the role by whose eyes it was found."""
    return [
        {"title": pgettext("places", "申报"), "rows": [_row(one, "secretariat:application") for one in found.sent]},
        {
            "title": _("报名"),
            "rows": [
                {**_named(one), "url": reverse("secretariat:registration", args=[one.pk])}
                for one in found.registrations
            ],
        },
        {
            "title": _("专家"),
            "rows": [
                {
                    "title": str(one.person.name),
                    "note": str(one.person.email),
                    "url": reverse("secretariat:expert", args=[one.pk]),
                }
                for one in found.experts
            ],
        },
        {"title": _("推荐的申报"), "rows": [_row(one, "recommender:application") for one in found.recommended]},
        {
            "title": _("评审的申报"),
            "rows": [{**_row(one.application), "url": reverse("expert:book", args=[one.pk])} for one in found.pairs],
        },
        {
            "title": _("审定的申报"),
            "rows": [
                {**_row(one.application), "url": reverse("jury:candidate", args=[one.pk])} for one in found.candidates
            ],
        },
        {
            "title": _("本单位的申报"),
            "rows": [{**_named(one), "url": reverse("applicant:registration", args=[one.pk])} for one in found.own],
        },
        {
            "title": pgettext("places", "单位"),
            "rows": [
                {"title": one.name, "url": reverse("applicant:organisation", args=[one.pk])}
                for one in found.organisations
            ],
        },
    ]


def _row(application: Any, name: str = "") -> Row:
    row = {"title": str(application.title), "note": str(application.number)}
    return row | {"url": reverse(name, args=[application.pk])} if name else row


def _named(registration: Any) -> Row:
    application = getattr(registration, "application", None)
    title = f"{registration.organisation.name} {registration.subject}".strip()
    return {"title": title, "note": str(application.number) if application is not None else ""}
