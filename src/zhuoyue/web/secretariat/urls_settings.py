"""设置 and 推荐单位: standards, packs, phases, people of the office, outbox, record, recommending bodies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
