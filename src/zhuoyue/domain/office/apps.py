from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "zhuoyue.domain.office"
    label = "office"
    verbose_name = "秘书处所见"
