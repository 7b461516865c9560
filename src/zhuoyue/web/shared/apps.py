from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "zhuoyue.web.shared"
    label = "web_shared"
    verbose_name = "页面部件"
