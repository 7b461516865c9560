from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "zhuoyue.domain.applications"
    label = "applications"
    verbose_name = "申报"

    def ready(self) -> None:
        from zhuoyue.domain.applications.desk import OWNER  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.domain.dossiers.owners import declare  # noqa: PLC0415 - as above

        declare(OWNER)
