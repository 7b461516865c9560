from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhuoyue.config import messages


def own_apps() -> list[messages.App]:
    folders = {Path(config.path) for config in apps.get_app_configs() if config.name.startswith("zhuoyue.")}
    return [messages.App(folder) for folder in sorted(folders)]


class Command(BaseCommand):
    help = "Collect the texts of the interface, list those without English, and compile the catalogues."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compile", action="store_true", help="only compile the catalogues")
        parser.add_argument("--check", action="store_true", help="change nothing; fail when English is missing")
        parser.add_argument("apps", nargs="*", help="folders to look at, such as web/public; all when none is given")

    def handle(self, *_args: Any, **options: Any) -> None:
        everything = own_apps()
        wanted = options["apps"]
        chosen = [app for app in everything if not wanted or any(str(app.folder).endswith(name) for name in wanted)]
        missing = 0
        for app in chosen:
            if not options["compile"]:
                missing += self._collect(app, {other.folder for other in everything} - {app.folder}, options["check"])
            if not options["check"] and app.catalogue.exists():
                messages.compile_catalogue(app)
        if missing and options["check"]:
            raise CommandError(f"{missing} texts have no English")

    def _collect(self, app: messages.App, others: set[Path], check: bool) -> int:  # noqa: FBT001 - the option itself
        nested = {other for other in others if app.folder in other.parents}
        texts = messages.texts_of(app, nested)
        catalogue = messages.merge(app, texts)
        missing = messages.missing_in(catalogue)
        if texts and not check:
            app.catalogue.parent.mkdir(parents=True, exist_ok=True)
            app.catalogue.write_bytes(messages.as_text(catalogue))
        name = "/".join(app.folder.parts[-2:])
        self.stdout.write(f"{name}: {len(texts)} texts, {len(missing)} without English")
        for text in missing:
            self.stdout.write(f"    {text}")
        return len(missing)
