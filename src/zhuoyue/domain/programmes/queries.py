from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version as release_of
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Coalesce, TruncDate

from zhuoyue.domain.accounts.queries import OWN_LETTERS
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.domain.programmes.enums import CycleState, NoticeState
from zhuoyue.domain.programmes.models import Category, Cycle, HandOver, Notice, Phase, Programme, RulesVersion
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.records import subject_of
from zhuoyue.packs.programmes import Programme as Rules
from zhuoyue.packs.programmes import load_pack
from zhuoyue.packs.programmes.schema.forms import Form
from zhuoyue.packs.programmes.schema.programme import Category as CategoryRules
from zhuoyue.packs.programmes.schema.stages import Stage

RELEASE = release_of("zhuoyue")

_packs: dict[str, Rules] = {}
_MOST_PACKS = 32


def rules_of(version: RulesVersion) -> Rules:
    """The typed rules of a loaded pack; made once for each digest, so that `text` may stay unread (`defer`)."""
    known = _packs.get(version.digest)
    if known is None:
        if len(_packs) >= _MOST_PACKS:
            _packs.clear()
        known = _packs[version.digest] = _typed(version)
    return known


def _typed(version: RulesVersion) -> Rules:
    """Read from the text once for all processes: that takes a hundred times as long as from what was made of it."""
    place = f"rules:{RELEASE}:{version.digest}"
    kept = cache.get(place)
    if kept is not None:
        with suppress(ValueError):  # kept under another form of the rules: the text tells
            return Rules.model_validate_json(kept)
    rules = load_pack(version.text).programme
    cache.set(place, rules.model_dump_json(by_alias=True, exclude_unset=True), timeout=None)
    return rules


def category_rules(category: Category, version: RulesVersion | None = None) -> CategoryRules:
    rules = rules_of(version or category.cycle.rules)
    return next(entry for entry in rules.categories if entry.key == category.key)


def stage_rules(category: Category, version: RulesVersion | None = None) -> tuple[Stage, ...]:
    rules = rules_of(version or category.cycle.rules)
    return rules.stages_of(category_rules(category, version))


def has_stages(cycle: Cycle) -> bool:
    """Whether anything is judged under the rules of the cycle."""
    rules = rules_of(cycle.rules)
    return any(rules.stages_of(category) for category in rules.categories)


def form_rules(category: Category, version: RulesVersion | None = None) -> Form | None:
    """The application form of a category, None where the category takes no applications."""
    rules = rules_of(version or category.cycle.rules)
    key = category_rules(category, version).form
    return next((form for form in rules.forms if form.key == key), None)


def tier_titles(category: Category) -> dict[str, str]:
    """Tier key -> title of the award that the category applies for, highest first."""
    rules = rules_of(category.cycle.rules)
    wanted = category_rules(category).award
    award = next((entry for entry in rules.awards if entry.key == wanted), None)
    return {tier.key: str(tier.title) for tier in sorted(award.tiers, key=lambda tier: tier.rank)} if award else {}


# ---- cycles


def cycle_by_slug(slug: str) -> Cycle | None:
    found = Cycle.objects.select_related("programme__organiser__organisation", "rules").defer("rules__text")
    return found.filter(slug=slug).first()


def category_by_id(category_id: UUID) -> Category | None:
    wanted = ("cycle__programme__organiser__organisation", "cycle__rules", "edition")
    return Category.objects.select_related(*wanted).filter(pk=category_id).first()


def programme_by_key(key: str) -> Programme | None:
    return Programme.objects.select_related("organiser__organisation").filter(key=key).first()


def cycles_shown() -> QuerySet[Cycle]:
    """What the public sees: cycles that run or ran, newest first, with phases and categories."""
    return (
        Cycle.objects.exclude(state=CycleState.DRAFT)
        .select_related("programme__organiser__organisation", "rules")
        .prefetch_related("phases", "categories__deadlines")
        .order_by("-created_at")
    )


