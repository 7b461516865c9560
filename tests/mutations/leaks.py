"""Leaks, one at a time, as changes of a text in the source. A text is looked for everywhere: rooms may move.

`first`: the tests that ought to see it. Where they do not, all of access and canary are asked.
"""

from dataclasses import dataclass

ADDRESS = "tests/access/test_every_address.py::test_the_answer_is_what_the_policy_says[{}]"
SECOND = "tests/access/test_second_ids.py::test_the_part_of_something_else_is_not_there[{}]"
WORDS = "tests/canary/test_no_word_leaks.py::test_nobody_meets_a_word_that_is_not_for_them[{}]"
FORMS = "tests/canary/test_forms_and_questions.py::test_no_form_tells_what_it_should_not[{}]"
SEARCH = "tests/canary/test_forms_and_questions.py::test_no_search_finds_more_than_the_pages_show[{}]"
HIDDEN = "tests/canary/test_forms_and_questions.py::test_no_search_or_filter_knows_a_hidden_word[{}]"
WORLDS = "tests/canary/test_four_worlds.py::test_nobody_tells_the_worlds_apart[{}]"
BALLOT = "tests/canary/test_two_worlds.py::test_the_count_of_an_open_ballot_shows_nowhere"
STORED = "tests/access/test_stored_answers.py"


@dataclass(frozen=True)
class Leak:
    name: str
    before: str
    after: str
    first: tuple[str, ...]


