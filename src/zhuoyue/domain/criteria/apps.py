from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "zhuoyue.domain.criteria"
    label = "criteria"
    verbose_name = "标准"
