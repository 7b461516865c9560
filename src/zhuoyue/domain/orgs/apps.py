from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "zhuoyue.domain.orgs"
    label = "orgs"
    verbose_name = "组织"
