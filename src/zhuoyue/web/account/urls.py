from django.urls import path

from zhuoyue.web.account import views

app_name = "account"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("first/<str:token>/", views.first, name="first"),
    path("settings/", views.settings, name="settings"),
]
