"""The fields of every form: names of one visible line, numbers and days that our tables and sums can hold."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import number_words
from zhuoyue.kernel import typed

_MOST = 2_147_483_647  # what a whole number in a table holds


class LineField(forms.CharField):
    """One visible line: hidden marks are left out, marks that turn the text round are refused in words."""

    def to_python(self, value: Any) -> Any:
        return typed.line(super().to_python(value) or "")


class WholeField(forms.IntegerField):
    def __init__(self, *, max_value: int = _MOST, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(_narrow(value))


class NumberField(forms.DecimalField):
    """A number as people write it; one that reads in two ways is asked about."""

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or value in self.empty_values:
            return super().to_python(value)
        found = typed.number(value)
        if found is not None:
            return found
        raise forms.ValidationError(number_words(value), code="invalid")


class DayField(forms.DateField):
    def to_python(self, value: Any) -> Any:
        return _within(super().to_python(_narrow(value)))


class MomentField(forms.DateTimeField):
    def to_python(self, value: Any) -> Any:
        return _within(super().to_python(_narrow(value)))


def _narrow(value: Any) -> Any:
    return typed.narrow(value).strip() if isinstance(value, str) else value


def _within(day: Any) -> Any:
    if isinstance(day, date) and not typed.FIRST_YEAR <= day.year <= typed.LAST_YEAR:
        years = {"first": typed.FIRST_YEAR, "last": typed.LAST_YEAR}
        raise forms.ValidationError(_("年份应在%(first)s至%(last)s之间，请核对。") % years)
    return day
