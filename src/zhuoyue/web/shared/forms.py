"""Every Django form in the product's own clothes.

`{% form form %}` and `{% field form.name %}` work on any form. A form may say more about its fields:

    class ProfileForm(forms.Form):
        widths = {"code": "m"}            # xs s m l xl full; otherwise guessed from the field
        suffixes = {"turnover": "万元"}    # unit behind the control

A text with a limit counted in Chinese characters carries it in its widget: `Textarea(attrs={"data-limit": 2000})`.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template import loader
from django.utils.safestring import SafeString

WIDTH_BY_LENGTH = ((6, "xs"), (12, "s"), (24, "m"), (48, "l"))
# input type and the value format that browsers ask for it
PICKERS: dict[type[forms.Widget], tuple[str, str]] = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}


class PageRenderer(DjangoTemplates):
    """Name it in FORM_RENDERER and `{{ form }}` looks like `{% form form %}`, in libraries' forms too."""

    form_template_name = "shared/forms/form.html"
    field_template_name = "shared/forms/bound_field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("shared/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field, ready to print. `kind`: control, choices (a list to pick from), check (one box), file."""

    id: str
    kind: str
    label: str
    hint: str
    errors: tuple[str, ...]
    optional: bool
    suffix: str
    limit: str
    bound: BoundField

    @property
    def control(self) -> SafeString:
        return control(self.bound)


def kind_of(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "control"


def width_of(bound: BoundField) -> str:
    asked = getattr(bound.form, "widths", {}).get(bound.name)
    if asked:
        return str(asked)
    widget = bound.field.widget
    if isinstance(widget, (forms.DateInput, forms.DateTimeInput, forms.TimeInput)):
        return "m"
    if isinstance(widget, forms.NumberInput):
        return "s"
    if isinstance(widget, (forms.PasswordInput, forms.EmailInput)) or getattr(widget, "input_type", "") == "email":
        return "l"
    if isinstance(widget, forms.Textarea) or not isinstance(widget, forms.TextInput):
        return "full"
    longest = getattr(bound.field, "max_length", None) or 1000
    return next((width for most, width in WIDTH_BY_LENGTH if longest <= most), "xl")


def _attributes(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    base = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if kind_of(widget) == "check":
        return {"class": "form-check-input"}
    width = width_of(bound)
    given = widget.attrs.get("class", "")
    attrs = {"class": " ".join(part for part in (base, "" if width == "full" else f"zy-w-{width}", given) if part)}
    for picker, (kind, shown) in PICKERS.items():
        if isinstance(widget, picker):
            # the form's own copy of the widget
            widget.format, widget.input_type = shown, kind  # type: ignore[attr-defined]
    if isinstance(widget, forms.NumberInput):
        # a number box drops what is not a number; the person shall see what was typed
        widget.input_type, attrs["inputmode"] = "text", "decimal"
    if any(base.__module__.startswith("allauth.") for base in type(bound.form).__mro__):
        attrs["placeholder"] = False  # the library repeats its labels there
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        attrs["rows"] = "4"  # Django's default is taller than any answer that needs no rows of its own
    return attrs


def control(bound: BoundField) -> SafeString:
    """The bare control, dressed."""
    if kind_of(bound.field.widget) == "file":
        plain = forms.FileInput(attrs=bound.field.widget.attrs)
        plain.is_required = bound.field.required
        return bound.as_widget(plain, attrs={"class": "form-control"})
    return bound.as_widget(attrs=_attributes(bound))


def field_view(bound: BoundField) -> FieldView:
    return FieldView(
        id=bound.auto_id,
        kind=kind_of(bound.field.widget),
        label=str(bound.label),
        hint=str(bound.help_text),
        errors=tuple(bound.errors),
        optional=not bound.field.required and kind_of(bound.field.widget) != "check",
        suffix=str(getattr(bound.form, "suffixes", {}).get(bound.name, "")),
        limit=str(bound.field.widget.attrs.get("data-limit", "")),
        bound=bound,
    )


def errors_of(form: forms.BaseForm) -> list[dict[str, str]]:
    """Rows for the error summary, in the order of the page; each leads to its field."""
    if not form.is_bound:
        return []
    rows = [{"url": "", "text": str(text)} for text in form.non_field_errors()]
    for bound in form:
        place = f"#{bound.auto_id}_0" if kind_of(bound.field.widget) == "choices" else f"#{bound.auto_id}"
        rows += [{"url": place, "text": f"{bound.label}：{text}"} for text in bound.errors]
    return rows


def lines_in(text: str) -> list[str]:
    """What stands on each line of a box, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
