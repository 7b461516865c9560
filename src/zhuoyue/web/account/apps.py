from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "zhuoyue.web.account"
    label = "web_account"
    verbose_name = "账号"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 - once the apps are loaded
        from django.utils.translation import gettext as _  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.web.shared import context  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared.roles import roles_of  # noqa: PLC0415 - once the apps are loaded

        context.supply("roles", roles_of)
        context.supply("nav", roles_of)
        context.supply(
            "account_links",
            lambda _request: [
                {"label": _("查找"), "url": reverse("shared:find")},
                {"label": _("个人设置"), "url": reverse("account:settings")},
            ],
        )
