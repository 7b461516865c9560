from django.urls import path

from zhuoyue.web.shared import find, gallery, views

app_name = "shared"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("signed-in/", views.signed_in, name="signed_in"),
    path("find/", find.find, name="find"),
    path("gallery/", gallery.gallery, name="gallery"),
]
