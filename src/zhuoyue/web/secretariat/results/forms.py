from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.web.shared.naming import NamingForm
from zhuoyue.web.shared.typed_fields import LineField, MomentField


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
