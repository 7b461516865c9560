"""The desk of an application: where it stands in this face, its document, and what follows it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import application_by_id, last_receipt, receipts_of
from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.kernel import formats
from zhuoyue.web.applicant.navigation import of_application
from zhuoyue.web.shared.deadlines import digest_groups
from zhuoyue.web.shared.dossier.mount import Mount, Paper
from zhuoyue.web.shared.titles import titled


def paper_of(application: Application, *, draft: bool) -> Paper:
    """Head and foot of the document: what was sent bears its receipt, a draft says that it is one."""
    receipt = None if draft else last_receipt(application)
    version = _("草稿，未提交")
    if receipt is not None and application.snapshot is not None:
        version = _("第%(number)s版，%(at)s提交") % {
            "number": application.snapshot.number,
            "at": formats.long_date(receipt.at),
        }
    return Paper(
        title=(titled(application.cycle), f"{titled(application.category)}{_('申报材料')}"),
        name=_("%(name)s申报材料%(number)s") % {"name": application.organisation.name, "number": application.number},
        facts=(
            (_("申报单位"), application.title),
            (_("申报编号"), application.number),
            (_("推荐单位"), str(application.recommender or "")),
            (_("版本"), version),
        ),
        stamp=application.organisation.name,
        stamp_label=_("申报单位（盖章）"),
        code=f"{receipt.number}　{digest_groups(receipt.digest)}" if receipt else _("草稿，未提交"),
        note=_("纸质材料与此编号、校验码的电子版一致。") if receipt else "",
    )


def links_of(application: Application, snapshot: Snapshot) -> list[tuple[str, str]]:
    """The receipt of a version."""
    found = (entry for entry in receipts_of(application) if entry.snapshot_id == snapshot.pk)
    return [(_("看回执"), reverse("applicant:receipt", args=[application.pk, entry.pk])) for entry in found][:1]


DESK = Mount(
    owner="application",
    namespace="applicant",
    find=application_by_id,
    home="application",
    go_on="submit",
    go_on_words=gettext_lazy("去提交"),
    frame=of_application,
    paper=paper_of,
    links=links_of,
)
