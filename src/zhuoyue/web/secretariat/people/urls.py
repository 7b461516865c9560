from django.urls import path

from zhuoyue.web.secretariat.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add_colleague, name="add_colleague"),
    path("people/<uuid:membership_id>/call/", views.call_colleague, name="call_colleague"),
    path("people/<uuid:membership_id>/end/", views.end_colleague, name="end_colleague"),
]
