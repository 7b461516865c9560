"""Loading rules, opening cycles, publishing notices."""

import hashlib
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import ADMINISTER
from zhuoyue.domain.criteria import actions as criteria
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.programmes import calendar
from zhuoyue.domain.programmes.models import (
    Category,
    Cycle,
    Deadline,
    HandOver,
    Notice,
    NoticeAttachment,
    NoticeReading,
    Phase,
    Programme,
    RulesVersion,
)
from zhuoyue.domain.programmes.queries import cycle_of_letter, failed_letters, rules_of
from zhuoyue.domain.programmes.rules import EDIT_NOTICE, LOAD_PACK, MANAGE_CYCLE, MANAGE_NOTICE, READ_NOTICE
from zhuoyue.domain.programmes.steps import take_over_bodies
from zhuoyue.kernel import access, audit, clock, flow, versions
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.numbers import draw
from zhuoyue.packs.programmes import Programme as Rules
from zhuoyue.packs.programmes import load_pack

LOADED = audit.verb("programmes.pack_loaded", _("载入项目包"))
CYCLE_MADE = audit.verb("programmes.cycle_made", _("设立年度"))
PHASE_EDITED = audit.verb("programmes.phase_edited", _("调整阶段日程"))
DEADLINE_EDITED = audit.verb("programmes.deadline_edited", _("调整受理时间"))
LETTER_SENT_AGAIN = audit.verb("programmes.letter_sent_again", _("重新发送信件"))
LETTERS_SENT_AGAIN = audit.verb("programmes.letters_sent_again", _("重新发送没有发出的信件"))
HAND_OVER_ASKED = audit.verb("programmes.hand_over_asked", _("请同事转交登录链接"))
OPERATOR_READ = audit.verb("programmes.letter_read_by_operator", _("系统管理员查看信件以便转交"))
LETTER_HANDED_OVER = audit.verb("programmes.letter_handed_over", _("查看登录链接以便转交"))
NOTICE_DRAFTED = audit.verb("programmes.notice_drafted", _("起草通知"))
NOTICE_EDITED = audit.verb("programmes.notice_edited", _("修改通知"))


class CycleStandsError(Exception):
    """The programme has a cycle of that year already; `cycle` is it."""

    def __init__(self, cycle: Cycle) -> None:
        super().__init__(cycle.slug)
        self.cycle = cycle

    def __str__(self) -> str:
        return gettext("“%(label)s”年度已经设立，不能再设一个。") % {"label": self.cycle.label}


class SecondPersonError(Exception):
    """A way in is read by a colleague of whoever asked for it: one person alone could become its reader."""

    def __str__(self) -> str:
        return gettext("链接由另一位同事查看并转交，提出的人自己看不到。请先提出，再请同事打开这封信。")


class LetterLeavesError(Exception):
    """The letter reaches its reader by itself, so nobody else needs to read the link in it."""

    def __str__(self) -> str:
        return gettext("这封信会自动发给收件人，不用转交。")


@transaction.atomic
def load_rules(*, by: Any, text: str, organiser: Body) -> RulesVersion:
    """Load a pack as the next rules version of its programme; the same text again is the version it already is.

    Raises SourceError (every fault of the pack) and RefusedError.
    """
    rules = load_pack(text).programme
    programme, _made = Programme.objects.get_or_create(
        key=rules.key, defaults={"title": rules.title.zh, "title_en": rules.title.en, "organiser": organiser}
    )
    if by is not None:
        access.check(LOAD_PACK, by)
        access.check(MANAGE_CYCLE, by, programme)
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = programme.rules_versions.filter(digest=digest).first()
    if known is not None:
        return known
    number = draw("rules", scope=programme)
    version = RulesVersion.objects.create(programme=programme, number=number, text=text, digest=digest)
    audit.record(LOADED, by=by, subject=version, scope=programme, data={"number": number, "digest": digest})
    return version


@transaction.atomic
def make_cycle(*, by: Any, version: RulesVersion, editions: dict[str, Edition]) -> Cycle:
    """The cycle that the rules describe: its phases, categories and bodies.

    `editions`: what each standard of the rules is judged by, named by its own key or by the edition that it names.
    Raises CycleStandsError and RefusedError.
    """
    if by is not None:
        access.check(MANAGE_CYCLE, by, version.programme)
    rules = rules_of(version)
    standing = version.programme.cycles.filter(label=rules.edition.label).first()
    if standing is not None:
        raise CycleStandsError(standing)
    cycle = Cycle.objects.create(
        programme=version.programme,
        rules=version,
        label=rules.edition.label,
        title=rules.title.zh,
        title_en=rules.title.en,
        slug=_free_slug(rules),
    )
    phases = Phase.objects.bulk_create(calendar.phases_in(cycle, rules))
    categories = Category.objects.bulk_create(_categories(cycle, rules, editions))
    Deadline.objects.bulk_create(calendar.deadlines_in(categories, phases, rules))
    take_over_bodies(by=by, cycle=cycle)
    audit.record(CYCLE_MADE, by=by, subject=cycle, scope=cycle, data={"rules": version.digest})
    return cycle


