"""Organisations and who acts for them."""

from access.rows import ANY, MAY, TOLD, Row, row

POLICY: dict[str, Row] = {
    "orgs.be_applicant": row(("applicant", ANY, MAY), ("signed-in", ANY, TOLD)),
    "orgs.register_organisation": row(("signed-in", ANY, MAY)),
    "orgs.edit_organisation": row(("owns", ANY, MAY)),
    "orgs.manage_office": row(("runs", ANY, MAY)),
    "orgs.be_recommender": row(("recommender", ANY, MAY)),
    "orgs.be_secretariat": row(("office", ANY, MAY)),
}
