from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "zhuoyue.domain.outcomes"
    label = "outcomes"
    verbose_name = "结果"

    def ready(self) -> None:
        from zhuoyue.domain.outcomes.subjects import KINDS  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.kernel import subjects  # noqa: PLC0415 - as above

        subjects.declare(*KINDS)
