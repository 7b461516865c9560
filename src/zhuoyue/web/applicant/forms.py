"""What people type at sign-up, with messages that say what to do."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.dossiers.checks import credit_code_words
from zhuoyue.domain.orgs import credit_code
from zhuoyue.domain.orgs.enums import OrganisationKind, OrganisationSize
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.kernel import clock
from zhuoyue.web.shared.typed_fields import DayField, LineField


class OrganisationFactsForm(forms.Form):
    """What may change of an organisation later."""

    widths = {"region": "s", "industry": "m", "founded_on": "m", "size": "m", "kind": "m"}

    name = LineField(
        label=gettext_lazy("单位名称"), max_length=120, help_text=gettext_lazy("与营业执照或登记证书一致。")
    )
    kind = forms.ChoiceField(label=gettext_lazy("单位性质"), choices=OrganisationKind.choices)
    region = LineField(
        label=gettext_lazy("所在地"),
        max_length=40,
        help_text=gettext_lazy("省市区名称或六位行政区划代码，例如310105。"),
    )
    industry = LineField(
        label=gettext_lazy("所属行业"), max_length=60, help_text=gettext_lazy("国民经济行业名称或代码，例如C34。")
    )
    size = forms.ChoiceField(
        label=gettext_lazy("单位规模"),
        choices=[("", gettext_lazy("不适用")), *OrganisationSize.choices],
        required=False,
    )
    founded_on = DayField(label=gettext_lazy("成立日期"), widget=forms.DateInput())
    address = LineField(label=gettext_lazy("地址"), max_length=200, required=False)

    def clean_founded_on(self) -> Any:
        day = self.cleaned_data["founded_on"]
        if day > clock.today().date():
            raise forms.ValidationError(_("成立日期在今天以后，请核对。"))
        return day


class OrganisationForm(OrganisationFactsForm):
    widths = {**OrganisationFactsForm.widths, "credit_code": "l"}
    field_order = ["name", "credit_code"]

    credit_code = LineField(
        label=gettext_lazy("统一社会信用代码"),
        max_length=60,
        help_text=gettext_lazy("18位，见营业执照或登记证书。"),
    )

    def clean_credit_code(self) -> str:
        given = credit_code.cleaned(self.cleaned_data["credit_code"])
        words = credit_code_words(given)
        if words:
            raise forms.ValidationError(words)
        return given


class ContactForm(forms.Form):
    """Whom the secretariat calls about a registration."""

    widths = {"contact_name": "m", "contact_phone": "m", "organisation": "xl", "recommender": "xl"}

    organisation = forms.ChoiceField(label=gettext_lazy("报名单位"))
    subject = LineField(label=gettext_lazy("项目或个人名称"), max_length=120)
    recommender = forms.ChoiceField(label=gettext_lazy("推荐单位"), required=False)
    contact_name = LineField(label=gettext_lazy("联系人"), max_length=60)
    contact_phone = LineField(label=gettext_lazy("联系电话"), max_length=30)
    contact_email = forms.EmailField(
        label=gettext_lazy("联系邮箱"), help_text=gettext_lazy("报名确认、退回补正和回执都发到这里。")
    )

    def __init__(
        self,
        *args: Any,
        organisations: list[Organisation],
        recommenders: list[Any],
        alone: bool,
        optional: bool,
        **kwargs: Any,
    ) -> None:
        """`alone`: the organisation itself applies, nothing within it. `optional`: no recommender is needed."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(entry.pk), entry.name) for entry in organisations]  # type: ignore[attr-defined]
        if alone:
            del self.fields["subject"]
        if not recommenders:
            del self.fields["recommender"]
            return
        bodies = [(str(body.pk), body.organisation.name) for body in recommenders]
        self.fields["recommender"].required = not optional
        self.fields["recommender"].choices = [("", _("不经推荐，直接申报") if optional else _("请选择")), *bodies]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is withdrawn; nobody has to say."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
