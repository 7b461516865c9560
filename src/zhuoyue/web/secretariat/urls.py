"""The office: each subject has its own addresses."""

from django.urls import include, path

app_name = "secretariat"
urlpatterns = [
    path("", include("zhuoyue.web.secretariat.overview.urls")),
    path("", include("zhuoyue.web.secretariat.applications.urls")),
    path("", include("zhuoyue.web.secretariat.review.urls")),
    path("", include("zhuoyue.web.secretariat.experts.urls")),
    path("", include("zhuoyue.web.secretariat.notices.urls")),
    path("results/", include("zhuoyue.web.secretariat.results.urls")),
    path("settings/", include("zhuoyue.web.secretariat.settings.urls")),
    path("settings/", include("zhuoyue.web.secretariat.standards.urls")),
    path("settings/", include("zhuoyue.web.secretariat.programmes.urls")),
    path("settings/", include("zhuoyue.web.secretariat.people.urls")),
    path("settings/", include("zhuoyue.web.secretariat.bodies.urls")),
]
