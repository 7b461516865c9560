from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from zhuoyue.config.database import prepare_database
from zhuoyue.config.demo.cast import PASSWORD, demonstration_codes
from zhuoyue.config.demo.stages import STEPS, play_until
from zhuoyue.domain.accounts.models import Person
from zhuoyue.kernel import clock, demonstration


class Command(BaseCommand):
    help = "Fill an empty installation with a demonstration: five programmes, and the Shanghai 2021 cycle at a stage."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=list(STEPS), default="review")
        parser.add_argument("--fresh", action="store_true", help="throw away what the installation holds first")

    def handle(self, *_args: Any, **options: Any) -> None:
        prepare_database()
        if options["fresh"]:
            call_command("flush", interactive=False, verbosity=0)
            clock.run_true()
        if Person.objects.exists():
            raise CommandError("数据库里已有内容；演示只装进空的数据库。确要清空，请加 --fresh。")
        with transaction.atomic():
            play_until(options["stage"])
        demonstration.mark()
        self.stdout.write(
            f"演示已装好，停在 {options['stage']} 阶段，时钟是 {clock.today():%Y-%m-%d}。口令都是 {PASSWORD}"
        )
        for line in demonstration_codes():
            self.stdout.write(line)
