from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "zhuoyue.web.public"
    label = "web_public"
    verbose_name = "公众网站"

    def ready(self) -> None:
        from zhuoyue.web.public.navigation import foot  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import context  # noqa: PLC0415 - once the apps are loaded

        context.supply("foot", lambda _request: foot())
