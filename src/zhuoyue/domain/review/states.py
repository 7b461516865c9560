from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.review.enums import (
    AssignmentState,
    InvitationState,
    IssueState,
    MeetingState,
    StageState,
)
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import flow

STAGE = flow.declare(
    Table(
        name="stage",
        initial=StageState.WAITING,
        rows=(
            Transition("open", (StageState.WAITING,), StageState.OPEN, guard="review.run_stage"),
            Transition("decide", (StageState.OPEN,), StageState.DECIDED, guard="review.decide_stage"),
            Transition(
                "reopen", (StageState.DECIDED,), StageState.OPEN, guard="review.reopen_stage", needs_reason=True
            ),
        ),
    ),
    {"open": _("启动阶段"), "decide": _("确定阶段结果"), "reopen": _("重新打开阶段")},
)

INVITATION = flow.declare(
    Table(
        name="invitation",
        initial=InvitationState.INVITED,
        rows=(
            Transition(
                "accept", (InvitationState.INVITED,), InvitationState.ACCEPTED, guard="review.answer_invitation"
            ),
            Transition(
                "decline", (InvitationState.INVITED,), InvitationState.DECLINED, guard="review.answer_invitation"
            ),
            Transition(
                "revoke",
                (InvitationState.INVITED, InvitationState.ACCEPTED),
                InvitationState.REVOKED,
                guard="review.manage_examiners",
                needs_reason=True,
            ),
            Transition(
                "invite_again",
                (InvitationState.DECLINED, InvitationState.REVOKED),
                InvitationState.INVITED,
                guard="review.manage_examiners",
            ),
        ),
    ),
    {"accept": _("接受邀请"), "decline": _("谢绝邀请"), "revoke": _("撤回邀请"), "invite_again": _("再次邀请")},
)

ASSIGNMENT = flow.declare(
    Table(
        name="assignment",
        initial=AssignmentState.ACTIVE,
        rows=(
            Transition(
                "end",
                (AssignmentState.ACTIVE,),
                AssignmentState.ENDED,
                guard="review.end_assignment",
                needs_reason=True,
            ),
            Transition("restore", (AssignmentState.ENDED,), AssignmentState.ACTIVE, guard="review.restore_assignment"),
        ),
    ),
    {"end": _("解除分配"), "restore": _("恢复分配")},
)

SCOREBOOK = flow.declare(
    Table(
        name="scorebook",
        initial=ScorebookState.OPEN,
        rows=(
            Transition("submit", (ScorebookState.OPEN,), ScorebookState.SUBMITTED, guard="review.submit_scorebook"),
            Transition(
                "reopen",
                (ScorebookState.SUBMITTED,),
                ScorebookState.OPEN,
                guard="review.reopen_scorebook",
                needs_reason=True,
            ),
        ),
    ),
    {"submit": _("提交评分"), "reopen": _("退回评分")},
)

ISSUE = flow.declare(
    Table(
        name="visit_issue",
        initial=IssueState.OPEN,
        rows=(
            Transition("verify", (IssueState.OPEN,), IssueState.VERIFIED, guard="review.record_visit"),
            Transition("reopen", (IssueState.VERIFIED,), IssueState.OPEN, guard="review.record_visit"),
        ),
    ),
    {"verify": _("核实现场问题"), "reopen": _("重新核实现场问题")},
)

VOID = "review.void_ballot"
MEETING = flow.declare(
    Table(
        name="meeting",
        initial=MeetingState.PREPARED,
        rows=(
            Transition("open", (MeetingState.PREPARED,), MeetingState.VOTING, guard="review.open_ballot"),
            Transition("close", (MeetingState.VOTING,), MeetingState.CLOSED, guard="review.close_ballot"),
            Transition("open_round", (MeetingState.CLOSED,), MeetingState.VOTING, guard="review.open_ballot"),
            Transition("void", (MeetingState.VOTING,), MeetingState.PREPARED, VOID, needs_reason=True),
            Transition(
                "void_round", (MeetingState.VOTING,), MeetingState.CLOSED, "review.void_ballot", needs_reason=True
            ),
        ),
    ),
    {
        "open": _("开始投票"),
        "close": _("结束投票并计票"),
        "open_round": _("开始下一轮投票"),
        "void": _("宣布投票无效"),
        "void_round": _("宣布本轮投票无效"),
    },
)
