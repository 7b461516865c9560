from django.urls import URLPattern

app_name = "applicant"
urlpatterns: list[URLPattern] = []
