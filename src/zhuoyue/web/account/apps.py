from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "zhuoyue.web.account"
    label = "web_account"
    verbose_name = "账号"
