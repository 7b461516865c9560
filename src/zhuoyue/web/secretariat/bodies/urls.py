from django.urls import path

from zhuoyue.web.secretariat.bodies import views

urlpatterns = [
    path("cycles/<slug:slug>/bodies/", views.bodies, name="bodies"),
    path("cycles/<slug:slug>/bodies/add/", views.add_body, name="add_body"),
    path("cycles/<slug:slug>/bodies/<uuid:body_id>/extend/", views.extend_term, name="extend_term"),
    path("cycles/<slug:slug>/bodies/officers/<uuid:officer_id>/end/", views.end_officer, name="end_officer"),
    path(
        "cycles/<slug:slug>/bodies/officers/<uuid:officer_id>/confirm/",
        views.confirm_officer,
        name="confirm_officer",
    ),
]
