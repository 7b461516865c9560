from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "zhuoyue.kernel"
    label = "kernel"

    def ready(self) -> None:
        from zhuoyue.kernel import durability, subjects  # noqa: F401, PLC0415 - registers its check once the apps are loaded
        from zhuoyue.kernel.mail.subjects import KINDS  # noqa: PLC0415 - models are there once the apps are loaded

        subjects.declare(*KINDS)
