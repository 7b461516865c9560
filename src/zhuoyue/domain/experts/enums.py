from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExpertLevel(TextChoices):
    TRAINEE = "trainee", _("见习评审员")
    EXAMINER = "examiner", _("评审员")
    SENIOR = "senior", _("资深评审员")


class ExpertKind(TextChoices):
    EXAMINER = "examiner", _("评审员")
    DIAGNOSTICIAN = "diagnostician", _("诊断师")
    TEACHER = "teacher", _("教师")


class ConflictKind(TextChoices):
    EMPLOYMENT = "employment", _("任职或曾任职")
    CONSULTING = "consulting", _("咨询或培训关系")
    SUPPLY = "supply", _("供应商或客户")
    COMPETITION = "competition", _("竞争关系")
    FINANCIAL = "financial", _("经济利益")
    KINSHIP = "kinship", _("亲属或其他密切关系")


class ConflictState(TextChoices):
    DECLARED = "declared", _("待裁定")
    CONFIRMED = "confirmed", _("应当回避")
    DISMISSED = "dismissed", _("无须回避")


class RecusalGrade(TextChoices):
    ENTRY = "entry", _("回避该申报")
    CYCLE = "cycle", _("回避本年度")