def cycles_run_by(person: Any) -> QuerySet[Cycle]:
    """The cycles whose organiser the person works for."""
    held = organisations_with(person, Duty.SECRETARY, Duty.AUDITOR)
    return (
        Cycle.objects.filter(programme__organiser__organisation__in=held)
        .select_related("programme__organiser__organisation", "rules")
        .order_by("-created_at")
    )


_OF_CHOICE = (
    *("slug", "title", "title_en", "label", "state"),
    *("programme__organiser__organisation__name", "rules__digest"),
)


def cycle_choices(person: Any) -> list[Cycle]:
    """The same, light: what a switch between years and the frame show. Running ones first, then the newest."""
    held = organisations_with(person, Duty.SECRETARY, Duty.AUDITOR)
    if not held:
        return []
    found = (
        Cycle.objects.filter(programme__organiser__organisation__in=held)
        .only(*_OF_CHOICE)
        .select_related("programme__organiser__organisation", "rules")
        .order_by("-created_at")
    )
    return sorted(found, key=lambda cycle: cycle.state != CycleState.OPEN)


def cycles_judged_by(editions: Iterable[Edition]) -> dict[UUID, list[Cycle]]:
    """Edition id -> the cycles that judge by it and have begun; one in preparation is its organiser's own affair."""
    found: dict[UUID, list[Cycle]] = {}
    rows = (
        Category.objects.filter(edition__in=[edition.pk for edition in editions])
        .exclude(cycle__state=CycleState.DRAFT)
        .select_related("cycle")
        .order_by("-cycle__created_at", "position")
    )
    for category in rows:
        assert category.edition_id is not None  # noqa: S101 - filtered on it
        cycles = found.setdefault(category.edition_id, [])
        if category.cycle not in cycles:
            cycles.append(category.cycle)
    return found


def phase_by_id(phase_id: UUID) -> Phase | None:
    return Phase.objects.select_related("cycle__programme__organiser__organisation").filter(pk=phase_id).first()


def version_by_id(version_id: UUID) -> RulesVersion | None:
    return RulesVersion.objects.select_related("programme__organiser__organisation").filter(pk=version_id).first()


def newest_version(programme: Programme, *, before: int | None = None) -> RulesVersion | None:
    """The last version loaded, or the last before number `before`."""
    found = programme.rules_versions.order_by("-number")
    return (found if before is None else found.filter(number__lt=before)).first()


def versions_run_by(person: Any) -> QuerySet[RulesVersion]:
    """Every rules version of the programmes whose organiser the person works for, without its text, newest first."""
    held = organisations_with(person, Duty.SECRETARY, Duty.AUDITOR)
    return (
        RulesVersion.objects.filter(programme__organiser__organisation__in=held)
        .select_related("programme__organiser__organisation")
        .prefetch_related("cycle_set")
        .defer("text")
        .order_by("programme__title", "programme", "-number")
    )


def programmes_run_by(person: Any) -> QuerySet[Programme]:
    """The programmes whose organiser the person works for, with their rules versions and cycles."""
    held = organisations_with(person, Duty.SECRETARY, Duty.AUDITOR)
    versions = RulesVersion.objects.defer("text").order_by("-number")
    return (
        Programme.objects.filter(organiser__organisation__in=held)
        .select_related("organiser__organisation")
        .prefetch_related(Prefetch("rules_versions", queryset=versions), "cycles")
        .order_by("title")
    )


# ---- letters and the record


def letters_of(cycle: Cycle, person: Any) -> QuerySet[OutboxMail]:
    """Letters about a cycle, newest first.

    One that names no cycle belongs to the installation: it is shown where the person runs every programme in it.
    Those of a person's own account (digits of a sign-up, a new password) are for nobody else.
    """
    about = Q(scope__in=[subject_of(cycle), subject_of(cycle.programme.organiser.organisation)])
    held = organisations_with(person, Duty.SECRETARY, Duty.AUDITOR)
    of_others = Programme.objects.exclude(organiser__organisation__in=held)
    about |= Q(scope="") & ~Q(Exists(of_others))
    return OutboxMail.objects.filter(about).exclude(dedupe__startswith=OWN_LETTERS).order_by("-created_at")


