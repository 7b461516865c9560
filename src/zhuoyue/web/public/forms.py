from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.web.shared.typed_fields import LineField


class ObjectionForm(forms.Form):
    """Real name, a way to be reached, whom it is against, and the facts."""

    widths = {"name": "s", "contact": "m", "employer": "l", "against": "l"}

    name = LineField(label=_("姓名"), help_text=_("须用真实姓名；姓名只由秘书处掌握。"), max_length=60)
    employer = LineField(label=_("工作单位"), max_length=120, required=False)
    contact = LineField(label=_("联系电话或邮箱"), help_text=_("秘书处会据此核实并答复。"), max_length=120)
    against = forms.ChoiceField(label=_("对哪一家有异议"))
    text = forms.CharField(
        label=_("异议的事实与依据"),
        help_text=_("请写明时间、经过和可以查证的依据。"),
        widget=forms.Textarea(attrs={"rows": 8, "data-limit": 3000}),
        max_length=12000,
    )

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = str(_("整份名单"))
        self.fields["against"].choices = [("", _("请选择")), *((name, name) for name in names), (whole, whole)]
