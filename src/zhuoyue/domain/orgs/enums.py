from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    ENTERPRISE = "enterprise", _("企业")
    INSTITUTION = "institution", _("事业单位")
    ASSOCIATION = "association", _("社会团体")
    GOVERNMENT = "government", _("机关")
    SCHOOL = "school", _("学校")
    NON_PROFIT = "non_profit", _("民办非企业单位")
    OTHER = "other", _("其他")


class OrganisationSize(TextChoices):
    LARGE = "large", _("大型")
    MEDIUM = "medium", _("中型")
    SMALL = "small", _("小型")
    MICRO = "micro", _("微型")


class BodyLevel(TextChoices):
    NATION = "nation", _("国家")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区县级")
    ASSOCIATION = "association", _("行业协会")
    GROUP = "group", _("集团")


class Duty(TextChoices):
    """What a person does in an organisation, as far as rights follow from it."""

    REPRESENTATIVE = "representative", _("申报负责人")
    MEMBER = "member", _("申报经办人")
    OFFICER = "officer", _("推荐经办人")
    SECRETARY = "secretary", _("秘书处工作人员")
    AUDITOR = "auditor", _("监督人员")
