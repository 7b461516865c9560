"""Filters and tags for templates: {% load zy %}. Numbers, dates and counts are those of kernel.formats."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms, template
from django.contrib.messages import constants as levels
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from zhuoyue.kernel import clock, formats, idempotency
from zhuoyue.kernel.language import in_english
from zhuoyue.web.shared import forms as page_forms
from zhuoyue.web.shared import texts

register = template.Library()
SOON_DAYS = 3
_ANY = UUID(int=0)
register.filter("paragraphs", texts.paragraphs)
register.filter("characters", formats.characters)
register.filter("file_size", formats.file_size)
register.filter("weekday", formats.weekday)


# ---- dates: the rows of a table share a handful of days, whose words are made once
def _time(when: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), words)


def _in_words(when: date, words: Callable[[date, date], SafeString | str]) -> SafeString | str:
    """`words(when, today)`, once for each day and language."""
    return _kept_words(words, when, clock.today().date(), get_language())


@lru_cache(maxsize=1024)
def _kept_words(
    words: Callable[[date, date], SafeString | str], when: date, today: date, _language: str | None
) -> SafeString | str:
    return words(when, today)


def _local(when: date) -> date:
    return timezone.localtime(when) if isinstance(when, datetime) and timezone.is_aware(when) else when


def _english() -> bool:
    return in_english()


@register.filter
def day(when: date | None) -> SafeString:
    """2021年8月15日."""
    return _time(when, formats.long_date(when)) if when else SafeString("")


def _short(when: date, today: date) -> str:
    words = formats.long_date(when)
    year = str(_local(when).year)
    if year != str(today.year):
        return words
    return words.removesuffix(f" {year}").removeprefix(f"{year}年")


def _short_time(when: date, today: date) -> SafeString:
    return _time(when, _short(when, today))


@register.filter
def shortday(when: date | None) -> SafeString | str:
    """8月15日 in this year, 2021年8月15日 in another."""
    return _in_words(when, _short_time) if when else SafeString("")


@register.filter
def clock_time(when: datetime | None) -> SafeString:
    return _time(when, f"{_local(when):%H:%M}") if when else SafeString("")


@register.filter
def daytime(when: datetime | None) -> SafeString | str:
    """8月15日14:30; the year as in `shortday`."""
    return _in_words(when, _day_and_time) if when else SafeString("")


def _day_and_time(when: date, today: date) -> SafeString:
    gap = ", " if _english() else ""
    return _time(when, f"{_short(when, today)}{gap}{_local(when):%H:%M}")


@register.filter
def until(first: date, last: date) -> SafeString:
    """`{{ phase.opens|until:phase.closes }}`: from day to day."""
    return format_html('<span class="zy-nowrap">{}</span>', formats.date_range(first, last))


@register.filter
def days_left(deadline: date | None) -> str:
    return formats.days_left(deadline, clock.today()) if deadline else ""


@register.filter
def due_badge(deadline: date | None) -> SafeString | str:
    """A badge when it is late or nearly due, the days as plain words otherwise."""
    return _in_words(deadline, _due) if deadline else SafeString("")


def _due(deadline: date, today: date) -> SafeString:
    left = (_as_day(deadline) - today).days
    words = formats.days_left(deadline, today)
    if left > SOON_DAYS:
        return format_html('<span class="zy-meta">{}</span>', words)
    return state_badge("late" if left < 0 else "soon", words)


def _as_day(when: date) -> date:
    local = _local(when)
    return local.date() if isinstance(local, datetime) else local


# ---- numbers
def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None


@register.filter
def number(value: Any, places: int | None = None) -> str:
    return formats.number(_decimal(value), places)


@register.filter
def percent(value: Any, places: int = 0) -> str:
    """The value is in percent: 70 is shown as 70%."""
    return formats.percent(_decimal(value), places)


@register.simple_tag
@lru_cache(maxsize=1024)
def share(part: Any, whole: Any) -> str:
    """Width of a part for SVG, "0%" to "100%"; part beyond whole is whole."""
    top, bottom = _decimal(part) or Decimal(0), _decimal(whole) or Decimal(0)
    if not bottom:
        return "0%"
    width = min(max(top * 100 / bottom, Decimal(0)), Decimal(100))
    return f"{formats.plain(formats.rounded(width, 1))}%"


# ---- marks, quick enough for every row of a long table
@register.simple_tag
def state_badge(state: str, label: Any) -> SafeString:
    return _badge(state, str(label))


@lru_cache(maxsize=512)
def _badge(state: str, label: str) -> SafeString:
    return format_html('<span class="zy-state zy-state--{}">{}</span>', state, label)


@register.simple_tag
def meter(value: Any, total: Any, label: str = "") -> SafeString:
    return _meter(str(value), str(total), str(label))


@lru_cache(maxsize=1024)
def _meter(value: str, total: str, label: str) -> SafeString:
    width = share(value, total)
    return format_html(
        '<svg class="zy-meter{}" role="img" aria-label="{}"><rect width="100%" height="6" rx="3"/>'
        '<rect width="{}" height="6" rx="3"/></svg>',
        " zy-meter--done" if width == "100%" else "",
        label or f"{value}／{total}",
        width,
    )


@register.filter
def message_kind(message: Any) -> str:
    """The note-box of a Django message."""
    kinds = {levels.SUCCESS: "done", levels.WARNING: "back", levels.ERROR: "error"}
    return kinds.get(message.level, "info")


# ---- addresses
@register.simple_tag
def place(name: str, key: UUID) -> str:
    """`{% url name key %}` for the rows of a table: worked out once, then only the key is put in."""
    return _around_key(name).format(key)


@lru_cache(maxsize=256)
def _around_key(name: str) -> str:
    return reverse(name, args=[_ANY]).replace(str(_ANY), "{}")


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The address of this page with some parameters changed; None or "" removes one. Paging starts over."""
    given: HttpRequest = context["request"]
    parameters = given.GET.copy()
    if "page" not in changes:
        parameters.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else given.path


