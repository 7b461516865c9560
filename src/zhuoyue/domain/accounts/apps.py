from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zhuoyue.domain.accounts"
    label = "accounts"
    verbose_name = "人员"
