"""One loaded version of a programme's rules: what it holds, what changed, its file, the year made of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.criteria.queries import confirmed_editions
from zhuoyue.domain.programmes import actions
from zhuoyue.domain.programmes.models import RulesVersion
from zhuoyue.domain.programmes.queries import newest_version, rules_of, version_by_id
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.kernel import access
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import page
from zhuoyue.packs.programmes import Known, check_pack, load_pack
from zhuoyue.packs.programmes.schema.programme import StandardUse
from zhuoyue.web.secretariat.frame import chosen_cycle, words_of
from zhuoyue.web.secretariat.pages import edit_page
from zhuoyue.web.secretariat.programmes.forms import CycleForm
from zhuoyue.web.secretariat.programmes.views.packs import changes_between, known_here, made_by, pack_file, packs_crumbs
from zhuoyue.web.secretariat.settings.views.start import PLACE, settings_page
from zhuoyue.web.shared.steps import Asked


def _address(version: RulesVersion) -> str:
    return reverse("secretariat:rules_version", kwargs={"version_id": version.pk})


@page(WATCH_CYCLE, find=version_by_id)
def rules_version(request: HttpRequest, found: RulesVersion) -> HttpResponse:
    pack = load_pack(found.text)
    earlier = newest_version(found.programme, before=found.number)
    content: dict[str, Any] = {
        "version": found,
        "made": made_by(pack),
        "earlier": earlier,
        "changes": changes_between(load_pack(earlier.text), pack) if earlier else [],
        "made_cycles": list(found.programme.cycles.filter(rules=found)),
        "stands": found.programme.cycles.filter(label=pack.programme.edition.label).exists(),
        "may_act": access.allowed(MANAGE_CYCLE, request.user, found.programme),
        "crumbs": packs_crumbs(),
    }
    return settings_page(request, "secretariat/programmes/rules_version.html", **content)


@page(WATCH_CYCLE, find=version_by_id)
def download_version(_request: HttpRequest, found: RulesVersion) -> HttpResponse:
    """Exactly the text that was loaded: its digest is the one shown."""
    return pack_file(f"{found.programme.key}-{found.number}.yaml", found.text)


def _uses(version: RulesVersion) -> list[StandardUse]:
    """The standards that something is judged by."""
    rules = rules_of(version)
    judged = {entry.standard for entry in rules.categories}
    return [use for use in rules.standards if use.key in judged]


def _unfit(person: Any, version: RulesVersion, uses: list[StandardUse], chosen: dict[str, Edition]) -> list[str]:
    """Where the rules name places of a standard that the chosen edition does not have."""
    known = known_here(person)
    codes = dict(known.editions or {})
    stands_in = {use.edition: codes[chosen[use.key].key] for use in uses if use.edition and use.key in chosen}
    faults = check_pack(version.text, known=Known({**codes, **stands_in}, known.scoring_models))
    english = in_english()
    named = [fault for fault in faults if fault.code.startswith("unknown-")]
    return [f"{fault.path}：{fault.text_en if english else fault.text_zh}" for fault in named]


@page(MANAGE_CYCLE, find=version_by_id, methods=("GET", "POST"))
def make_cycle(request: HttpRequest, found: RulesVersion) -> HttpResponse:
    """Found the year of these rules, and say what each of its standards is judged by."""
    uses, editions = _uses(found), list(confirmed_editions())
    form = CycleForm(request.POST if request.method == "POST" else None, uses=uses, editions=editions)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        for sentence in _unfit(request.user, found, uses, chosen):
            form.add_error(None, sentence)
        if form.is_valid():
            try:
                cycle = actions.make_cycle(by=request.user, version=found, editions=chosen)
            except actions.CycleStandsError as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request, _("“%(title)s”已设立，尚在筹备；发布通知后启动。") % {"title": words_of(cycle)}
                )
                return redirect("secretariat:cycle", slug=cycle.slug)
    rules = rules_of(found)
    asked = Asked(
        _("设立%(label)s年度") % {"label": rules.edition.label},
        _("设立年度"),
        _address(found),
        PLACE,
        lead=_("年度先处于筹备状态：阶段和类别照规则建立，对外不可见；发布通知后启动，所用标准随之锁定。"),
    )
    return edit_page(request, chosen_cycle(request), form, asked)
