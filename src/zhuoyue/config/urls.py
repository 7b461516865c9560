"""Every address of the house: one face, one prefix."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("zhuoyue.web.public.urls")),
    path("", include("zhuoyue.web.shared.urls")),
    path("account/", include("zhuoyue.web.account.urls")),
    path("account/", include("zhuoyue.web.account.library_urls")),
    path("apply/", include("zhuoyue.web.applicant.urls")),
    path("recommend/", include("zhuoyue.web.recommender.urls")),
    path("expert/", include("zhuoyue.web.expert.urls")),
    path("jury/", include("zhuoyue.web.jury.urls")),
    path("office/", include("zhuoyue.web.secretariat.urls")),
]
handler400 = "zhuoyue.web.shared.errors.bad_request"
handler403 = "zhuoyue.web.shared.errors.permission_denied"
handler404 = "zhuoyue.web.shared.errors.not_found"
handler500 = "zhuoyue.web.shared.errors.server_error"
