from django.urls import path

from zhuoyue.web.secretariat.views import (
    results,
    results_awards,
    results_ballot,
    results_jury,
    results_lists,
    results_objections,
)

urlpatterns = [
    path("cycles/<slug:slug>/", results.results, name="results"),
    path("cycles/<slug:slug>/seats/", results_jury.seats, name="seats"),
    path("cycles/<slug:slug>/code/", results_ballot.code, name="counting_code"),
    path("cycles/<slug:slug>/roll/", results_awards.roll, name="award_roll"),
    path("seats/<uuid:seat_id>/call/", results_jury.call_member, name="call_member"),
    path("seats/<uuid:seat_id>/end/", results_jury.unseat, name="unseat"),
    path("categories/<uuid:category_id>/", results.category, name="category_results"),
    path("categories/<uuid:category_id>/list/", results_lists.propose, name="propose_list"),
    path("categories/<uuid:category_id>/feedback/", results_awards.release, name="release_feedback"),
    path("categories/<uuid:category_id>/bundle.json", results_awards.bundle, name="result_bundle"),
    path("stages/<uuid:run_id>/meeting/", results_jury.meeting, name="jury_meeting"),
    path("stages/<uuid:run_id>/decide/", results_jury.decide, name="jury_decide"),
    path("stages/<uuid:run_id>/end/", results_jury.end_stage, name="jury_end"),
    path("meetings/<uuid:meeting_id>/open/", results_ballot.open_voting, name="jury_open"),
    path("meetings/<uuid:meeting_id>/round/", results_ballot.open_next_round, name="jury_open_round"),
    path("meetings/<uuid:meeting_id>/close/", results_ballot.close_voting, name="jury_close"),
    path("meetings/<uuid:meeting_id>/void/", results_ballot.void, name="jury_void"),
    path("lists/<uuid:list_id>/", results_lists.result_list, name="result_list"),
    path("lists/<uuid:list_id>/publish/", results_lists.publish, name="publish_list"),
    path("lists/<uuid:list_id>/approve/", results_lists.approve, name="approve_list"),
    path("lists/<uuid:list_id>/announce/", results_lists.announce, name="announce_list"),
    path("lists/<uuid:list_id>/notice/", results_lists.announcement, name="announcement"),
    path("objections/<uuid:objection_id>/", results_objections.objection, name="office_objection"),
    path("awards/<uuid:award_id>/revoke/", results_awards.revoke, name="revoke_award"),
]
