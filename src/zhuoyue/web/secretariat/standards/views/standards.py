"""Standards: what is loaded, reading a published one, the facts of an edition, confirming and reopening."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.enums import NodeKind
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.criteria.queries import (
    counts_of,
    depths_of,
    edition_by_id,
    editions_shown_to,
    nodes_of,
    points_sums,
    points_total,
    reading_of,
)
from zhuoyue.domain.criteria.rules import EDIT, EDIT_NODE, IMPORT, SEE, TAKE_ON
from zhuoyue.domain.orgs.queries import OFFICE_DUTIES, has_duty
from zhuoyue.domain.programmes.queries import cycles_judged_by
from zhuoyue.intake import IntakeError
from zhuoyue.kernel import access
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.files import FileRefusedError, as_attachment
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.frame import chosen_cycle, conflict, words_of
from zhuoyue.web.secretariat.pages import edit_page, step, version_in
from zhuoyue.web.secretariat.reasons import ReasonForm
from zhuoyue.web.secretariat.settings.views.start import PLACE, body_in_view, crumbs, settings_page
from zhuoyue.web.secretariat.standards.forms import DocumentForm, EditionForm
from zhuoyue.web.shared.steps import Asked

ROWS = 50


def address(edition: Edition, name: str = "edition") -> str:
    return reverse(f"secretariat:{name}", kwargs={"edition_id": edition.pk})


def standards_crumbs() -> list[dict[str, str]]:
    return [*crumbs(), {"label": _("标准"), "url": reverse("secretariat:standards")}]


def count_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The counts of an edition by name, in the order of a standard."""
    words = {
        "values": _("核心价值理念"),
        "terms": _("术语"),
        "notes": _("架构说明"),
        "context_aspects": _("组织环境要点"),
        "categories": _("类目"),
        "process_items": _("过程条目"),
        "process_aspects": _("过程要点"),
        "results_items": _("结果条目"),
    }
    return [(label, counts.get(key, 0)) for key, label in words.items()]


def other_owner(request: HttpRequest, edition: Edition) -> str:
    """Whose the edition is, where it is another body's."""
    owner = edition.owner
    theirs = owner is not None and not has_duty(request.user, owner.organisation_id, *OFFICE_DUTIES)
    return str(owner) if theirs else ""


def standing(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """An edition for its page: whose it is, and what the reader may do with it."""
    return {
        "edition": edition,
        "other_owner": other_owner(request, edition),
        "may_edit": access.allowed(EDIT, request.user, edition),
        "may_arrange": access.allowed(EDIT_NODE, request.user, edition),
        "may_take_on": access.allowed(TAKE_ON, request.user, edition),
    }


def _shown(request: HttpRequest, form: DocumentForm, *, status: int = 200) -> HttpResponse:
    pages = Paginator(list(editions_shown_to(request.user)), ROWS).get_page(request.GET.get("page"))
    used = cycles_judged_by(pages.object_list)
    for row in pages.object_list:
        row.used_by = used.get(row.pk, [])
        row.other_owner = other_owner(request, row)
    return settings_page(request, "secretariat/standards/standards.html", status=status, page=pages, form=form)


@page(SEE)
def standards(request: HttpRequest) -> HttpResponse:
    return _shown(request, DocumentForm())


@page(IMPORT, methods=("POST",))
def import_standard(request: HttpRequest) -> HttpResponse:
    """Read an uploaded standard; what it cannot be is said at the field, and nothing of it is kept."""
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, form, status=422)
    language = "en" if in_english() else "zh"
    try:
        received = actions.receive_document(
            by=request.user, upload=form.cleaned_data["document"], owner=body_in_view(request)
        )
    except FileRefusedError as error:
        form.add_error("document", str(error))
    except IntakeError as error:
        form.add_error(
            "document", f"{error.sentence(language)}{' ' if language == 'en' else ''}{error.remedy(language)}"
        )
    else:
        name = words_of(received.edition)
        said = (
            _("“%(name)s”已读入，请对照原文逐条核对。")
            if received.is_new
            else _("这份文本以前读入过，就是“%(name)s”。")
        )
        messages.success(request, said % {"name": name})
        is_open = received.edition.state == "draft"
        return redirect(address(received.edition, "review_edition" if is_open else "edition"))
    return _shown(request, form, status=422)


