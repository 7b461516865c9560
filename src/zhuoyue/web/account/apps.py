from django.apps import AppConfig

INSTALLATION = frozenset(
    f"account:{name}" for name in ("installation", "found_body", "require_second_factor", "read_letter")
)


class AccountConfig(AppConfig):
    name = "zhuoyue.web.account"
    label = "web_account"
    verbose_name = "账号"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 - once the apps are loaded
        from django.utils.translation import gettext as _  # noqa: PLC0415 - once the apps are loaded
        from django.utils.translation import gettext_lazy, pgettext_lazy  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.domain.accounts.rules import ADMINISTER  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import context, faces  # noqa: PLC0415 - once the apps are loaded

        label = pgettext_lazy("role", "系统管理员")
        faces.declare(faces.Face("administrator", label, ADMINISTER, "account:installation", 90, pages=INSTALLATION))
        faces.offer(gettext_lazy("个人设置"), "account:settings", order=90)
        context.supply("roles", faces.roles_of)
        context.supply("nav", faces.roles_of)
        context.supply(
            "account_links",
            lambda _request: [
                {"label": _("查找"), "url": reverse("shared:find")},
                {"label": _("个人设置"), "url": reverse("account:settings")},
            ],
        )
