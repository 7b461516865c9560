"""Packs: what is loaded, checking one with every fault in words, seeing what it would make, loading it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from zhuoyue.domain.criteria.queries import known_codes
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import bodies_of
from zhuoyue.domain.programmes import actions
from zhuoyue.domain.programmes.queries import newest_version, programme_by_key, versions_run_by
from zhuoyue.domain.programmes.rules import LOAD_PACK, MANAGE_CYCLE, OFFICE
from zhuoyue.kernel import access, formats
from zhuoyue.kernel.files.delivery import guard
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import page
from zhuoyue.packs.programmes import (
    Known,
    Pack,
    asked_of_people,
    check_pack,
    diff_packs,
    load_pack,
    shipped_known,
    shipped_packs,
)
from zhuoyue.packs.programmes.schema.dates import Moment
from zhuoyue.packs.source import Message
from zhuoyue.web.secretariat.programmes.forms import LoadForm, PackForm, sealed
from zhuoyue.web.secretariat.settings.views.start import crumbs, settings_page


def packs_crumbs() -> list[dict[str, str]]:
    return [*crumbs(), {"label": _("项目包"), "url": reverse("secretariat:packs")}]


def known_here(person: Any) -> Known:
    """What a pack may name: what ships, and the editions of this installation."""
    shipped = shipped_known()
    return Known({**(shipped.editions or {}), **known_codes(person)}, shipped.scoring_models)


def _said(fault: Message, lines: list[str]) -> dict[str, Any]:
    """A fault for the page: where, what, what to do, and the line itself."""
    english = in_english()
    return {
        "place": f"{fault.file}:{fault.line}",
        "path": fault.path,
        "text": fault.text_en if english else fault.text_zh,
        "remedy": fault.remedy_en if english else fault.remedy_zh,
        "line": lines[fault.line - 1].strip()[:160] if 0 < fault.line <= len(lines) else "",
    }


def changes_between(old: Pack, new: Pack) -> list[str]:
    return [change.text_en if in_english() else change.text_zh for change in diff_packs(old, new)]


def made_by(pack: Pack) -> dict[str, Any]:
    """What a pack would make, for people."""
    rules, english = pack.programme, in_english()

    def words(text: Any) -> str:
        return str((text.en if english else "") or text.zh)

    counts = [
        (_("奖项"), len(rules.awards)),
        (_("类别"), len(rules.categories)),
        (_("阶段"), len(rules.phases)),
        (_("推荐层级"), len(rules.recommendation)),
        (_("申报条件"), len(rules.conditions)),
        (_("表单"), len(rules.forms)),
        (_("评审环节"), len(rules.stages)),
        (_("通知"), len(rules.notices)),
    ]
    phases = [(words(phase.title), _date(phase.start), _date(phase.end)) for phase in rules.phases]
    standards = [(words(use.title), use.edition or "") for use in rules.standards]
    return {
        "title": words(rules.title),
        "key": rules.key,
        "label": rules.edition.label,
        "counts": counts,
        "phases": phases,
        "categories": [words(entry.title) for entry in rules.categories],
        "standards": standards,
        "by_people": [note.text_en if english else note.text_zh for note in asked_of_people(pack)],
    }


def _date(given: Any) -> str:
    """A date of a pack in the precision that it is given in."""
    if given is None:
        return ""
    if not isinstance(given, Moment):
        return _("按其他日期推算")
    if given.grain == "day":
        return formats.long_date(given.first)
    if given.grain == "month":
        return formats.month(given.first)
    thirds = {"early": _("%(month)s上旬"), "mid": _("%(month)s中旬"), "late": _("%(month)s下旬")}
    third = thirds.get(given.text.rpartition("-")[2])
    return third % {"month": formats.month(given.first)} if third else given.text


def pack_file(name: str, text: str) -> HttpResponse:
    """A pack byte for byte, as a file of its own."""
    answer = HttpResponse(text.encode(), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    guard(answer)
    return answer


@page(OFFICE)
def packs(request: HttpRequest) -> HttpResponse:
    found = list(versions_run_by(request.user))
    loaded = {version.programme.key for version in found}
    shipped = [made_by(pack) for pack in shipped_packs() if pack.key not in loaded]
    content = {"versions": found, "shipped": shipped, "crumbs": crumbs()}
    return settings_page(request, "secretariat/programmes/packs.html", **content)


@page(LOAD_PACK, methods=("GET", "POST"))
def check(request: HttpRequest) -> HttpResponse:
    """Every fault at once with file, line and remedy; without any, what the pack would make."""
    if request.method != "POST":
        return _form_page(request, PackForm())
    form = PackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    if form.faults:
        return _form_page(request, form, faults=[_said(fault, []) for fault in form.faults], status=422)
    text, name = form.cleaned_data["text"], form.cleaned_data["name"]
    faults = check_pack(text, name=name, known=known_here(request.user))
    if faults:
        again = PackForm(initial={"text": text, "name": name})
        said = [_said(fault, text.splitlines()) for fault in faults]
        return _form_page(request, again, faults=said, status=422)
    return _preview(request, text, name)


def _form_page(
    request: HttpRequest, form: PackForm, *, faults: list[dict[str, Any]] | None = None, status: int = 200
) -> HttpResponse:
    content = {"form": form, "faults": faults, "crumbs": packs_crumbs()}
    return settings_page(request, "secretariat/programmes/pack_check.html", status=status, **content)


def _preview(request: HttpRequest, text: str, name: str, *, form: LoadForm | None = None) -> HttpResponse:
    pack = load_pack(text, name=name)
    programme = programme_by_key(pack.key)
    theirs = programme is not None and not access.allowed(MANAGE_CYCLE, request.user, programme)
    newest = newest_version(programme) if programme is not None and not theirs else None
    bodies = [programme.organiser] if programme is not None else bodies_of(request.user, Duty.SECRETARY)
    content: dict[str, Any] = {
        "made": made_by(pack),
        "theirs": theirs,
        "newest": newest,
        "same": newest is not None and newest.text == text,
        "changes": changes_between(load_pack(newest.text), pack) if newest is not None else [],
        "form": form or LoadForm(bodies=bodies, initial={"pack": sealed(text, name), "organiser": _only(bodies)}),
        "crumbs": packs_crumbs(),
    }
    status = 422 if form is not None else 200
    return settings_page(request, "secretariat/programmes/pack_preview.html", status=status, **content)


def _only(bodies: list[Any]) -> str:
    return str(bodies[0].pk) if len(bodies) == 1 else ""


@page(LOAD_PACK)
def shipped(request: HttpRequest, *, key: str) -> HttpResponse:
    """A pack that comes with the software, as it would be loaded."""
    pack = _shipped_called(key)
    return _preview(request, pack.source.text, pack.source.name)


def _shipped_called(key: str) -> Pack:
    found = next((pack for pack in shipped_packs() if pack.key == key), None)
    if found is None:
        raise Http404
    return found


@page(OFFICE)
def export_shipped(_request: HttpRequest, *, key: str) -> HttpResponse:
    pack = _shipped_called(key)
    return pack_file(pack.source.name, pack.source.text)


@page(LOAD_PACK, methods=("POST",))
def load(request: HttpRequest) -> HttpResponse:
    form = LoadForm(request.POST, bodies=bodies_of(request.user, Duty.SECRETARY))
    if not form.is_valid():
        carried = form.cleaned_data.get("pack")
        if carried is None:
            messages.error(request, _("内容在途中变了，请重新检查。"))
            return redirect("secretariat:check_pack")
        return _preview(request, carried["text"], carried["name"], form=form)
    carried = form.cleaned_data["pack"]
    try:
        version = actions.load_rules(by=request.user, text=carried["text"], organiser=form.cleaned_data["organiser"])
    except access.RefusedError:
        messages.error(request, _("这个项目由另一个机构主办，不能由您载入。"))
        return redirect("secretariat:packs")
    messages.success(request, _("规则第%(number)s版已载入。") % {"number": version.number})
    return redirect("secretariat:rules_version", version_id=version.pk)
