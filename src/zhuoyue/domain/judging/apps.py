from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "zhuoyue.domain.judging"
    label = "judging"
    verbose_name = "评分"
