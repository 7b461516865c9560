from django.apps import AppConfig


class ExpertConfig(AppConfig):
    name = "zhuoyue.web.expert"
    label = "web_expert"
    verbose_name = "专家"
