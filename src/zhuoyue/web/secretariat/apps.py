from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "zhuoyue.web.secretariat"
    label = "web_secretariat"
    verbose_name = "秘书处"
