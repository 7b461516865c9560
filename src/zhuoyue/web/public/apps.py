from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "zhuoyue.web.public"
    label = "web_public"
    verbose_name = "公众网站"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415 - once the apps are loaded
        from django.utils.translation import pgettext_lazy  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.web.public.navigation import foot  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import context, faces  # noqa: PLC0415 - once the apps are loaded

        context.supply("foot", lambda _request: foot())
        faces.offer(pgettext_lazy("places", "项目"), "public:programmes", order=10)
        faces.offer(_("通知"), "public:notices", order=20)
        faces.offer(pgettext_lazy("places", "公示"), "public:public_notices", order=30)
        faces.offer(_("获奖名录"), "public:roll", order=40)
