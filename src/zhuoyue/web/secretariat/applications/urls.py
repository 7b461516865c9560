"""Registrations, applications and the check of what they must meet."""

from django.urls import path

from zhuoyue.web.secretariat.applications.views import applications, condition_checks, registrations

urlpatterns = [
    path("registrations/<uuid:registration_id>/", registrations.registration, name="registration"),
    path(
        "registrations/<uuid:registration_id>/confirm/",
        registrations.confirm_registration,
        name="confirm_registration",
    ),
    path("registrations/<uuid:registration_id>/refuse/", registrations.refuse_registration, name="refuse_registration"),
    path("registrations/<uuid:registration_id>/paper/", registrations.note_paper, name="note_paper"),
    path("registrations/<uuid:registration_id>/scan/", registrations.registration_scan, name="registration_scan"),
    path("applications/<uuid:application_id>/", applications.application, name="application"),
    path("applications/<uuid:application_id>/history/", applications.application_history, name="application_history"),
    path(
        "applications/<uuid:application_id>/files/<uuid:file_id>/",
        applications.application_file,
        name="application_file",
    ),
    path("applications/<uuid:application_id>/check/", condition_checks.condition_check, name="condition_check"),
    path("applications/<uuid:application_id>/return/", condition_checks.send_back, name="send_back"),
    path("cycles/<slug:slug>/registrations/", registrations.registrations, name="registrations"),
    path(
        "cycles/<slug:slug>/registrations/confirm/", registrations.confirm_registrations, name="confirm_registrations"
    ),
    path("cycles/<slug:slug>/applications/", applications.applications, name="applications"),
    path("cycles/<slug:slug>/applications/workbook/", applications.applications_workbook, name="applications_workbook"),
]
