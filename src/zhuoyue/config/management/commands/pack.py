from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhuoyue.config.database import prepare_database
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.programmes.actions import load_rules
from zhuoyue.domain.programmes.queries import programme_by_key
from zhuoyue.packs.programmes import SourceError, asked_of_people, check_pack, diff_packs, load_pack, write_pack


class Command(BaseCommand):
    help = "Programme packs: check, load, export and compare."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        checking = verbs.add_parser("check", help="every fault of one or more packs, with file, line and remedy")
        checking.add_argument("files", nargs="+", type=Path)
        loading = verbs.add_parser("load", help="load a pack as the next rules version of its programme")
        loading.add_argument("file", type=Path)
        loading.add_argument("--organiser", required=True, help="name of the body that runs the programme")
        exporting = verbs.add_parser("export", help="print the newest rules version of a loaded programme")
        exporting.add_argument("key")
        comparing = verbs.add_parser("diff", help="what changed from one pack to another, in words")
        comparing.add_argument("old", type=Path)
        comparing.add_argument("new", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(options)

    def _check(self, options: dict[str, Any]) -> None:
        found = [message for path in options["files"] for message in check_pack(path)]
        for message in found:
            self.stdout.write(str(message))
        if not found:
            for note in (note for path in options["files"] for note in asked_of_people(load_pack(path))):
                self.stdout.write(str(note))
        if found:
            raise CommandError(f"{len(found)}处需要改正")
        self.stdout.write("没有发现问题")

    def _load(self, options: dict[str, Any]) -> None:
        found = check_pack(options["file"])
        if found:
            raise CommandError("\n".join(str(message) for message in found))
        prepare_database()
        organiser = Body.objects.filter(organisation__name=options["organiser"]).first()
        if organiser is None:
            raise CommandError(f"没有名为“{options['organiser']}”的组织机构，请先在“设置”中设立")
        version = load_rules(by=None, text=options["file"].read_text(encoding="utf-8"), organiser=organiser)
        self.stdout.write(f"已载入 {version.programme.title}，规则第{version.number}版")

    def _export(self, options: dict[str, Any]) -> None:
        programme = programme_by_key(options["key"])
        newest = programme.rules_versions.order_by("-number").first() if programme else None
        if newest is None:
            raise CommandError(f"没有载入过项目“{options['key']}”")
        self.stdout.write(write_pack(load_pack(newest.text, name=f"{options['key']}.yaml")), ending="")

    def _diff(self, options: dict[str, Any]) -> None:
        try:
            changes = diff_packs(load_pack(options["old"]), load_pack(options["new"]))
        except SourceError as error:
            raise CommandError(str(error)) from error
        for change in changes:
            self.stdout.write(change.text_zh)
        if not changes:
            self.stdout.write("没有差别")
