"""Numbers that people quote: of applications, and of receipts. Drawn under a lock, without gaps in a cycle."""

from django.db.models import Model

from zhuoyue.domain.applications.models import Application, Receipt
from zhuoyue.domain.programmes.models import Cycle

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def next_application_number(cycle: Cycle, position: int) -> str:
    """Year or label of the cycle, a letter for the category, a serial: 2021-A-0007. Call it inside a transaction."""
    prefix = f"{cycle.label}-{LETTERS[position % len(LETTERS)]}-"
    return f"{prefix}{_next_serial(cycle, Application, prefix):04d}"


def next_receipt_number(cycle: Cycle) -> str:
    prefix = f"HZ-{cycle.label}-"
    return f"{prefix}{_next_serial(cycle, Receipt, prefix):05d}"


def _next_serial(cycle: Cycle, model: type[Model], prefix: str) -> int:
    """One more than the highest so far; locking the cycle keeps two writers from drawing the same."""
    Cycle.objects.select_for_update().only("pk").get(pk=cycle.pk)
    taken = model._default_manager.filter(number__startswith=prefix).order_by("-number")  # noqa: SLF001 - Django's documented model API
    last = taken.values_list("number", flat=True).first()
    return int(last.removeprefix(prefix)) + 1 if last else 1
