from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "zhuoyue.web.public"
    label = "web_public"
    verbose_name = "公众网站"
