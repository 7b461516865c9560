from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.web.shared.typed_fields import MomentField, WholeField


class DueForm(forms.Form):
    due_at = MomentField(
        label=_("截止时间"),
        widget=forms.DateTimeInput,
        required=False,
        help_text=_("到这一刻仍可提交；不填表示没有截止时间。"),
    )


class SeedForm(forms.Form):
    """The seed is visible: the same question with the same seed gives the same teams."""

    widths = {"seed": "s"}
    seed = WholeField(
        label=_("种子"),
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("同样的人员、规则和种子得到同样的分配，可随时复算。"),
    )


class PairForm(forms.Form):
    application = forms.ChoiceField(label=_("申报"))
    expert = forms.ChoiceField(label=_("评审员"))

    def __init__(self, data: object, *, applications: list[tuple[str, str]], experts: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what a request holds
        self.fields["application"].choices = [("", _("选择")), *applications]  # type: ignore[attr-defined]
        self.fields["expert"].choices = [("", _("选择")), *experts]  # type: ignore[attr-defined]
