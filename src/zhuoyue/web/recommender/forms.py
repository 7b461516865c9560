from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.enums import ApplicationState, Opinion
from zhuoyue.web.shared.typed_fields import LineField, MomentField, WholeField


class FilterForm(forms.Form):
    """What the list of applicants can be narrowed to."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("", gettext_lazy("全部")), *ApplicationState.choices]
    )
    q = LineField(label=gettext_lazy("单位或编号"), required=False, max_length=60)


class OpinionForm(forms.Form):
    widths = {"rank": "xs"}

    outcome = forms.ChoiceField(label=gettext_lazy("意见"), choices=Opinion.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=gettext_lazy("意见内容"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text=gettext_lazy("写明依据；不予推荐的，写明理由。申报单位和秘书处都会看到。"),
    )
    rank = WholeField(
        label=gettext_lazy("推荐位次"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("在本单位推荐的同类申报中排第几位。"),
    )

    def __init__(self, *args: Any, ranked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranked = ranked
        if not ranked:
            del self.fields["rank"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.ranked and given.get("outcome") == Opinion.RECOMMEND and not given.get("rank"):
            self.add_error("rank", _("同意推荐的，请填位次。"))
        return given


class ReturnForm(forms.Form):
    """Items stand beside it, one text for each section; here the date and the article."""

    until = MomentField(label=gettext_lazy("补正截止"), widget=forms.DateTimeInput())
    article = LineField(
        label=gettext_lazy("依据"), max_length=200, required=False, help_text=gettext_lazy("例如《管理办法》第九条。")
    )

    def __init__(self, *args: Any, latest: datetime | None, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if latest is not None:
            self.fields["until"].help_text = words
