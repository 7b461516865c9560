from django.apps import AppConfig


class RecommenderConfig(AppConfig):
    name = "zhuoyue.web.recommender"
    label = "web_recommender"
    verbose_name = "推荐单位"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.domain.orgs.rules import BE_RECOMMENDER  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.kernel import links  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import faces  # noqa: PLC0415 - once the apps are loaded

        faces.declare(
            faces.Face("recommender", pgettext_lazy("role", "推荐单位"), BE_RECOMMENDER, "recommender:home", 40)
        )
        links.declare("recommender", "recommender:home")
        links.declare("recommender.application", "recommender:application")
