from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.outcomes.enums import Channel
from zhuoyue.web.shared.naming import NamingForm
from zhuoyue.web.shared.objections import against_choices
from zhuoyue.web.shared.typed_fields import DayField, LineField, MomentField


class SeatForm(NamingForm):
    widths = {"name": "s", "email": "l"}

    name = LineField(label=_("姓名"), max_length=60)
    email = forms.EmailField(
        label=_("邮箱"), help_text=_("还没有账号的，会收到一个只能用一次的链接，用过以后任命生效。")
    )
    is_chair = forms.BooleanField(label=_("担任主任委员"), required=False)


class MeetingForm(forms.Form):
    widths = {"place": "l"}

    starts_at = MomentField(label=_("时间"), widget=forms.DateTimeInput, required=False)
    place = LineField(label=_("地点"), max_length=120, required=False)


class PublicNoticeForm(forms.Form):
    title = LineField(label=_("公示标题"), max_length=200)
    text = forms.CharField(label=_("公示说明"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000)


class ApprovalForm(forms.Form):
    widths = {"approval_number": "m"}

    approval_number = LineField(label=_("批准文号"), max_length=60, help_text=_("如：沪质协〔2021〕30号"))


class EnteredObjectionForm(forms.Form):
    """What came by letter, by telephone or in person, as the office heard it."""

    widths = {"name": "s", "received_on": "s", "contact": "l", "email": "l", "employer": "l", "against": "l"}

    channel = forms.ChoiceField(
        label=_("来自"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.ONLINE],
        widget=forms.RadioSelect,
    )
    received_on = DayField(label=_("收到日期"))
    name = LineField(label=_("姓名"), max_length=60)
    contact = LineField(label=_("联系电话或地址"), help_text=_("据此核实并答复。"), max_length=120)
    email = forms.EmailField(label=_("邮箱"), help_text=_("填写的，处理结果会寄到这里。"), required=False)
    employer = LineField(label=_("工作单位"), max_length=120, required=False)
    against = forms.ChoiceField(label=_("对哪一家有异议"))
    text = forms.CharField(label=_("异议的事实与依据"), widget=forms.Textarea(attrs={"rows": 8}), max_length=12000)

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].choices = against_choices(names)


class RulingForm(forms.Form):
    upheld = forms.ChoiceField(
        label=_("裁定"),
        choices=[("no", _("异议不成立")), ("yes", _("异议成立，更正名单"))],
        widget=forms.RadioSelect,
    )
    ruling = forms.CharField(
        label=_("处理意见"),
        help_text=_("写明核实的经过和依据；提出异议的人凭编号可以看到。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label=_("撤销理由"),
        help_text=_("会显示在证书核验页上。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
