"""What an application is made of."""

from access.rows import ANY, MAY, TOLD, Row, row

POLICY: dict[str, Row] = {
    "dossiers.see": row(("owns", ANY, MAY)),
    "dossiers.edit": row(("owns", "draft returned", MAY), ("owns", ANY, TOLD)),
}
