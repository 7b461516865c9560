from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.web.shared.typed_fields import MomentField


class DatesForm(forms.Form):
    """Two moments in order, either of them unknown, and why they change. `bounds`: the names of both."""

    bounds: tuple[str, str]

    reason = forms.CharField(
        label=_("调整的理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("留在记录里；申报单位可能会问起。"),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = (typed.get(name) for name in self.bounds)
        if start and end and end <= start:
            self.add_error(self.bounds[1], _("截止应在开始之后。"))
        return typed


class PhaseForm(DatesForm):
    bounds = ("starts_at", "ends_at")
    field_order = bounds

    starts_at = MomentField(label=_("开始"), required=False, widget=forms.DateTimeInput)
    ends_at = MomentField(
        label=_("截止"),
        required=False,
        widget=forms.DateTimeInput,
        help_text=_(
            "到这一刻即为结束；“8月15日截止”填8月16日00:00。留空表示不定。与阶段同时截止的受理时间会一起调整。"
        ),
    )


class DeadlineForm(DatesForm):
    bounds = ("opens_at", "closes_at")
    field_order = bounds

    opens_at = MomentField(label=_("开始"), required=False, widget=forms.DateTimeInput)
    closes_at = MomentField(
        label=_("截止"),
        required=False,
        widget=forms.DateTimeInput,
        help_text=_("到这一刻即为逾期；“8月15日截止”填8月16日00:00。留空表示未定，定下之前不接收。"),
    )