def _free_slug(rules: Rules) -> str:
    """The key of the rules; with the year added where an earlier year has taken it."""
    slug = slugify(rules.key)[:60]
    if not Cycle.objects.filter(slug=slug).exists():
        return slug
    year = slugify(rules.edition.label)
    return f"{slug[: 59 - len(year)]}-{year}"


def _categories(cycle: Cycle, rules: Rules, editions: dict[str, Edition]) -> list[Category]:
    judged = {use.key: editions.get(use.key) or editions.get(use.edition or "") for use in rules.standards}
    return [
        Category(
            cycle=cycle,
            key=entry.key,
            position=position,
            title=entry.title.zh,
            title_en=entry.title.en,
            edition=judged.get(entry.standard or ""),
        )
        for position, entry in enumerate(rules.categories)
    ]


@transaction.atomic
def edit_phase(
    *, by: Any, phase: Phase, expected: int, starts_at: datetime | None, ends_at: datetime | None, reason: str
) -> None:
    """Move a phase, and with it the deadlines that stand at its ends; any other date of a deadline stays.

    The reason is recorded: applicants may ask why a deadline changed.
    """
    access.check(MANAGE_CYCLE, by, phase.cycle)
    before = {"starts_at": phase.starts_at, "ends_at": phase.ends_at}
    after = {"starts_at": starts_at, "ends_at": ends_at}
    versions.save_edit(phase, expected=expected, fields=after)
    audit.record(
        PHASE_EDITED, by=by, subject=phase, scope=phase.cycle, data={"before": before, "after": after, "reason": reason}
    )
    for deadline in phase.deadlines.select_for_update(of=("self",)).select_related("category__cycle").order_by("pk"):
        opens = starts_at if deadline.opens_at == before["starts_at"] else deadline.opens_at
        closes = ends_at if deadline.closes_at == before["ends_at"] else deadline.closes_at
        if (opens, closes) != (deadline.opens_at, deadline.closes_at):
            _move(by, deadline, deadline.version, {"opens_at": opens, "closes_at": closes}, reason)


@transaction.atomic
def edit_deadline(
    *, by: Any, deadline: Deadline, expected: int, opens_at: datetime | None, closes_at: datetime | None, reason: str
) -> None:
    """Change from when until when one category takes one thing. Raises StaleError, RefusedError."""
    access.check(MANAGE_CYCLE, by, deadline.cycle)
    _move(by, deadline, expected, {"opens_at": opens_at, "closes_at": closes_at}, reason)


def _move(by: Any, deadline: Deadline, expected: int, dates: dict[str, datetime | None], reason: str) -> None:
    before = {"opens_at": deadline.opens_at, "closes_at": deadline.closes_at}
    versions.save_edit(deadline, expected=expected, fields=dates)
    facts = {"before": before, "after": dates, "reason": reason}
    audit.record(DEADLINE_EDITED, by=by, subject=deadline, scope=deadline.cycle, data=facts)


@transaction.atomic
def send_letter_again(*, by: Any, cycle: Cycle, letter: OutboxMail) -> None:
    """Put a letter that has left or failed back to be sent, with a new set of attempts."""
    access.check(MANAGE_CYCLE, by, cycle)
    settled = OutboxMail.objects.filter(pk=letter.pk).exclude(state=MailState.QUEUED)
    if settled.update(state=MailState.QUEUED, attempts=0, next_try_at=clock.now(), last_error=""):
        audit.record(LETTER_SENT_AGAIN, by=by, subject=letter, scope=cycle, data={"to": letter.to})


def waits_for_hands(letter: OutboxMail) -> bool:
    """Whether a letter does not reach its reader by itself: no server to send by, or refused by it."""
    return letter.state == MailState.FAILED or not settings.EMAIL_HOST


@transaction.atomic
def ask_hand_over(*, by: Any, cycle: Cycle, letter: OutboxMail) -> None:
    """Ask a colleague to pass the link of a letter on. Whoever asked first never reads it. Raises LetterLeavesError."""
    access.check(MANAGE_CYCLE, by, cycle)
    if not waits_for_hands(letter):
        raise LetterLeavesError
    _asked, made = HandOver.objects.get_or_create(letter=letter, defaults={"asked_by": by})
    if made:
        audit.record(HAND_OVER_ASKED, by=by, subject=letter, scope=cycle, data={"to": letter.to})


@transaction.atomic
def hand_over_letter(*, by: Any, cycle: Cycle, letter: OutboxMail) -> None:
    """Let a colleague of who asked read a link that opens an account, to pass it on; who did stands in the record.

    Raises LetterLeavesError, SecondPersonError.
    """
    access.check(MANAGE_CYCLE, by, cycle)
    if not waits_for_hands(letter):
        raise LetterLeavesError
    if not HandOver.objects.filter(letter=letter).exclude(asked_by=by).exists():
        raise SecondPersonError
    audit.record(LETTER_HANDED_OVER, by=by, subject=letter, scope=cycle, data={"to": letter.to})


