"""Deadlines and digests in templates: {% load zy_dossier %}."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhuoyue.web.shared import deadlines, titles

register = template.Library()
register.filter("last_day", deadlines.last_day)
register.filter("titled", titles.titled)
register.filter("prompted", titles.prompted)
register.filter("digest_groups", deadlines.digest_groups)


@register.filter
def deadline(at: datetime | None) -> SafeString:
    if not at:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), deadlines.deadline_words(at))
