from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.experts.enums import ExpertKind, ExpertLevel
from zhuoyue.web.shared.forms import lines_in
from zhuoyue.web.shared.naming import NamingForm
from zhuoyue.web.shared.typed_fields import LineField, MomentField, WholeField


class ExpertForm(NamingForm):
    """`employer` is the name of an organisation; one that is new is taken in under that name."""

    widths = {"email": "l", "region": "m", "most_load": "xs"}

    name = LineField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("邮箱"), help_text=_("邀请和提醒发到这里，也是登录名。"))
    employer = LineField(label=_("任职单位"), max_length=120, required=False)
    level = forms.ChoiceField(label=_("级别"), choices=ExpertLevel.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("可担任"), choices=ExpertKind.choices, widget=forms.CheckboxSelectMultiple
    )
    industries = forms.CharField(
        label=_("熟悉的行业代码"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("国民经济行业分类代码，每行一个，如C34。"),
    )
    region = LineField(label=_("所在地区"), max_length=40, required=False)
    most_load = WholeField(label=_("一个阶段最多承担"), min_value=0, max_value=60, initial=6)
    about = forms.CharField(label=_("简介"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_active = forms.BooleanField(label=_("可以接受邀请"), required=False, initial=True)

    def clean_industries(self) -> list[str]:
        return lines_in(self.cleaned_data["industries"].upper())


class InviteForm(forms.Form):
    answer_by = MomentField(label=_("请在此前答复"), widget=forms.DateTimeInput)


class KnownExpertForm(ExpertForm):
    """An expert in the pool: the person behind it keeps name and address themselves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email", "known", "known_email"):
            del self.fields[name]
