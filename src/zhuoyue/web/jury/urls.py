from django.urls import path

from zhuoyue.web.jury.views import ballot, candidates, codes, home, meetings, recusals

app_name = "jury"
urlpatterns = [
    path("", home.home, name="home"),
    path("cycles/<slug:slug>/code/", codes.code, name="code"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/open/", meetings.open_voting, name="open"),
    path("meetings/<uuid:meeting_id>/round/", meetings.open_next_round, name="open_round"),
    path("meetings/<uuid:meeting_id>/close/", meetings.close_voting, name="close"),
    path("meetings/<uuid:meeting_id>/count/", meetings.count, name="count"),
    path("meetings/<uuid:meeting_id>/ballot/", ballot.ballot, name="ballot"),
    path("meetings/<uuid:meeting_id>/ballot/check/", ballot.check, name="check"),
    path("meetings/<uuid:meeting_id>/ballot/cast/", ballot.cast, name="cast"),
    path("meetings/<uuid:meeting_id>/recusals/", recusals.recusals, name="recusals"),
    path("meetings/<uuid:meeting_id>/recusals/<uuid:application_id>/", recusals.recuse_from, name="recuse"),
    path("candidates/<uuid:entry_id>/", candidates.candidate, name="candidate"),
    path("candidates/<uuid:entry_id>/material/", candidates.material, name="material"),
    path("candidates/<uuid:entry_id>/files/<uuid:file_id>/", candidates.file, name="file"),
]
