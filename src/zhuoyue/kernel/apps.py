from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "zhuoyue.kernel"
    label = "kernel"

    def ready(self) -> None:
        from zhuoyue.kernel import durability  # noqa: F401, PLC0415 - registers its check once the apps are loaded
