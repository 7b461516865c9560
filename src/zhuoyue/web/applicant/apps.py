from django.apps import AppConfig


class ApplicantConfig(AppConfig):
    name = "zhuoyue.web.applicant"
    label = "web_applicant"
    verbose_name = "申报单位"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy  # noqa: PLC0415 - once the apps are loaded

        from zhuoyue.domain.orgs.rules import BE_APPLICANT  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.kernel import links  # noqa: PLC0415 - once the apps are loaded
        from zhuoyue.web.shared import faces  # noqa: PLC0415 - once the apps are loaded

        faces.declare(faces.Face("applicant", pgettext_lazy("role", "申报单位"), BE_APPLICANT, "applicant:home", 50))
        links.declare("applicant", "applicant:home")
        links.declare("applicant.registration", "applicant:registration")
        links.declare("applicant.organisation", "applicant:organisation")
