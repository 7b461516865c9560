from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "zhuoyue.domain.outcomes"
    label = "outcomes"
    verbose_name = "结果"
