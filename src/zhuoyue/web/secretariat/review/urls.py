"""Stages and who assesses what in them."""

from django.urls import path

from zhuoyue.web.secretariat.review.views import assignments, calibrations, stages

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
    path("cycles/<slug:slug>/review/", stages.review, name="review"),
]
