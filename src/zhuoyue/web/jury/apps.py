from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "zhuoyue.web.jury"
    label = "web_jury"
    verbose_name = "审定委员会"
