from django.urls import include, path

from zhuoyue.web.secretariat.views import applications, condition_checks, home, notices, overview, registrations

app_name = "secretariat"
urlpatterns = [
    path("", home.home, name="home"),
    path("", include("zhuoyue.web.secretariat.urls_review")),
    path("results/", include("zhuoyue.web.secretariat.urls_results")),
    path("settings/", include("zhuoyue.web.secretariat.urls_settings")),
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
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("notices/<uuid:notice_id>/edit/", notices.edit_notice, name="edit_notice"),
    path("notices/<uuid:notice_id>/preview/", notices.preview_notice, name="preview_notice"),
    path("notices/<uuid:notice_id>/publish/", notices.publish_notice, name="publish_notice"),
    path("notices/<uuid:notice_id>/withdraw/", notices.withdraw_notice, name="withdraw_notice"),
    path("cycles/<slug:slug>/", overview.cycle, name="cycle"),
    path("cycles/<slug:slug>/remind/", overview.remind_late, name="remind_late"),
    path("cycles/<slug:slug>/weekly/", overview.weekly_report, name="weekly_report"),
    path("cycles/<slug:slug>/notices/", notices.notices, name="notices"),
    path("cycles/<slug:slug>/notices/new/", notices.new_notice, name="new_notice"),
    path("cycles/<slug:slug>/registrations/", registrations.registrations, name="registrations"),
    path(
        "cycles/<slug:slug>/registrations/confirm/", registrations.confirm_registrations, name="confirm_registrations"
    ),
    path("cycles/<slug:slug>/applications/", applications.applications, name="applications"),
    path("cycles/<slug:slug>/applications/workbook/", applications.applications_workbook, name="applications_workbook"),
]
