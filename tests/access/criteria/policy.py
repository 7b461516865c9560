"""Standards: confirmed ones are there for all offices, drafts for the one that loaded them, and only that one
changes them; what a cycle uses is frozen; a draft that the operator read in waits for an office to take it on."""

from access.rows import ANY, HIDDEN, MAY, TOLD, Row, row

POLICY: dict[str, Row] = {
    "criteria.import": row(("office", ANY, MAY)),
    "criteria.see": row(
        ("runs audits", ANY, MAY), ("anyone", "edition+draft+owned", HIDDEN), ("office control", ANY, MAY)
    ),
    "criteria.take_on": row(("anyone", "edition+owned", HIDDEN), ("office", "edition+draft", MAY)),
    "criteria.edit": row(("runs", "edition+frozen", TOLD), ("runs", ANY, MAY)),
    "criteria.edit_node": row(("runs", "edition+frozen edition+confirmed", TOLD), ("runs", ANY, MAY)),
    "criteria.confirm": row(("runs", ANY, MAY)),
}
