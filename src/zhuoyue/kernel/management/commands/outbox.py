"""Read the outbox and send from it."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from zhuoyue.kernel import clock
from zhuoyue.kernel.formats import moment
from zhuoyue.kernel.mail import MailState, OutboxMail, deliver_due, send_again


class Command(BaseCommand):
    help = """Mail waits in the outbox until it is sent through SMTP (ZHUOYUE_SMTP_HOST and its companions).
Without a host everything stays here and is read with `outbox list --text`."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="show letters, newest first")
        listing.add_argument("--state", choices=MailState.values, help="only letters in this state")
        listing.add_argument("--to", default="", help="only letters to this address")
        listing.add_argument("--most", type=int, default=50, help="at most so many (default 50)")
        listing.add_argument("--text", action="store_true", help="print what each letter says")
        sending = verbs.add_parser("send", help="send what is due now")
        sending.add_argument("--again", action="store_true", help="try failed letters once more")

    def handle(self, *, verb: str, **options: Any) -> None:
        if verb == "list":
            self._list(**options)
        else:
            self._send(again=options["again"])

    def _list(self, *, state: str | None, to: str, most: int, text: bool, **_: Any) -> None:
        letters = OutboxMail.objects.order_by("-created_at")
        if state:
            letters = letters.filter(state=state)
        if to:
            letters = letters.filter(to=to)
        for letter in letters[:most]:
            facts = [moment(letter.created_at), letter.state, letter.to, letter.subject, letter.last_error]
            self.stdout.write("  ".join(fact for fact in facts if fact))
            if text:
                self.stdout.write("".join(f"    {line}\n" for line in letter.text.splitlines()))

    def _send(self, *, again: bool) -> None:
        now = clock.now()
        if again:
            self.stdout.write(f"to be tried again: {send_again(now)}")
        if not settings.EMAIL_HOST:
            self.stdout.write("no SMTP host is set (ZHUOYUE_SMTP_HOST): mail stays in the outbox")
            return
        done = deliver_due(now)
        self.stdout.write(f"sent {done.sent}, to be tried later {done.retried}, failed {done.failed}")
