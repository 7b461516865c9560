from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "zhuoyue.domain.review"
    label = "review"
    verbose_name = "评审"

    def ready(self) -> None:
        from zhuoyue.domain.review import receivers  # noqa: F401, PLC0415 - listens once the apps are loaded
        from zhuoyue.domain.review.search import SOURCES  # noqa: PLC0415 - models are there once the apps are loaded
        from zhuoyue.domain.review.subjects import KINDS  # noqa: PLC0415 - as above
        from zhuoyue.kernel import search, subjects  # noqa: PLC0415 - as above

        subjects.declare(*KINDS)
        search.declare(*SOURCES)
