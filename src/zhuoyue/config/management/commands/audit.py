from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhuoyue.kernel.audit.models import AuditHead
from zhuoyue.kernel.audit.verification import faults


class Command(BaseCommand):
    help = "The record of who did what."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("verify", help="find any event that was changed, removed or reordered")

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = faults()
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"审计记录有{len(found)}处异常")
        head = AuditHead.objects.filter(pk=1).first()
        size = head.size if head else 0
        digest = bytes(head.running).hex() if head else "-"
        self.stdout.write(f"审计记录完整：共{size}条，末条摘要 {digest}")
