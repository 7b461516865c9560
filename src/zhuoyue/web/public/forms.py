from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.web.shared.objections import against_choices
from zhuoyue.web.shared.typed_fields import LineField


class ObjectionForm(forms.Form):
    """Real name, an address to be proved, whom it is against, and the facts."""

    widths = {"name": "s", "contact": "m", "email": "l", "employer": "l", "against": "l"}

    name = LineField(label=_("姓名"), help_text=_("须用真实姓名；姓名只由秘书处掌握。"), max_length=60)
    email = forms.EmailField(label=_("邮箱"), help_text=_("我们寄一封信到这里，确认后异议生效；处理结果也寄到这里。"))
    contact = LineField(label=_("联系电话"), help_text=_("秘书处核实时可能联系您。"), max_length=120, required=False)
    employer = LineField(label=_("工作单位"), max_length=120, required=False)
    against = forms.ChoiceField(label=_("对哪一家有异议"))
    text = forms.CharField(
        label=_("异议的事实与依据"),
        help_text=_("请写明时间、经过和可以查证的依据。"),
        widget=forms.Textarea(attrs={"rows": 8, "data-limit": 3000}),
        max_length=12000,
    )

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].choices = against_choices(names)


class DigitsForm(forms.Form):
    widths = {"digits": "s"}

    digits = LineField(
        label=_("六位数字"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AddressForm(forms.Form):
    widths = {"email": "l"}

    email = forms.EmailField(label=_("改正后的邮箱"), help_text=_("没有写错的，不用填写。"), required=False)
