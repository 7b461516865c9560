"""Django's sessions in the database, read with a prepared question: every page of a signed-in person begins with it."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from zhuoyue.kernel.prepared import Blank, Prepared

_VALID = Prepared(
    lambda: Session.objects.filter(session_key=Blank("key", CharField()), expire_date__gt=Blank("now", DateTimeField()))
)


class SessionStore(InDatabase):
    def _get_session_from_db(self) -> Any:
        found = _VALID.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
