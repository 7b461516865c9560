from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.web.shared.forms import lines_in
from zhuoyue.web.shared.typed_fields import DayField, LineField

LINES = {"rows": 3}


class NoticeForm(forms.Form):
    widths = {"number": "m", "signed_on": "m"}

    title = LineField(label=_("标题"), max_length=200)
    number = LineField(label=_("文号"), max_length=60, required=False, help_text=_("如：沪质协〔2021〕12号"))
    signed_on = DayField(label=_("成文日期"), required=False, widget=forms.DateInput)
    body = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("空一行另起一段；发布前可以预览成文效果。"),
    )
    contact = forms.CharField(label=_("联系方式"), required=False, widget=forms.Textarea(attrs=LINES))
    joint_issuers = forms.CharField(
        label=_("联合发文机关"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("每行一个。")
    )
    attachments = forms.CharField(
        label=_("附件名称"), required=False, widget=forms.Textarea(attrs=LINES), help_text=_("每行一个，按顺序编号。")
    )

    def clean_joint_issuers(self) -> list[str]:
        return lines_in(self.cleaned_data["joint_issuers"])

    def clean_attachments(self) -> tuple[str, ...]:
        return tuple(line[:200] for line in lines_in(self.cleaned_data["attachments"]))
