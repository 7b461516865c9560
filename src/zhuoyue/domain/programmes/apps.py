from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "zhuoyue.domain.programmes"
    label = "programmes"
    verbose_name = "项目"
