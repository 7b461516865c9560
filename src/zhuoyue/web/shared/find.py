"""Finding by name or number, at one address for every role: Ctrl K leads here, and it works without script."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhuoyue.kernel import links, search
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.shared.faces import pages_for_all, roles_of

LONGEST = 60


@page(SIGNED_IN)
def find(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:LONGEST]
    places = [*roles_of(request), *pages_for_all()]
    pages = [place for place in places if not asked or asked.lower() in place["label"].lower()]
    groups = [{"title": _("页面"), "rows": [{"title": place["label"], "url": place["url"]} for place in pages]}]
    if asked:
        groups = [*_groups(request.user, asked), *groups]
    shown = [group for group in groups if group["rows"]]
    context = {"asked": asked, "groups": shown, "too_short": 0 < len(asked) < search.SHORTEST}
    response = render(request, "shared/find.html", context | {"shortest": search.SHORTEST})
    response["Cache-Control"] = "no-store"
    return response


def _groups(person: Any, asked: str) -> list[dict[str, Any]]:
    """Each leads to the page of the role by whose eyes it was found."""
    found = search.found_for(person, asked)
    return [
        {
            "title": source.title,
            "rows": [
                {"title": hit.title, "note": hit.note, "url": links.to(source.link, hit.key)}
                for hit in found[source.key]
            ],
        }
        for source in search.sources()
    ]
