from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "zhuoyue.domain.programmes"
    label = "programmes"
    verbose_name = "项目"

    def ready(self) -> None:
        from zhuoyue.domain.programmes.subjects import KINDS  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.kernel import subjects  # noqa: PLC0415 - as above

        subjects.declare(*KINDS)
