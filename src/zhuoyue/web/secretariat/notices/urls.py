from django.urls import path

from zhuoyue.web.secretariat.notices import views

urlpatterns = [
    path("notices/<uuid:notice_id>/", views.notice, name="notice"),
    path("notices/<uuid:notice_id>/edit/", views.edit_notice, name="edit_notice"),
    path("notices/<uuid:notice_id>/preview/", views.preview_notice, name="preview_notice"),
    path("notices/<uuid:notice_id>/publish/", views.publish_notice, name="publish_notice"),
    path("notices/<uuid:notice_id>/withdraw/", views.withdraw_notice, name="withdraw_notice"),
    path("cycles/<slug:slug>/notices/", views.notices, name="notices"),
    path("cycles/<slug:slug>/notices/new/", views.new_notice, name="new_notice"),
]
