"""Applying: a registration or an application is its organisation's; a draft is nobody else's."""

from access.rows import ANY, DRAFTS, HIDDEN, MAY, SENT, TOLD, Row, row

POLICY: dict[str, Row] = {
    "applications.register": row(("applicant", "open", MAY), ("signed-in", ANY, TOLD)),
    "applications.see_registration": row(("owns runs audits", ANY, MAY)),
    "applications.handle_registration": row(("runs", ANY, MAY)),
    "applications.withdraw_registration": row(("owns", "draft waiting", MAY), ("owns", ANY, TOLD)),
    "applications.attach_scan": row(("owns", "draft sent returned waiting", MAY), ("owns", ANY, TOLD)),
    "applications.open": row(("owns", ANY, MAY)),
    "applications.own": row(("owns", ANY, MAY)),
    "applications.see": row(("owns", ANY, MAY), ("recommends runs audits", SENT, MAY)),
    "applications.edit": row(("owns", "draft returned", MAY), ("owns", ANY, TOLD)),
    "applications.submit": row(("owns", "draft returned", MAY), ("owns", ANY, TOLD)),
    "applications.reopen": row(("owns", "draft sent returned", MAY), ("owns", ANY, TOLD)),
    "applications.withdraw": row(("owns", "draft sent returned others", MAY), ("owns", ANY, TOLD)),
    "applications.recommender_sees": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.recommend": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.decline": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.take_back": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.send_back": row(("runs", DRAFTS, HIDDEN), ("recommends runs", ANY, MAY)),
    "applications.check_conditions": row(("runs", DRAFTS, HIDDEN), ("runs", ANY, MAY)),
}
DEEDS = {
    "applicant:section": "applications.edit",
    "applicant:new_series": "applications.edit",
    "applicant:edit_series": "applications.edit",
    "applicant:remove_series": "applications.edit",
    "applicant:submit": "applications.submit",
}
FORMS = ("applicant:new_series", "applicant:edit_series")
