"""A self-assessment is its organisation's alone: no office, no other organisation, no administrator."""

from access.rows import ANY, MAY, TOLD, Row, row

POLICY: dict[str, Row] = {
    "assessments.begin": row(("applicant", ANY, MAY), ("signed-in", ANY, TOLD)),
    "assessments.start": row(("owns", ANY, MAY)),
    "assessments.own": row(("owns", ANY, MAY)),
    "assessments.write": row(("owns", "open", MAY), ("owns", ANY, TOLD)),
    "assessments.finish": row(("owns", "open", MAY), ("owns", ANY, TOLD)),
    "assessments.see_result": row(("owns", "finished", MAY), ("owns", ANY, TOLD)),
    "assessments.plan": row(("owns", "finished", MAY), ("owns", ANY, TOLD)),
    "assessments.reopen": row(("owns", "finished", MAY), ("owns", ANY, TOLD)),
    "assessments.withdraw": row(("owns", "open finished", MAY), ("owns", ANY, TOLD)),
    "assessments.restore": row(("owns", "withdrawn", MAY), ("owns", ANY, TOLD)),
}
DEEDS = {
    "applicant:assess_item": "assessments.write",
    "applicant:assessment_section": "assessments.write",
    "applicant:assessment_new_series": "assessments.write",
    "applicant:assessment_edit_series": "assessments.write",
    "applicant:assessment_remove_series": "assessments.write",
}
FORMS = ("applicant:assessment_new_series", "applicant:assessment_edit_series")
