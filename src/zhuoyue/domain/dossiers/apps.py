from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "zhuoyue.domain.dossiers"
    label = "dossiers"
    verbose_name = "材料"
