from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from zhuoyue.kernel.idempotency.models import Answer
from zhuoyue.kernel.jobs import upkeep

pytestmark = pytest.mark.django_db


def test_old_answers_and_ended_sign_ins_go_and_fresh_ones_stay():
    now = timezone.now()
    for _ in range(2):
        Answer.objects.create(key=uuid4(), digest="0" * 64)
    old = Answer.objects.first()
    Answer.objects.filter(pk=old.pk).update(at=now - timedelta(days=8))
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(hours=1))
    Session.objects.create(session_key="lives", session_data="", expire_date=now + timedelta(hours=1))
    upkeep.forget_old_answers(now)
    assert list(Answer.objects.values_list("pk", flat=True)) == [Answer.objects.exclude(pk=old.pk).get().pk]
    assert list(Session.objects.values_list("pk", flat=True)) == ["lives"]
