from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "zhuoyue.web.secretariat"
    label = "web_secretariat"
    verbose_name = "秘书处"

    def ready(self) -> None:
        """Each subject gives what its `declared.py` says: places, pages of things, links for letters and findings."""
        from django.utils.translation import pgettext_lazy  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.domain.programmes.rules import OFFICE  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.kernel import links  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.secretariat import places  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import faces  # noqa: PLC0415 - once the apps are loaded

        faces.declare(faces.Face("office", pgettext_lazy("role", "秘书处"), OFFICE, "secretariat:home", 10))
        links.declare("office", "secretariat:home")
        for subject in iter_modules([self.path]):
            room = f"{self.name}.{subject.name}.declared"
            if subject.ispkg and find_spec(room) is not None:
                given = import_module(room)
                places.declare(given.PLACES, given.PAGES)
                for name, page in getattr(given, "LINKS", {}).items():
                    links.declare(name, page)
