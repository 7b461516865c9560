from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "zhuoyue.domain.criteria"
    label = "criteria"
    verbose_name = "标准"

    def ready(self) -> None:
        from zhuoyue.domain.criteria.subjects import KINDS  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.kernel import subjects  # noqa: PLC0415 - as above

        subjects.declare(*KINDS)
