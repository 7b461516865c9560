"""Results: two people publish."""

from access.rows import ANY, MAY, TOLD, Row, row

POLICY: dict[str, Row] = {
    "outcomes.manage": row(("runs", ANY, MAY)),
    "outcomes.watch": row(("runs audits", ANY, MAY)),
    "outcomes.publish": row(("seconds", ANY, MAY), ("prepared", ANY, TOLD)),
    "outcomes.approve": row(("seconds", "ended", MAY), ("runs", ANY, TOLD)),
    "outcomes.object": row(("anyone", "noticed", MAY), ("anyone", ANY, TOLD), visitors=True),
    "outcomes.announce": row(("seconds", "ended", MAY), ("runs", ANY, TOLD)),
    "outcomes.prove": row(("anyone", "unproved", MAY), ("anyone", ANY, TOLD), visitors=True),
    "outcomes.enter_objection": row(("runs", "noticed", MAY), ("runs", ANY, TOLD)),
    "outcomes.rule": row(("runs", ANY, MAY)),
    "outcomes.revoke": row(("runs", ANY, MAY)),
    "outcomes.read_feedback": row(("owns", ANY, MAY)),
    "outcomes.get_certificate": row(("owns runs audits", ANY, MAY)),
}