@register.simple_tag(takes_context=True)
def sort_link(context: template.Context, key: str) -> dict[str, str]:
    """Address and direction of a column head: `?sort=key`, then `?sort=-key`."""
    sorted_by = context["request"].GET.get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(sorted_by, "")
    return {"direction": direction, "url": query(context, sort=f"-{key}" if direction == "ascending" else key)}


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int]:
    """1, the neighbours and the last; 0 stands for a gap."""
    gap = page.paginator.ELLIPSIS
    return [
        0 if n == gap else int(n) for n in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]


# ---- forms
@register.simple_tag(takes_context=True)
def once(context: template.Context) -> SafeString:
    """The csrf token and the key that makes a form count once."""
    token = get_token(context["request"])
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        token,
        idempotency.FIELD,
        idempotency.new_key(),
    )


@register.simple_tag
def form(of: forms.BaseForm) -> SafeString:
    """Error summary, hidden and visible fields; not the <form> element."""
    return mark_safe(loader.render_to_string("shared/forms/form.html", {"form": of}))  # noqa: S308 - a template of ours


@register.simple_tag
def field(bound: BoundField, *, row: bool = False) -> SafeString:
    view = page_forms.field_view(bound)
    written = formats.characters(str(bound.value() or "")) if view.limit else None
    context = {"view": view, "row": row, "written": written}
    return mark_safe(loader.render_to_string("shared/forms/field.html", context))  # noqa: S308 - a template of ours


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The control alone, for filters and tables that say the label themselves."""
    return page_forms.control(bound)


@register.simple_tag
def error_summary(of: forms.BaseForm) -> SafeString:
    errors = page_forms.errors_of(of)
    if not errors:
        return SafeString("")
    return mark_safe(loader.render_to_string("shared/forms/error_summary.html", {"errors": errors}))  # noqa: S308 - a template of ours


@register.simple_tag
def script(*names: str) -> SafeString:
    """`{% script "autosave" "count" %}`: modules of static/shared; `"htmx"` is the library."""
    rows = [(static("vendor/htmx.min.js" if name == "htmx" else f"shared/{name}.js"),) for name in names]
    return format_html_join("\n", '<script type="module" src="{}"></script>', rows)
