from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

TITLES = {"added": "Added", "changed": "Changed", "fixed": "Fixed"}


class Command(BaseCommand):
    help = "Move the fragments of changes/ into CHANGELOG.md as a new release."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version")
        parser.add_argument("--root", type=Path, default=Path.cwd())

    def handle(self, *_args: Any, **options: Any) -> None:
        root: Path = options["root"]
        fragments = sorted((root / "changes").glob("*.md"))
        if not fragments:
            raise CommandError("changes/ holds no fragment")
        section = [f"## {options['version']} ({timezone.localdate():%Y-%m-%d})"]
        for kind, title in TITLES.items():
            texts = [path.read_text(encoding="utf-8").strip() for path in fragments if path.stem.endswith(f".{kind}")]
            if texts:
                section += [f"### {title}", *(f"- {text}" for text in texts)]
        place = root / "CHANGELOG.md"
        head, _, rest = place.read_text(encoding="utf-8").partition("\n\n")
        place.write_text(f"{head}\n\n" + "\n".join(section) + f"\n\n{rest}".rstrip() + "\n", encoding="utf-8")
        for path in fragments:
            path.unlink()
        self.stdout.write(f"{len(fragments)} fragments moved into CHANGELOG.md")
