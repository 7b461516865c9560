"""What the record says of registrations, applications and what belongs to them."""

from django.utils.translation import pgettext_lazy

from zhuoyue.domain.applications.models import Application, Extension, Receipt, Registration
from zhuoyue.kernel.subjects import Kind, Thing

_OWN = ("number", "organisation__name", "snapshot", "registration")
# what whoever names an application reads of it
OF_APPLICATION = tuple(f"application__{path}" for path in _OWN)


def named(thing: Thing, path: str = "application__") -> str:
    """As an application calls itself: its number and who applies."""
    return f"{thing[f'{path}number']} {thing[f'{path}organisation__name']}"


KINDS = (
    Kind(
        Registration,
        pgettext_lazy("record", "报名"),
        ("organisation__name", "application"),
        lambda it: it["organisation__name"],
        tells_of="application",
    ),
    Kind(Application, pgettext_lazy("record", "申报"), _OWN, lambda it: named(it, ""), tells_of="pk"),
    Kind(
        Receipt,
        pgettext_lazy("record", "回执"),
        ("application", *OF_APPLICATION),
        named,
        tells_of="application",
    ),
    Kind(
        Extension,
        pgettext_lazy("record", "推荐延期"),
        ("body__organisation__name",),
        lambda it: it["body__organisation__name"],
    ),
)
