"""Where settings begin, the outbox, the record and the health of the system."""

from django.urls import path

from zhuoyue.web.secretariat.settings.views import letters, record, start

urlpatterns = [
    path("", start.settings, name="settings"),
    path("health/", record.health, name="health"),
    path("cycles/<slug:slug>/letters/", letters.letters, name="letters"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("cycles/<slug:slug>/letters/again/", letters.send_failed_again, name="send_failed_again"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/ask/", letters.ask_hand_over, name="ask_hand_over"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/hand-over/", letters.hand_over, name="hand_over_letter"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/again/", letters.send_again, name="send_letter_again"),
    path("cycles/<slug:slug>/record/", record.record, name="record"),
    path("cycles/<slug:slug>/record/verify/", record.verify, name="verify_record"),
]
