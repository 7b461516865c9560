from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "zhuoyue.domain.assessments"
    label = "assessments"
    verbose_name = "自我评价"

    def ready(self) -> None:
        from zhuoyue.domain.assessments.desk import OWNER  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.domain.dossiers.owners import declare  # noqa: PLC0415 - as above

        declare(OWNER)
