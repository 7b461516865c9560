from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "zhuoyue.config"
    label = "config"
    verbose_name = "配置"
