from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Face(TextChoices):
    """The faces of the house that people work behind, each with rights of its own."""

    OFFICE = "office", pgettext_lazy("role", "秘书处")
    JURY = "jury", pgettext_lazy("role", "审定委员")
    EXPERT = "expert", pgettext_lazy("role", "专家")
    RECOMMENDER = "recommender", pgettext_lazy("role", "推荐单位")
    APPLICANT = "applicant", pgettext_lazy("role", "申报单位")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "系统管理员")
