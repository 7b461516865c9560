"""What the database holds after the crowds have gone, and how many statements a page needs."""

from collections import Counter
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhuoyue.domain.applications.models import Receipt
from zhuoyue.domain.judging.models import ScoreEntry
from zhuoyue.kernel.audit.verification import faults


def lost(asked: dict[str, Any]) -> dict[str, int]:
    """Acknowledged receipts and saves that are not there, whole, in the database."""
    receipts = {
        (str(one.application_id), str(one.pk))
        for one in Receipt.objects.filter(
            application__state="submitted", application__snapshot__isnull=False, application__dossier__is_open=False
        )
    }
    ledger = Counter(
        (str(assignment), code, f"{value:f}")
        for assignment, code, value in ScoreEntry.objects.values_list(
            "scorebook__stagebook__assignment", "node__code", "value"
        )
    )
    saved = Counter((assignment, code, f"{Decimal(value):.2f}") for assignment, code, value in asked["saves"])
    return {
        "receipts": sum(tuple(one) not in receipts for one in asked["receipts"]),
        "saves": sum((saved - ledger).values()),
        "record": len(faults()),
    }


def statements(asked: dict[str, list[str]]) -> dict[str, int]:
    """Name of a page -> statements, when its caches are warm. `asked`: name -> [session, path]."""
    settings.ALLOWED_HOSTS = ["*"]
    found = {}
    for name, (session, path) in asked.items():
        client = Client()
        if session:
            client.cookies["sessionid"] = session
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        assert answer.status_code == HTTPStatus.OK, (path, answer.status_code)
        found[name] = len(captured)
    return found
