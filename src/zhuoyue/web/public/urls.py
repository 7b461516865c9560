from django.urls import path

from zhuoyue.web.public.views import about, home, notices, programmes, results

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:slug>/", programmes.programme, name="programme"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("notices/<uuid:notice_id>/attachments/<int:position>/", notices.attachment, name="notice_attachment"),
    path("public-notices/", results.public_notices, name="public_notices"),
    path("public-notices/<uuid:notice_id>/", results.public_notice, name="public_notice"),
    path("public-notices/<uuid:notice_id>/object/", results.object_to, name="object"),
    path("objection/", results.objection, name="objection"),
    path("roll/", results.roll, name="roll"),
    path("verify/", results.verify, name="verify"),
    path("verify/<str:code>/", results.certificate, name="certificate"),
    path("verify/<str:code>/certificate.pdf", results.certificate_pdf, name="certificate_pdf"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]
