from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "zhuoyue.domain.review"
    label = "review"
    verbose_name = "评审"
