from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhuoyue.domain.judging.queries.kept import recounted
from zhuoyue.domain.judging.steps import recount


class Command(BaseCommand):
    help = "The totals kept beside scorebooks. Their items are the record."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("verify", help="recount every scorebook, and name those that keep something else")
        verbs.add_parser("recount", help="keep anew what the items come to")

    def handle(self, *_args: Any, **options: Any) -> None:
        count = 0
        for book, differs in recounted():
            count += 1
            for name, (kept, right) in differs.items():
                self.stdout.write(f"{book.pk}\t{name}\t{kept}\t{right}")
            if options["verb"] == "recount":
                recount(book)
        if count and options["verb"] == "verify":
            raise CommandError(f"{count}本评分表的合计与条目不符；zhuoyue totals recount 可按条目重新计算")
        self.stdout.write(f"已重新计算{count}本评分表" if count else "各评分表的合计与条目相符")
