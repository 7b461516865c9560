from django.urls import path

from zhuoyue.web.secretariat.results.views import awards, ballot, jury, lists, objections, results

urlpatterns = [
    path("cycles/<slug:slug>/", results.results, name="results"),
    path("cycles/<slug:slug>/seats/", jury.seats, name="seats"),
    path("cycles/<slug:slug>/code/", ballot.code, name="counting_code"),
    path("cycles/<slug:slug>/roll/", awards.roll, name="award_roll"),
    path("seats/<uuid:seat_id>/call/", jury.call_member, name="call_member"),
    path("seats/<uuid:seat_id>/end/", jury.unseat, name="unseat"),
    path("categories/<uuid:category_id>/", results.category, name="category_results"),
    path("categories/<uuid:category_id>/list/", lists.propose, name="propose_list"),
    path("categories/<uuid:category_id>/feedback/", awards.release, name="release_feedback"),
    path("categories/<uuid:category_id>/bundle.json", awards.bundle, name="result_bundle"),
    path("stages/<uuid:run_id>/meeting/", jury.meeting, name="jury_meeting"),
    path("stages/<uuid:run_id>/decide/", jury.decide, name="jury_decide"),
    path("stages/<uuid:run_id>/end/", jury.end_stage, name="jury_end"),
    path("meetings/<uuid:meeting_id>/open/", ballot.open_voting, name="jury_open"),
    path("meetings/<uuid:meeting_id>/round/", ballot.open_next_round, name="jury_open_round"),
    path("meetings/<uuid:meeting_id>/close/", ballot.close_voting, name="jury_close"),
    path("meetings/<uuid:meeting_id>/void/", ballot.void, name="jury_void"),
    path("lists/<uuid:list_id>/", lists.result_list, name="result_list"),
    path("lists/<uuid:list_id>/publish/", lists.publish, name="publish_list"),
    path("lists/<uuid:list_id>/approve/", lists.approve, name="approve_list"),
    path("lists/<uuid:list_id>/announce/", lists.announce, name="announce_list"),
    path("lists/<uuid:list_id>/notice/", lists.announcement, name="announcement"),
    path("lists/<uuid:list_id>/objections/add/", objections.enter, name="enter_objection"),
    path("objections/<uuid:objection_id>/", objections.objection, name="office_objection"),
    path("awards/<uuid:award_id>/revoke/", awards.revoke, name="revoke_award"),
]