@page(IMPORT, methods=("POST",))
def load_shipped(request: HttpRequest) -> HttpResponse:
    loaded = actions.load_shipped(by=request.user, owner=body_in_view(request))
    said = ngettext("已载入%(count)s个标准。", "已载入%(count)s个标准。", len(loaded)) % {"count": len(loaded)}
    messages.success(request, said if loaded else _("随附的标准都已经在这里了。"))
    return redirect("secretariat:standards")


@page(SEE, find=edition_by_id)
def edition(request: HttpRequest, found: Edition) -> HttpResponse:
    """Any edition as a tree: values, terms, categories, items, aspects, prompts, points."""
    nodes = nodes_of(found)
    content: dict[str, Any] = {
        **standing(request, found),
        "rows": list(depths_of(nodes)),
        "counts": count_words(counts_of(found)),
        "sums": points_sums(nodes),
        "total": points_total(nodes),
        "used_by": cycles_judged_by([found]).get(found.pk, []),
        "reading": reading_of(found),
        "categories": [node for node in nodes if node.kind == NodeKind.CATEGORY],
        "crumbs": standards_crumbs(),
    }
    return settings_page(request, "secretariat/standards/edition.html", **content)


@page(TAKE_ON, find=edition_by_id, methods=("POST",))
def take_on_edition(request: HttpRequest, found: Edition) -> HttpResponse:
    actions.take_on(by=request.user, edition=found, owner=body_in_view(request))
    messages.success(request, _("由%(body)s接手，请逐条核对后确认。") % {"body": found.owner})
    return redirect(address(found, "review_edition" if reading_of(found) else "edition"))


@page(EDIT, find=edition_by_id, methods=("GET", "POST"))
def edit_edition(request: HttpRequest, found: Edition) -> HttpResponse:
    posted = request.method == "POST"
    form = EditionForm.of(found, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            actions.edit_edition(by=request.user, edition=found, expected=version_in(request), **form.cleaned_data)
        except StaleError as error:
            labels = {name: str(field.label) for name, field in form.fields.items()}
            return conflict(request, error, labels=labels, back=address(found))
        messages.success(request, _("修改已保存。"))
        return redirect(address(found))
    asked = Asked(_("标准信息"), _("保存"), address(found), PLACE)
    version = version_in(request) if posted else found.version
    return edit_page(request, chosen_cycle(request), form, asked, version=version)


@page(EDIT, find=edition_by_id, methods=("GET", "POST"))
def confirm_edition(request: HttpRequest, found: Edition) -> HttpResponse:
    reading = reading_of(found)
    facts: list[tuple[str, Any]] = [
        (_("标准"), f"{words_of(found)} {found.label}".strip()),
        *count_words(counts_of(found)),
    ]
    if reading:
        facts.append((_("未归位的行"), len(reading.unplaced)))
    if not found.verified_by:
        facts.append((_("核对人"), _("没有填写：确认以后仍会显示“未与印行本对照”")))
    asked = Asked(
        _("确认这个标准"),
        _("确认标准"),
        address(found),
        PLACE,
        lead=_("确认以后可以用于年度；年度启动时随之锁定。"),
        facts=facts,
        done=_("标准已确认，可以用于年度。"),
        faults=(MoveError, RefusedError),
    )
    return step(request, chosen_cycle(request), lambda: actions.confirm(by=request.user, edition=found), asked)


@page(EDIT, find=edition_by_id, methods=("GET", "POST"))
def reopen_edition(request: HttpRequest, found: Edition) -> HttpResponse:
    asked = Asked(
        _("重新核对这个标准"),
        _("重新核对"),
        address(found),
        PLACE,
        lead=_("回到草稿，可以修改条目；改好以后要再次确认。"),
        facts=[(_("标准"), f"{words_of(found)} {found.label}".strip())],
        done=_("已回到核对中。"),
        form=ReasonForm,
    )
    act = lambda reason: actions.reopen(by=request.user, edition=found, reason=reason)  # noqa: E731 - one line, used once
    return step(request, chosen_cycle(request), act, asked)


@page(SEE, find=edition_by_id)
def edition_document(_request: HttpRequest, found: Edition) -> HttpResponseBase:
    """The document that the edition was read from, as it was handed in."""
    reading = reading_of(found)
    if reading is None or reading.file is None:
        raise Http404
    return as_attachment(reading.file)