LEAKS = (
    Leak(
        "any stored file through any own application",
        "StoredFile.objects.filter(pk=file_id, held_by=subject_of(dossier)).first()",
        "StoredFile.objects.filter(pk=file_id).first()",
        (SECOND.format("applicant:file-GET"),),
    ),
    Leak(
        "a letter of any cycle through one's own",
        "    found = letters_of(cycle, request.user).filter(pk=letter_id).first()",
        "    found = OutboxMail.objects.filter(pk=letter_id).first()",
        (SECOND.format("secretariat:letter-GET"),),
    ),
    Leak(
        "an issue of any visit through one's own",
        "VisitIssue.objects.filter(run=entry.run, application=entry.application, pk=issue_id)",
        "VisitIssue.objects.filter(pk=issue_id)",
        (SECOND.format("expert:finding-POST"),),
    ),
    Leak(
        "recused jurors read the candidate",
        '    (is_not_recused, _("您已回避这份申报，不能查看材料。")),\n',
        "",
        (ADDRESS.format("jury:candidate"),),
    ),
    Leak(
        "counts of the open ballot on the page of the meeting",
        '        "category": titled(meeting.run.category),\n        "voted"',
        '        "category": titled(meeting.run.category) + str([t.count for t in meeting.tallies.order_by("pk")]),\n'
        '        "voted"',
        (BALLOT,),
    ),
    Leak(
        "ids of the examiners on the applicant's page",
        '    return render(request, "applicant/application.html", context)',
        '    response = render(request, "applicant/application.html", context)\n'
        '    response.write("".join(f"<!-- {pair.expert_id} -->" for pair in application.assignments.all()))\n'
        "    return response",
        (WORDS.format("owner"),),
    ),
    Leak(
        "single values of examiners in the feedback report",
        '    return render(request, "applicant/report.html", _of(report))',
        "    from zhuoyue.domain.judging.models import ItemScore\n"
        '    response = render(request, "applicant/report.html", _of(report))\n'
        "    values = ItemScore.objects.filter(scorebook__stagebook__application=report.application).order_by('pk')\n"
        '    response.write(" ".join(str(item.value) for item in values))\n'
        "    return response",
        (WORDS.format("owner"),),
    ),
    Leak(
        "an expert's search finds every assignment",
        '    found = working(person).filter(_named(text, "application__"), run__hides_applicants=False)',
        '    found = Assignment.objects.filter(_named(text, "application__"), run__hides_applicants=False)',
        (SEARCH.format("leader"),),
    ),
    Leak(
        "a stored answer for anybody with the key",
        "Answer.objects.filter(key=key, digest=digest).first()",
        "Answer.objects.filter(key=key).first()",
        (STORED,),
    ),
    Leak(
        "the page cache gives signed-in pages",
        'PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, "messages"})\nHARMLESS = frozenset({',
        'PERSONAL = frozenset()\nHARMLESS = frozenset({settings.SESSION_COOKIE_NAME, "messages", ',
        (STORED,),
    ),
    Leak(
        "real names as author of the consensus workbook",
        "    return as_xlsx(title, columns, [_record_row(spread) for spread in found])",
        "    names = [pair.expert.name for pair in entry.application.assignments.all()]\n"
        "    return as_xlsx(title, [*columns, *(Column(name, 8) for name in names)], "
        "[_record_row(spread) for spread in found])",
        (WORDS.format("leader"),),
    ),
    Leak(
        "real names in a header of the consensus workbook",
        "    return as_xlsx(title, columns, [_record_row(spread) for spread in found])",
        "    response = as_xlsx(title, columns, [_record_row(spread) for spread in found])\n"
        '    response["X-Team"] = " ".join(pair.expert.name for pair in entry.application.assignments.all())\n'
        "    return response",
        (WORDS.format("leader"),),
    ),
    Leak(
        "a refused form of the consensus names the colleagues",
        "        return _room(request, entry, code, typed=typed, fault=str(error), status=422)",
        '        names = " ".join(pair.expert.name for pair in entry.application.assignments.all())\n'
        "        return _room(request, entry, code, typed=typed, fault=f'{error} {names}', status=422)",
        (FORMS.format("leader"),),
    ),
    Leak(
        "a recommending body reads drafts",
        '    (recommends, HIDDEN),\n    (has_been_sent, _("申报单位还没有提交，提交后才能查看材料。")),\n',
        "    (recommends, HIDDEN),\n",
        (ADDRESS.format("recommender:application"),),
    ),
    # in other rooms
    Leak(
        "a registration of anybody",
        "    (lambda by, registration: owns(by, registration) or watches(by, registration), HIDDEN),",
        "    (lambda by, registration: by.is_authenticated, HIDDEN),",
        (ADDRESS.format("applicant:registration"),),
    ),
    Leak(
        "an office of any programme runs every cycle",
        "    return thing is not None and has_duty(by, organiser_id(thing), Duty.SECRETARY)\n",
        "    return by.is_authenticated and by.memberships.filter(duty=Duty.SECRETARY).exists()\n",
        (ADDRESS.format("secretariat:hand_over_letter"),),
    ),
    Leak(
        "an indicator of another dossier is edited through one's own",
        "    if found is None or found.dossier_id != seat.desk.dossier.pk:",
        "    if found is None:",
        (SECOND.format("applicant:edit_series-GET"),),
    ),
    Leak(
        "an examiner reads a colleague's book before consensus",
        "is_own_book(by, book) or is_shared_book(by, book) or consensus_has_begun(by, book), HIDDEN),",
        "by is not book, HIDDEN),",
        (ADDRESS.format("expert:book"), ADDRESS.format("expert:item")),
    ),
    Leak(
        "a file of any dossier for whoever reads what was sent",
        "    return StoredFile.objects.filter(pk=file_id).first() if str(file_id) in held else None",
        "    return StoredFile.objects.filter(pk=file_id).first()",
        (SECOND.format("expert:file-GET"),),
    ),
    Leak(
        "the count before the ballot is closed",
        '    (ballot_is_closed, _("投票结束以后才能看到计票结果。")),\n',
        "",
        (ADDRESS.format("jury:count"),),
    ),
    Leak(
        "an applicant's search finds every registration",
        "        own=_seen(person, SEE_REGISTRATION, _registered(text).filter(organisation__in=applies)),",
        "        own=list(_registered(text)[:MOST]),",
        (SEARCH.format("stranger"),),
    ),
    Leak(
        "an office finds what others got",
        "        sent=_seen(person, SEE, _sent(text).filter(cycle__programme__organiser__organisation__in=office)),",
        "        sent=list(_sent(text)[:MOST]),",
        (SEARCH.format("other-secretary"),),
    ),
    Leak(
        "a report of anybody's feedback",
        '"outcomes.read_feedback", (is_signed_in, HIDDEN), (is_their_report, HIDDEN))',
        '"outcomes.read_feedback", (is_signed_in, HIDDEN))',
        (ADDRESS.format("applicant:report"),),
    ),
    Leak(
        "the record of any expert for every examiner",
        "(keeps_pool, HIDDEN))\nRULE_CONFLICT",
        ")\nRULE_CONFLICT",
        (ADDRESS.format("secretariat:expert"),),
    ),
    Leak(
        "an invitation of anybody",
        '"review.see_invitation", (is_invited, HIDDEN))',
        '"review.see_invitation", (is_signed_in, HIDDEN))',
        (ADDRESS.format("expert:invitation"),),
    ),
    Leak(
        "real names where examiners are known by alias",
        "    scores = tuple(Score(voice.alias, voice.value) for voice in spread.voices if voice.value is not None)",
        "    names = [pair.expert.name for pair in entry.application.assignments.all()]\n"
        "    scores = tuple(Score(names[0], voice.value) for voice in spread.voices if voice.value is not None)",
        (WORDS.format("expert"),),
    ),
    Leak(
        "a receipt of anybody's application",
        "    return application.receipts.select_related(",
        "    return Receipt.objects.select_related(",
        (SECOND.format("applicant:receipt-GET"),),
    ),
)
