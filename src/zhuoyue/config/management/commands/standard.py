import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhuoyue import intake
from zhuoyue.config.database import prepare_database
from zhuoyue.domain.criteria.actions import import_document
from zhuoyue.packs.scoring_models import shipped_scoring_models


class Command(BaseCommand):
    help = "Read a published standard (.txt, .docx, .pdf) into a draft edition, to be reviewed in the browser."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        reading = verbs.add_parser("import", help="read a document into a draft edition")
        reading.add_argument("file", type=Path)
        reading.add_argument("--json", action="store_true", help="print the tree, its counts and what was not placed")
        reading.add_argument("--dry-run", action="store_true", help="read and report, store nothing")
        reading.add_argument("--scoring-model", default="process-results", choices=sorted(shipped_scoring_models()))

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            draft = intake.outline(intake.read(path))
        except intake.IntakeError as error:
            raise CommandError(str(error)) from error
        found = intake.to_json(draft)
        if not options["dry_run"]:
            prepare_database()
            edition = import_document(by=None, path=path, name=path.name, scoring_model=options["scoring_model"])
            found["edition"] = edition.key
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for name, number in found["counts"].items():
            self.stdout.write(f"{name}: {number}")
        for entry in found["unplaced"]:
            self.stdout.write(f"未能归位，第{entry['line']}行（{entry['reason']}）：{entry['text'][:60]}")
        if "edition" in found:
            self.stdout.write(f"已读入为待核对版本 {found['edition']}，请在浏览器“设置—标准”中接手，再逐条核对并确认。")
