from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "zhuoyue.domain.review"
    label = "review"
    verbose_name = "评审"

    def ready(self) -> None:
        from zhuoyue.domain.review import receivers  # noqa: F401, PLC0415 - listens once the apps are loaded
