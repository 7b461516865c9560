from django.apps import AppConfig


class ExpertConfig(AppConfig):
    name = "zhuoyue.web.expert"
    label = "web_expert"
    verbose_name = "专家"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.domain.review.rules import BE_EXPERT  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.kernel import links  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import faces  # noqa: PLC0415 - once the apps are loaded

        faces.declare(faces.Face("expert", pgettext_lazy("role", "专家"), BE_EXPERT, "expert:home", 30))
        links.declare("examiner", "expert:home")
        links.declare("examiner.invitation", "expert:invitation")
        links.declare("examiner.book", "expert:book")
