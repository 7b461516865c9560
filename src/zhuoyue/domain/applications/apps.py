from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "zhuoyue.domain.applications"
    label = "applications"
    verbose_name = "申报"

    def ready(self) -> None:
        from zhuoyue.domain.applications.desk import OWNER  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.domain.applications.search import SOURCES  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.domain.applications.subjects import KINDS  # noqa: PLC0415 - as above
        from zhuoyue.domain.dossiers import owners  # noqa: PLC0415 - as above
        from zhuoyue.kernel import search, subjects  # noqa: PLC0415 - as above

        owners.declare(OWNER)
        subjects.declare(*KINDS)
        search.declare(*SOURCES)
