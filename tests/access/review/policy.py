"""Review: an examiner sees what they are assigned to and free to judge, and of others nothing before consensus."""

from access.rows import ANY, HIDDEN, LATER, MAY, SEATED, TOLD, WORKS_IN, Row, row

POLICY: dict[str, Row] = {
    "review.be_expert": row(("examiner", ANY, MAY)),
    "review.be_juror": row(("jury", ANY, MAY)),
    "review.watch": row(("runs audits", ANY, MAY)),
    "review.run_stage": row(("runs", ANY, MAY)),
    "review.decide_stage": row(("runs", "opened", MAY), ("runs", ANY, TOLD)),
    "review.reopen_stage": row(("runs", ANY, MAY)),
    "review.manage_examiners": row(("runs", ANY, MAY)),
    "review.see_invitation": row(("self", ANY, MAY)),
    "review.answer_invitation": row(("self", ANY, MAY)),
    "review.declare_ties": row(("self", "accepted", MAY), ("self", ANY, TOLD)),
    "review.assign": row(("runs", "opened", MAY), ("runs", ANY, TOLD)),
    "review.end_assignment": row(("runs", ANY, MAY)),
    "review.restore_assignment": row(("runs", ANY, MAY)),
    "review.read_dossier": row(("works", WORKS_IN, MAY)),
    "review.see_scorebook": row(
        ("barred former", ANY, HIDDEN), ("self", ANY, MAY), ("works", "shared", MAY), ("works", LATER, MAY)
    ),
    "review.score": row(
        ("barred former", ANY, HIDDEN), ("self", "handed-in", TOLD), ("self", "opened", MAY), ("self", ANY, TOLD)
    ),
    "review.submit_scorebook": row(
        ("barred former", ANY, HIDDEN),
        ("self", "opened", MAY),
        ("leads", "shared+opened", MAY),
        ("self works", ANY, TOLD),
    ),
    "review.reopen_scorebook": row(("runs", ANY, MAY)),
    "review.see_consensus": row(("works", LATER, MAY), ("works", WORKS_IN, TOLD)),
    "review.agree": row(("leads", "shared+opened", MAY), ("works", "shared", TOLD)),
    "review.dissent": row(("works", "shared+opened", MAY), ("works", "shared", TOLD)),
    "review.see_visit": row(("works", "entry+site_visit", MAY), ("works", WORKS_IN, TOLD)),
    "review.plan_visit": row(("leads", "opened", MAY), ("works", WORKS_IN, TOLD)),
    "review.record_visit": row(("works", "opened", MAY), ("works", WORKS_IN, TOLD)),
    # jury
    "review.see_meeting": row(("sits", ANY, MAY)),
    "review.see_candidate": row(("recused", ANY, TOLD), ("sits", ANY, MAY)),
    "review.recuse": row(("sits", "prepared", MAY), ("sits", ANY, TOLD)),
    "review.open_ballot": row(("chairs runs", "opened", MAY), ("chairs runs", ANY, TOLD)),
    "review.close_ballot": row(("chairs runs", ANY, MAY)),
    "review.keep_code": row(("runs", ANY, MAY), ("sits", SEATED, MAY)),
    "review.void_ballot": row(("runs", ANY, MAY)),
    "review.vote": row(("sits", "voting", MAY), ("sits", ANY, TOLD)),
    "review.see_count": row(("sits runs audits", "closed", MAY), ("sits runs audits", ANY, TOLD)),
}
DEEDS = {
    "expert:item": "review.score",
    "expert:submit": "review.submit_scorebook",
    "expert:agree": "review.agree",
    "expert:dissent": "review.dissent",
    "expert:finish_consensus": "review.submit_scorebook",
    "expert:plan": "review.plan_visit",
    "expert:add_issue": "review.record_visit",
    "expert:finding": "review.record_visit",
    "expert:change": "review.agree",
    "expert:finish_visit": "review.submit_scorebook",
    "jury:cast": "review.vote",
}
