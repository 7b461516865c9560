from django.urls import path

from zhuoyue.web.applicant.views import (
    applications,
    documents,
    evidence,
    feedback,
    home,
    indicators,
    organisations,
    registrations,
    sections,
    submission,
)

app_name = "applicant"
ONE = "applications/<uuid:application_id>/"
SIGNED = "registrations/<uuid:registration_id>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("organisations/new/", organisations.sign_up, name="sign_up"),
    path("organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path("open/", registrations.open_programmes, name="open"),
    path("register/<uuid:category_id>/", registrations.register, name="register"),
    path(SIGNED, registrations.registration, name="registration"),
    path(f"{SIGNED}scan/", registrations.attach_scan, name="attach_scan"),
    path(f"{SIGNED}scan/file/", registrations.scan, name="scan"),
    path(f"{SIGNED}form/", registrations.document, name="registration_document"),
    path(f"{SIGNED}form.pdf", registrations.pdf, name="registration_pdf"),
    path(f"{SIGNED}withdraw/", registrations.withdraw, name="withdraw_registration"),
    path(f"{SIGNED}open/", registrations.open_application, name="open_application"),
    path("applications/", applications.listing, name="applications"),
    path(ONE, applications.application, name="application"),
    path(f"{ONE}part/<path:key>/", sections.section, name="section"),
    path(f"{ONE}series/new/<str:node>/", indicators.new, name="new_series"),
    path(f"{ONE}series/preview/<str:node>/", indicators.preview, name="preview_series"),
    path(f"{ONE}series/<uuid:indicator_id>/", indicators.edit, name="edit_series"),
    path(f"{ONE}series/<uuid:indicator_id>/remove/", indicators.remove, name="remove_series"),
    path(f"{ONE}files/<uuid:file_id>/", evidence.file, name="file"),
    path(f"{ONE}check/", applications.check, name="check"),
    path(f"{ONE}submit/", submission.submit, name="submit"),
    path(f"{ONE}receipts/<uuid:receipt_id>/", submission.receipt, name="receipt"),
    path(f"{ONE}receipts/<uuid:receipt_id>.pdf", submission.receipt_pdf, name="receipt_pdf"),
    path(f"{ONE}preview/", documents.preview, name="preview"),
    path(f"{ONE}application.pdf", documents.pdf, name="pdf"),
    path(f"{ONE}application.docx", documents.word, name="word"),
    path(f"{ONE}versions/<int:number>/", applications.version, name="version"),
    path(f"{ONE}withdraw/", applications.withdraw, name="withdraw"),
    path(f"{ONE}reopen/", applications.reopen, name="reopen"),
    path("feedback/", feedback.listing, name="feedback"),
    path("feedback/<uuid:report_id>/", feedback.report, name="report"),
    path("feedback/<uuid:report_id>.pdf", feedback.report_pdf, name="report_pdf"),
]
