"""Addresses of stages, assignments and experts."""

from django.urls import path

from zhuoyue.web.secretariat.views import assignments, calibrations, experts, stages

urlpatterns = [
    path("stages/<uuid:run_id>/", stages.stage, name="stage"),
    path("stages/<uuid:run_id>/open/", stages.open_stage, name="open_stage"),
    path("stages/<uuid:run_id>/due/", stages.stage_due, name="stage_due"),
    path("stages/<uuid:run_id>/proposal/", stages.adopt_proposal, name="adopt_proposal"),
    path("stages/<uuid:run_id>/decide/", stages.decide_stage, name="decide_stage"),
    path("stages/<uuid:run_id>/reopen/", stages.reopen_stage, name="reopen_stage"),
    path("stages/<uuid:run_id>/progress/", stages.stage_progress, name="stage_progress"),
    path("stages/<uuid:run_id>/calibration/", calibrations.calibration, name="calibration"),
    path("stages/<uuid:run_id>/assignments/", assignments.assignments, name="assignments"),
    path("stages/<uuid:run_id>/assignments/run/", assignments.run_engine, name="run_engine"),
    path("stages/<uuid:run_id>/assignments/check/", assignments.assignment_check, name="assignment_check"),
    path("stages/<uuid:run_id>/assignments/add/", assignments.add_pair, name="add_pair"),
    path("entries/<uuid:entry_id>/", stages.entry, name="stage_entry"),
    path("assignments/<uuid:pair_id>/end/", assignments.end_pair, name="end_pair"),
    path("assignments/<uuid:pair_id>/leader/", assignments.name_leader, name="name_leader"),
    path("experts/<uuid:expert_id>/", experts.expert, name="expert"),
    path("experts/<uuid:expert_id>/edit/", experts.edit_expert, name="edit_expert"),
    path("invitations/<uuid:invitation_id>/resend/", experts.resend_invitation, name="resend_invitation"),
    path("invitations/<uuid:invitation_id>/revoke/", experts.revoke_invitation, name="revoke_invitation"),
    path("conflicts/<uuid:conflict_id>/", experts.rule_conflict, name="rule_conflict"),
    path("cycles/<slug:slug>/review/", stages.review, name="review"),
    path("cycles/<slug:slug>/experts/", experts.experts, name="experts"),
    path("cycles/<slug:slug>/experts/new/", experts.new_expert, name="new_expert"),
    path("cycles/<slug:slug>/experts/invite/", experts.invite, name="invite"),
]