@transaction.atomic
def read_for_hands(*, by: Any, letter: OutboxMail) -> None:
    """Let the operator read a letter to pass it on; `by` None: at the machine. The office that it is about can see it.

    Raises LetterLeavesError.
    """
    if by is not None:
        access.check(ADMINISTER, by)
    if not waits_for_hands(letter):
        raise LetterLeavesError
    audit.record(OPERATOR_READ, by=by, subject=letter, scope=cycle_of_letter(letter), data={"to": letter.to})


@transaction.atomic
def send_failed_again(*, by: Any, cycle: Cycle) -> int:
    """The same for every letter about the cycle that could not be delivered; how many."""
    access.check(MANAGE_CYCLE, by, cycle)
    failed = OutboxMail.objects.filter(pk__in=list(failed_letters(cycle, by).values_list("pk", flat=True)))
    count = failed.update(state=MailState.QUEUED, attempts=0, next_try_at=clock.now(), last_error="")
    if count:
        audit.record(LETTERS_SENT_AGAIN, by=by, subject=cycle, scope=cycle, data={"letters": count})
    return count


@transaction.atomic
def open_cycle(*, by: Any, cycle: Cycle) -> None:
    """Start a cycle. The standards it judges by are frozen from now on; an unconfirmed one keeps it from starting."""
    for edition in Edition.objects.filter(category__cycle=cycle).distinct().order_by("pk"):
        criteria.freeze(by=by, edition=edition)
    flow.move(cycle, "open", by=by, scope=cycle)


@transaction.atomic
def close_cycle(*, by: Any, cycle: Cycle) -> None:
    flow.move(cycle, "close", by=by, scope=cycle)


class NoticeText(TypedDict, total=False):
    """What an office writes of a notice. Its state and the moment of its publication are moved, never written."""

    number: str
    title: str
    body: str
    contact: str
    signed_on: date | None
    joint_issuers: list[str]


class NoticePlace(NoticeText, total=False):
    """Where a draft belongs besides: fixed once it is drafted."""

    cycle: Cycle | None
    supplements: Notice | None
    transmits: Notice | None


@transaction.atomic
def draft_notice(
    *, by: Any, programme: Programme, issuer: Body, attachments: tuple[str, ...] = (), **fields: Unpack[NoticePlace]
) -> Notice:
    access.check(MANAGE_CYCLE, by, programme)
    notice = Notice.objects.create(programme=programme, issuer=issuer, **versions.only(NoticePlace, fields))
    _name_attachments(notice, attachments)
    audit.record(NOTICE_DRAFTED, by=by, subject=notice, scope=notice.cycle)
    return notice


def _name_attachments(notice: Notice, titles: tuple[str, ...]) -> None:
    """Attachments that keep their title keep their file."""
    files = dict(notice.attachments.values_list("title", "file"))
    notice.attachments.all().delete()
    NoticeAttachment.objects.bulk_create(
        NoticeAttachment(notice=notice, position=position, title=title, file_id=files.get(title))
        for position, title in enumerate(titles, 1)
    )


@transaction.atomic
def edit_notice(
    *,
    by: Any,
    notice: Notice,
    expected: int,
    attachments: tuple[str, ...] | None = None,
    **fields: Unpack[NoticeText],
) -> None:
    """`attachments`: the titles as they shall stand, in order; None leaves them."""
    access.check(EDIT_NOTICE, by, notice)
    versions.save_edit(notice, expected=expected, fields=versions.only(NoticeText, fields))
    standing = tuple(notice.attachments.values_list("title", flat=True))
    if attachments is not None and attachments != standing:
        _name_attachments(notice, attachments)
    audit.record(NOTICE_EDITED, by=by, subject=notice, scope=notice.cycle, data={"fields": sorted(fields)})


@transaction.atomic
def publish_notice(*, by: Any, notice: Notice) -> None:
    """Publish, and open the cycle it announces."""
    access.check(MANAGE_NOTICE, by, notice)
    moment = clock.now()
    flow.move(notice, "publish", by=by, at=moment, scope=notice.cycle)
    notice.published_at = moment
    notice.save(update_fields=["published_at"])
    if notice.cycle is not None and notice.cycle.state == "draft":
        open_cycle(by=by, cycle=notice.cycle)


@transaction.atomic
def withdraw_notice(*, by: Any, notice: Notice, reason: str) -> None:
    flow.move(notice, "withdraw", by=by, scope=notice.cycle, reason=reason)


def note_reading(*, by: Any, notice: Notice) -> None:
    """Remember that a signed-in person has opened the notice; the first time counts."""
    access.check(READ_NOTICE, by, notice)
    NoticeReading.objects.get_or_create(notice=notice, person=by, defaults={"at": clock.now()})
