from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.orgs.enums import BodyLevel, OrganisationKind
from zhuoyue.domain.orgs.models import Body
from zhuoyue.web.shared.faces import faces
from zhuoyue.web.shared.naming import NamingForm
from zhuoyue.web.shared.typed_fields import LineField


class BodyForm(NamingForm):
    """`parent` is the body above it, of those that stand."""

    name = LineField(label=_("机构全称"), max_length=120)
    level = forms.ChoiceField(label=_("层级"), choices=BodyLevel.choices, initial=BodyLevel.CITY.value)
    kind = forms.ChoiceField(
        label=_("性质"), choices=OrganisationKind.choices, initial=OrganisationKind.ASSOCIATION.value
    )
    parent = forms.ChoiceField(label=_("上级机构"), required=False)
    secretary = LineField(label=_("第一位秘书处工作人员"), max_length=60)
    email = forms.EmailField(
        label=_("邮箱"), help_text=_("对方用信里的链接确认邮箱、设置密码以后，自行添加同事、设立年度。")
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        choices = [(key, body.organisation.name) for key, body in self._bodies.items()]
        self.fields["parent"].choices = [("", _("没有")), *choices]  # type: ignore[attr-defined]  # a field of choices

    def clean_parent(self) -> Body | None:
        return self._bodies.get(self.cleaned_data["parent"])

    def clean_level(self) -> BodyLevel:
        return BodyLevel(self.cleaned_data["level"])

    def clean_kind(self) -> OrganisationKind:
        return OrganisationKind(self.cleaned_data["kind"])


class SecondFactorForm(forms.Form):
    faces = forms.MultipleChoiceField(
        label=_("必须使用两步验证的身份"),
        choices=lambda: [(face.key, face.label) for face in faces()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("以这种身份工作的人，设置两步验证以后才能打开相应的页面。"),
    )
