"""Programmes, cycles and notices."""

from access.rows import ANY, DRAFTS, HIDDEN, MAY, TOLD, Row, row

POLICY: dict[str, Row] = {
    "programmes.office": row(("office control", ANY, MAY)),
    "programmes.load_pack": row(("office", ANY, MAY)),
    "programmes.see_cycle": row(("anyone", "draft", HIDDEN), ("anyone", ANY, MAY), visitors=True),
    "programmes.manage_cycle": row(("runs", DRAFTS, HIDDEN), ("runs", ANY, MAY)),
    "programmes.watch_cycle": row(("runs audits", DRAFTS, HIDDEN), ("runs audits", ANY, MAY)),
    "programmes.read_notice": row(
        ("runs", "draft", MAY), ("anyone", "draft", HIDDEN), ("anyone", ANY, MAY), visitors=True
    ),
    "programmes.manage_notice": row(("runs", ANY, MAY)),
    "programmes.edit_notice": row(("runs", "draft", MAY), ("runs", ANY, TOLD)),
}
