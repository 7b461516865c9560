from django.apps import AppConfig


class ApplicantConfig(AppConfig):
    name = "zhuoyue.web.applicant"
    label = "web_applicant"
    verbose_name = "申报单位"
