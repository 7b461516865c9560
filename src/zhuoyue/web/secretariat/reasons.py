from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """What is asked before a step that others will ask about."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class OptionalReasonForm(forms.Form):
    reason = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False)
