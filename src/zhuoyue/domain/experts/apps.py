from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "zhuoyue.domain.experts"
    label = "experts"
    verbose_name = "专家"
