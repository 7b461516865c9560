"""Where one stands and the way back: {% load zy_places %}."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: template.Context, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Navigation with the current place marked: as the view says, or by the longest address that fits."""
    if any(item.get("current") for item in items):
        return items
    path = context["request"].path
    fitting = [item["url"] for item in items if path == item["url"] or _within(path, item["url"])]
    nearest = max(fitting, key=len, default=None)
    return [{**item, "current": item["url"] == nearest and nearest is not None} for item in items]


def _within(path: str, place: str) -> bool:
    return place != "/" and path.startswith(place.rstrip("/") + "/")


@register.simple_tag(takes_context=True)
def way_back(context: template.Context, crumbs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The crumbs of a page; where it names none, the place of the navigation that it belongs to."""
    if crumbs or "request" not in context:
        return crumbs
    place = next((item for item in here(context, context.get("nav") or []) if item.get("current")), None)
    path = context["request"].path
    return [] if place is None or place["url"].split("?")[0] in ("/", path) else [place]
