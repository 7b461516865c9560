from django import forms
from django.utils.translation import gettext_lazy as _


class RecusalForm(forms.Form):
    reason = forms.CharField(
        label=_("回避的理由"),
        help_text=_("写明与申报单位的关系，秘书处会存档。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )
