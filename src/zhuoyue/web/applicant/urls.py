from django.urls import path

from zhuoyue.web.applicant.assessments.addresses import ASSESSMENTS
from zhuoyue.web.applicant.desk import DESK
from zhuoyue.web.applicant.views import applications, feedback, home, organisations, registrations, submission
from zhuoyue.web.shared.dossier.addresses import desk_addresses

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
    *desk_addresses(ONE, DESK),
    path(f"{ONE}submit/", submission.submit, name="submit"),
    path(f"{ONE}receipts/<uuid:receipt_id>/", submission.receipt, name="receipt"),
    path(f"{ONE}receipts/<uuid:receipt_id>.pdf", submission.receipt_pdf, name="receipt_pdf"),
    path(f"{ONE}withdraw/", applications.withdraw, name="withdraw"),
    path(f"{ONE}reopen/", applications.reopen, name="reopen"),
    *ASSESSMENTS,
    path("feedback/", feedback.listing, name="feedback"),
    path("feedback/<uuid:report_id>/", feedback.report, name="report"),
    path("feedback/<uuid:report_id>.pdf", feedback.report_pdf, name="report_pdf"),
]
