from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.queries.conduct import applicant_of


class AcceptForm(forms.Form):
    agree = forms.BooleanField(
        label=_("我已阅读并承诺遵守以上各条"), error_messages={"required": _("接受邀请前，请先作出承诺。")}
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("谢绝理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只有秘书处看得到。"),
        error_messages={"required": _("请写一句理由，便于秘书处另作安排。")},
    )


class TieForm(forms.Form):
    """One tie with an applicant that a search has found. `q` is that search, sent along."""

    q = forms.CharField(widget=forms.HiddenInput, required=False)
    organisation = forms.ChoiceField(
        label=_("申报单位"), widget=forms.RadioSelect, error_messages={"required": _("请选择申报单位。")}
    )
    kind = forms.ChoiceField(
        label=_("关系"), widget=forms.RadioSelect, error_messages={"required": _("请选择是哪一种关系。")}
    )
    evidence = forms.CharField(
        label=_("说明"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("何时、何种关系，写清楚即可。"),
    )

    def __init__(
        self, cycle: Cycle, words: Mapping[str, str], found: Sequence[Organisation], data: Any = None, q: str = ""
    ) -> None:
        super().__init__(data, initial={"q": q})
        self.cycle = cycle
        self.fields["organisation"].choices = [(str(entry.pk), entry.name) for entry in found]  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(words.items())  # type: ignore[attr-defined] # a choice field has choices

    def clean_organisation(self) -> Organisation:
        chosen = applicant_of(self.cycle, self.cleaned_data["organisation"])
        if chosen is None:
            raise forms.ValidationError(_("这个单位已不在本年度的申报单位中。"))
        return chosen


class DeclareForm(forms.Form):
    """The declaration itself: that there is none, or that those named are all."""

    said = forms.BooleanField(error_messages={"required": _("请明确声明后再提交。")})

    def __init__(self, data: Any = None, *, has_ties: bool) -> None:
        super().__init__(data)
        self.fields["said"].label = (
            _("以上是我与本年度申报单位之间的全部利益冲突") if has_ties else _("我与本年度所有申报单位都没有利益冲突")
        )
