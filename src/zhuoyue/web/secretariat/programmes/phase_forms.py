from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.web.shared.typed_fields import MomentField


class PhaseForm(forms.Form):
    starts_at = MomentField(label=_("开始"), required=False, widget=forms.DateTimeInput)
    ends_at = MomentField(
        label=_("截止"),
        required=False,
        widget=forms.DateTimeInput,
        help_text=_("到这一刻即为逾期；“8月15日截止”填8月16日00:00。留空表示不定。"),
    )
    reason = forms.CharField(
        label=_("调整的理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("留在记录里；申报单位可能会问起。"),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = given.get("starts_at"), given.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("截止应在开始之后。"))
        return given
