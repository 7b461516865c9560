"""From sign-up to submission, and back for correction."""

from zhuoyue.domain.applications.actions.recommendation import give_opinion, send_back, take_back_opinion
from zhuoyue.domain.applications.actions.registration import (
    Contact,
    attach_scan,
    confirm_registration,
    note_paper,
    refuse_registration,
    register,
    withdraw_registration,
)
from zhuoyue.domain.applications.actions.submission import submit, withdraw
from zhuoyue.domain.applications.actions.writing import open_application, reopen

__all__ = [
    "Contact",
    "attach_scan",
    "confirm_registration",
    "give_opinion",
    "note_paper",
    "open_application",
    "refuse_registration",
    "register",
    "reopen",
    "send_back",
    "submit",
    "take_back_opinion",
    "withdraw",
    "withdraw_registration",
]
