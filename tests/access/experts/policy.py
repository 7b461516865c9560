"""The pool of experts."""

from access.rows import ANY, MAY, Row, row

POLICY: dict[str, Row] = {
    "experts.manage_pool": row(("runs", ANY, MAY)),
    "experts.rule_conflict": row(("runs", ANY, MAY)),
    "experts.declare_conflict": row(("self", ANY, MAY)),
}
