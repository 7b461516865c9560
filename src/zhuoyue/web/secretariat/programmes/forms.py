from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.models import Body
from zhuoyue.packs.programmes.schema.programme import StandardUse
from zhuoyue.packs.source import MAX_CHARACTERS, Message, SourceError, decode
from zhuoyue.web.secretariat.frame import words_of

PASTED = "pack.yaml"
SALT = "zhuoyue.secretariat.checked-pack"
MOST_BYTES = MAX_CHARACTERS * 4  # the longest text in UTF-8


class PackForm(forms.Form):
    """A pack as a file or as a text. `faults`: what keeps it from being read as text at all."""

    file = forms.FileField(
        label=_("项目包文件"),
        required=False,
        allow_empty_file=True,
        help_text=_("一个.yaml文件，UTF-8编码。"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )
    text = forms.CharField(
        label=_("或者把内容粘贴在这里"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )
    name = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file = given.get("file")
        self.faults: tuple[Message, ...] = ()
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("文件过大，不是项目包。"))
        elif file is not None:
            given["name"] = str(file.name)[:120]
            try:
                given["text"] = decode(file.read(), given["name"])
            except SourceError as error:
                self.faults = error.messages
        elif not str(given.get("text", "")).strip():
            self.add_error("file", _("请选择文件，或粘贴内容。"))
        else:
            given["text"] = given["text"].replace("\r\n", "\n")  # browsers send every line end so
            given["name"] = given.get("name") or PASTED
        return given


def sealed(text: str, name: str) -> str:
    """A checked pack on its way through the page and back, byte for byte: a text box would change its line ends."""
    return signing.dumps({"text": text, "name": name}, salt=SALT, compress=True)


class LoadForm(forms.Form):
    """What the preview sends back: the checked pack, and who runs the programme."""

    pack = forms.CharField(widget=forms.HiddenInput)
    organiser = forms.ChoiceField(label=_("主办机构"))

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        field = self.fields["organiser"]
        field.choices = [(key, body.organisation.name) for key, body in self._bodies.items()]  # type: ignore[attr-defined]

    def clean_pack(self) -> dict[str, str]:
        try:
            return dict(signing.loads(self.cleaned_data["pack"], salt=SALT))
        except signing.BadSignature as error:
            raise forms.ValidationError(_("内容在途中变了，请重新检查。")) from error

    def clean_organiser(self) -> Body:
        return self._bodies[self.cleaned_data["organiser"]]


class CycleForm(forms.Form):
    """Which edition each standard of the rules is judged by; `editions` are those that may be used."""

    def __init__(self, *args: Any, uses: Sequence[StandardUse], editions: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._editions: Mapping[str, Edition] = {edition.key: edition for edition in editions}
        choices = [("", _("不按标准评审"))]
        choices += [(key, _called(edition)) for key, edition in self._editions.items()]
        for use in uses:
            named = use.edition or ""
            self.fields[use.key] = forms.ChoiceField(
                label=use.title.zh,
                choices=choices,
                required=False,
                initial=named if named in self._editions else "",
                help_text=""
                if named in self._editions or not named
                else _("规则写明的版本（%s）还没有载入或确认。") % named,
            )

    def chosen(self) -> dict[str, Edition]:
        """Key of a standard in the rules -> edition to judge by."""
        return {key: self._editions[value] for key, value in self.cleaned_data.items() if value}


def _called(edition: Edition) -> str:
    """With whose it is: two bodies may hold the same standard."""
    words = f"{words_of(edition)} {edition.label}".strip()
    return f"{words}　{edition.owner.organisation.name}" if edition.owner is not None else words
