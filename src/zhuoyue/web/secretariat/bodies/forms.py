"""Who recommends, and more time for them."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.actions.bodies import Meant
from zhuoyue.domain.applications.terms import Term
from zhuoyue.domain.orgs.enums import BodyLevel, OrganisationKind
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.packs.programmes.schema.bodies import Body as RuleBody
from zhuoyue.web.shared.naming import NamingForm
from zhuoyue.web.shared.typed_fields import LineField, MomentField

OTHER = "other"


class BodyForm(NamingForm):
    """`entries`: those whom the rules let recommend, by key. `same`: organisations that bear the name already."""

    widths = {"level": "m", "kind": "m", "officer": "m"}

    key = forms.ChoiceField(label=_("规则中的推荐单位"), required=False)
    name = LineField(label=_("单位全称"), max_length=120)
    which = forms.ChoiceField(label=_("是哪一个单位"), required=False, widget=forms.HiddenInput)
    level = forms.ChoiceField(label=_("层级"), choices=BodyLevel.choices, initial=BodyLevel.ASSOCIATION.value)
    kind = forms.ChoiceField(
        label=_("性质"), choices=OrganisationKind.choices, initial=OrganisationKind.ASSOCIATION.value
    )
    officer = LineField(label=_("推荐经办人姓名"), max_length=60)
    email = forms.EmailField(
        label=_("经办人电子邮箱"), max_length=254, help_text=_("系统会发一封信，附第一次登录的链接。")
    )

    def __init__(
        self, *args: Any, entries: Mapping[str, RuleBody], same: Sequence[Organisation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        named = [(key, entry.title.in_language(language)) for key, entry in entries.items()]
        key = cast("forms.ChoiceField", self.fields["key"])
        key.choices = named if len(named) == 1 else [("", _("按单位全称确定")), *named]
        if len(named) == 1:
            key.widget = forms.HiddenInput()
        self._same = {str(organisation.pk): organisation for organisation in same}
        which = cast("forms.ChoiceField", self.fields["which"])
        which.choices = [
            *((pk, _told_apart(organisation)) for pk, organisation in self._same.items()),
            (OTHER, _("都不是，另设一个同名单位")),
        ]

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip()

    def ask_which(self, why: str) -> None:
        """Show those of the name, each with its credit code, for a person to choose from."""
        which = cast("forms.ChoiceField", self.fields["which"])
        which.widget = forms.RadioSelect(choices=which.choices)
        self.add_error("which", why)

    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.facts()
        chosen = given.pop("which")
        meant = Meant(given.pop("key"), self._same.get(chosen), chosen == OTHER, given.pop("known"))
        return {**given, "level": BodyLevel(given["level"]), "kind": OrganisationKind(given["kind"]), "meant": meant}


def _told_apart(organisation: Organisation) -> str:
    code = organisation.credit_code or _("没有登记统一社会信用代码")
    return "　".join(part for part in (organisation.name, str(code), organisation.region) if part)


class ExtensionForm(forms.Form):
    """More time at one of the levels that have a time; with one level there is nothing to choose."""

    level = forms.ChoiceField(label=_("哪一级推荐"))
    until = MomentField(
        label=_("延长到"), widget=forms.DateTimeInput, help_text=_("到这一刻即为逾期；“8月15日截止”填8月16日00:00。")
    )
    reason = forms.CharField(
        label=_("延期的理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("记入操作记录，推荐单位也会看到。"),
    )

    def __init__(self, terms: Sequence[Term], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [
            (term.level.key, term.level.title.in_language(get_language() or "zh")) for term in terms if term.level
        ]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        if len(levels) == 1:
            self.fields["level"].widget = forms.HiddenInput()
            self.fields["level"].initial = levels[0][0]
