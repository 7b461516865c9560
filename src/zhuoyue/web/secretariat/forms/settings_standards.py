from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.criteria.enums import NodeKind
from zhuoyue.domain.criteria.models import Edition, Node


class DocumentForm(forms.Form):
    document = forms.FileField(
        label=_("标准文本"),
        help_text=_(".txt、.docx或.pdf（带文字，不是扫描件），最大20MB。读入后成为草稿，由人逐条核对。"),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        allow_empty_file=True,  # an empty file is named as such by the store of files
    )


class EditionForm(forms.Form):
    widths = {"code": "m", "label": "m", "verified_by": "l"}

    title = forms.CharField(label=_("名称"), max_length=200)
    title_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    code = forms.CharField(label=_("标准号"), max_length=60, required=False, help_text=_("如：GB/T 19580"))
    label = forms.CharField(label=_("版本"), max_length=60, required=False, help_text=_("如：2012"))
    issuer = forms.CharField(label=_("发布机构"), max_length=200, required=False)
    source = forms.CharField(label=_("出处"), max_length=300, required=False, help_text=_("这些内容取自哪里。"))
    verified_by = forms.CharField(
        label=_("核对人"), max_length=120, required=False, help_text=_("与印行的标准逐条对照过的人；没有对照过就留空。")
    )

    @classmethod
    def of(cls, edition: Edition, data: Any = None) -> "EditionForm":
        return cls(data, initial={name: getattr(edition, name) for name in cls.base_fields})


class NodeForm(forms.Form):
    widths = {"kind": "m", "points": "s"}

    title = forms.CharField(label=_("标题"), max_length=200, required=False)
    title_en = forms.CharField(label=_("英文"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=NodeKind.choices)
    points = forms.DecimalField(
        label=_("分值"),
        max_digits=8,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("没有给分就留空。"),
    )
    text = forms.CharField(label=_("原文"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    prompt = forms.CharField(
        label=_("提示"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用自己的话写给申报者：这一条要回答什么。"),
    )

    @classmethod
    def of(cls, node: Node, data: Any = None) -> "NodeForm":
        return cls(data, initial={name: getattr(node, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not (given.get("title") or given.get("text")):
            self.add_error("title", _("标题和原文至少填写一项。"))
        return given
