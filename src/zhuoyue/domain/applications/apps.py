from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "zhuoyue.domain.applications"
    label = "applications"
    verbose_name = "申报"
