from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "zhuoyue.web.jury"
    label = "web_jury"
    verbose_name = "审定委员会"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.domain.review.rules import BE_JUROR  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.kernel import links  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import faces  # noqa: PLC0415 - once the apps are loaded

        faces.declare(faces.Face("jury", pgettext_lazy("role", "审定委员"), BE_JUROR, "jury:home", 20))
        links.declare("juror", "jury:home")
        links.declare("juror.candidate", "jury:candidate")
