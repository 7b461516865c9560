from django.urls import path

from zhuoyue.web.secretariat.overview import home, views

urlpatterns = [
    path("", home.home, name="home"),
    path("cycles/<slug:slug>/", views.cycle, name="cycle"),
    path("cycles/<slug:slug>/remind/", views.remind_late, name="remind_late"),
    path("cycles/<slug:slug>/weekly/", views.weekly_report, name="weekly_report"),
]
