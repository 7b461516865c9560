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
from zhuoyue.domain.applications.actions.writing import (
    add_file,
    add_series,
    edit_series,
    open_application,
    remove_file,
    remove_series,
    reopen,
    save_section,
)

__all__ = [
    "Contact",
    "add_file",
    "add_series",
    "attach_scan",
    "confirm_registration",
    "edit_series",
    "give_opinion",
    "note_paper",
    "open_application",
    "refuse_registration",
    "register",
    "remove_file",
    "remove_series",
    "reopen",
    "save_section",
    "send_back",
    "submit",
    "take_back_opinion",
    "withdraw",
    "withdraw_registration",
]
