from django.urls import URLPattern, path

from zhuoyue.web.applicant.assessments import listing, moves, plan, result, scoring
from zhuoyue.web.applicant.assessments.desk import DESK
from zhuoyue.web.shared.dossier.addresses import desk_addresses

ONE = "assessments/<uuid:assessment_id>/"
STEP = "improvements/<uuid:improvement_id>/"
ASSESSMENTS: list[URLPattern] = [
    path("assessments/", listing.listing, name="assessments"),
    path("assessments/new/", listing.begin, name="begin_assessment"),
    path(ONE, listing.assessment, name="assessment"),
    *desk_addresses(ONE, DESK),
    path(f"{ONE}items/<str:code>/", scoring.item, name="assess_item"),
    path(f"{ONE}next/", scoring.next_item, name="assess_next"),
    path(f"{ONE}finish/", moves.finish, name="finish_assessment"),
    path(f"{ONE}reopen/", moves.reopen, name="reopen_assessment"),
    path(f"{ONE}withdraw/", moves.withdraw, name="withdraw_assessment"),
    path(f"{ONE}restore/", moves.restore, name="restore_assessment"),
    path(f"{ONE}result/", result.result, name="assessment_result"),
    path(f"{ONE}result.pdf", result.pdf, name="assessment_result_pdf"),
    path(f"{ONE}plan/", plan.add, name="add_improvement"),
    path(STEP, plan.edit, name="improvement"),
    path(f"{STEP}drop/", plan.drop, name="drop_improvement"),
    path(f"{STEP}resume/", plan.resume, name="resume_improvement"),
]
