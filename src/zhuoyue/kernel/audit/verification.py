"""Does the record still say what was written?"""

from collections.abc import Iterator

from zhuoyue.engine import chain
from zhuoyue.kernel.audit.models import AuditEvent, AuditHead


def links() -> Iterator[tuple[int, bytes, bytes, bytes]]:
    """(sequence, canonical fact, leaf, running digest) of every event, in order of sequence."""
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        yield event.sequence, chain.canonical(event.fact()), bytes(event.leaf), bytes(event.running)


def faults() -> tuple[str, ...]:
    """Every changed, removed or reordered event, one sentence each; empty when the record is whole."""
    found = [fault.sentence for fault in chain.verify_links(links())]
    head = AuditHead.objects.filter(pk=1).first()
    last = AuditEvent.objects.order_by("-sequence").first()
    size, running = (head.size, bytes(head.running)) if head else (0, chain.ZERO)
    seen, end = (last.sequence, bytes(last.running)) if last else (0, chain.ZERO)
    if size != seen:
        found.append(f"the head counts {size} events, the last one stored is {seen}")
    elif running != end:
        found.append(f"the head's digest differs from that of event {seen}")
    return tuple(found)