def cycle_of_letter(letter: OutboxMail) -> Cycle | None:
    """The cycle that a letter is about, if it names one."""
    kind, _, key = letter.scope.partition(":")
    return Cycle.objects.filter(pk=key).first() if kind == Cycle._meta.label_lower else None  # noqa: SLF001 - Django's documented model API


def letter_by_id(letter_id: UUID) -> OutboxMail | None:
    return OutboxMail.objects.filter(pk=letter_id).first()


def letters_for_hands(to: str = "") -> QuerySet[OutboxMail]:
    """Letters of the whole installation that do not leave by themselves, newest first; `to`: part of an address."""
    found = OutboxMail.objects.filter(to__icontains=to.strip())
    found = found.filter(state=MailState.FAILED) if settings.EMAIL_HOST else found.exclude(state=MailState.SENT)
    return found.order_by("-created_at")


def hand_over_of(letter: OutboxMail) -> HandOver | None:
    """Who asked a colleague to pass the way in of that letter on."""
    return HandOver.objects.select_related("asked_by").filter(letter=letter).first()


def asked_first(letters: QuerySet[OutboxMail], person: Any) -> QuerySet[Any]:
    """Letters with `asked`, those first: whether a colleague asked the person to pass it on and it is still here."""
    by_others = Exists(HandOver.objects.filter(letter=OuterRef("pk")).exclude(asked_by=person))
    asked = Case(When(Q(by_others) & ~Q(state=MailState.SENT), then=True), default=False, output_field=BooleanField())
    return letters.annotate(asked=asked).order_by("-asked", "-created_at")


def asked_of(cycle: Cycle, person: Any) -> QuerySet[OutboxMail]:
    """Letters that colleagues asked the person to pass on, and that have not left since."""
    return asked_first(letters_of(cycle, person), person).filter(asked=True)


def failed_letters(cycle: Cycle, person: Any) -> QuerySet[OutboxMail]:
    """Those that wait for somebody to look: refused for good, or tried too often."""
    return letters_of(cycle, person).filter(state=MailState.FAILED)


def events_of(cycle: Cycle) -> QuerySet[AuditEvent]:
    """The record of a cycle, newest first."""
    return AuditEvent.objects.filter(scope=subject_of(cycle)).order_by("-sequence")


# ---- notices


def notices_published() -> QuerySet[Notice]:
    return (
        Notice.objects.filter(state=NoticeState.PUBLISHED)
        .select_related("issuer__organisation", "programme", "cycle", "transmits__issuer__organisation", "supplements")
        .order_by(Coalesce("signed_on", TruncDate("published_at")).desc(), "-published_at")
    )


def notice_by_id(notice_id: UUID) -> Notice | None:
    attachments = Prefetch("attachments")
    return (
        Notice.objects.select_related(
            "issuer__organisation",
            "programme__organiser__organisation",
            "cycle__programme__organiser__organisation",
            "cycle__rules",
            "transmits__issuer__organisation",
            "supplements",
        )
        .prefetch_related(attachments)
        .filter(pk=notice_id)
        .first()
    )


def notices_of(cycle: Cycle) -> QuerySet[Notice]:
    """Every notice of a cycle, drafts and withdrawn ones too, newest first."""
    return (
        Notice.objects.filter(cycle=cycle)
        .select_related("issuer__organisation", "supplements")
        .annotate(read_by=Count("readings"))
        .order_by("-created_at")
    )


def notices_run_by(person: Any) -> QuerySet[Notice]:
    held = organisations_with(person, Duty.SECRETARY)
    mine = Q(programme__organiser__organisation__in=held) | Q(issuer__organisation__in=held)
    return (
        Notice.objects.filter(mine).select_related("issuer__organisation", "programme", "cycle").order_by("-created_at")
    )
