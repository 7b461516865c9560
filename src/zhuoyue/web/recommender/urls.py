from django.urls import path

from zhuoyue.web.recommender.views import opinion, overview

app_name = "recommender"
ONE = "applications/<uuid:application_id>/"
urlpatterns = [
    path("", overview.home, name="home"),
    path("applications/", overview.applications, name="applications"),
    path("quota/", overview.quota, name="quota"),
    path(ONE, opinion.application, name="application"),
    path(f"{ONE}take-back/", opinion.take_back, name="take_back"),
    path(f"{ONE}return/", opinion.send_back, name="send_back"),
    path(f"{ONE}files/<uuid:file_id>/", opinion.file, name="file"),
]
