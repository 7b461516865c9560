from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StageKind(StrEnum):
    """The kinds by name, for whoever plays a cycle; what a stage can do is asked of its `Kind`."""

    CONDITION_CHECK = "condition_check"
    DOCUMENT_REVIEW = "document_review"
    CONSENSUS = "consensus"
    SITE_VISIT = "site_visit"
    DEFENCE = "defence"
    JURY = "jury"
    POLL = "poll"
    PUBLIC_NOTICE = "public_notice"
    APPROVAL = "approval"
    ANNOUNCEMENT = "announcement"


class StageState(TextChoices):
    WAITING = "waiting", _("未开始")
    OPEN = "open", _("进行中")
    DECIDED = "decided", _("已结束")


class Outcome(TextChoices):
    PENDING = "pending", _("待定")
    THROUGH = "through", _("进入下一阶段")
    STOPPED = "stopped", _("止于本阶段")


class InvitationState(TextChoices):
    INVITED = "invited", _("待答复")
    ACCEPTED = "accepted", _("已接受")
    DECLINED = "declined", _("已谢绝")
    REVOKED = "revoked", _("已撤回")


class TeamRole(TextChoices):
    LEADER = "leader", _("组长")
    MEMBER = "member", _("组员")
    TRAINEE = "trainee", _("见习")


class AssignmentState(TextChoices):
    ACTIVE = "active", _("在任")
    ENDED = "ended", _("已解除")


class Step(TextChoices):
    """Whose judgement a score is. A later step never overwrites an earlier one."""

    INDIVIDUAL = "individual", _("个人评分")
    CONSENSUS = "consensus", _("会审议定")
    VISIT = "visit", _("现场验证后")


class IssueState(TextChoices):
    OPEN = "open", _("待核实")
    VERIFIED = "verified", _("已核实")


class MeetingState(TextChoices):
    PREPARED = "prepared", _("筹备")
    VOTING = "voting", _("投票中")
    CLOSED = "closed", _("已计票")


class Choice(TextChoices):
    FOR = "for", _("同意")
    AGAINST = "against", _("不同意")
    ABSTAIN = "abstain", _("弃权")
