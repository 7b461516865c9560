from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "zhuoyue.domain.orgs"
    label = "orgs"
    verbose_name = "组织"

    def ready(self) -> None:
        from zhuoyue.domain.orgs.search import SOURCES  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.domain.orgs.subjects import KINDS  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.kernel import search, subjects  # noqa: PLC0415 - as above

        subjects.declare(*KINDS)
        search.declare(*SOURCES)
