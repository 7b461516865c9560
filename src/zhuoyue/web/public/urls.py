from django.urls import path

from zhuoyue.web.public.views import about, home, notices, objections, programmes, results

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
    path("public-notices/<uuid:notice_id>/object/", objections.object_to, name="object"),
    path("objection/", objections.objection, name="objection"),
    path("objections/letter/<str:token>/", objections.letter, name="objection_letter"),
    path("objections/<uuid:objection_id>/", objections.prove, name="prove_objection"),
    path("objections/<uuid:objection_id>/again/", objections.write_once_more, name="write_to_objector"),
    path("roll/", results.roll, name="roll"),
    path("verify/", results.verify, name="verify"),
    path("verify/<str:code>/", results.certificate, name="certificate"),
    path("verify/<str:code>/certificate.pdf", results.certificate_pdf, name="certificate_pdf"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]
