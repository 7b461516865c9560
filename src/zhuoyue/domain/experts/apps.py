from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "zhuoyue.domain.experts"
    label = "experts"
    verbose_name = "专家"

    def ready(self) -> None:
        from zhuoyue.domain.experts.search import SOURCES  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.kernel import search  # noqa: PLC0415 - as above

        search.declare(*SOURCES)
