from django.urls import path

from zhuoyue.web.account import installation, views

app_name = "account"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("first/<str:token>/", views.first, name="first"),
    path("settings/", views.settings, name="settings"),
    path("installation/", installation.installation, name="installation"),
    path("installation/body/", installation.found_body, name="found_body"),
    path("installation/second-factor/", installation.second_factor, name="require_second_factor"),
    path("installation/letters/<uuid:letter_id>/", installation.read_letter, name="read_letter"),
]
