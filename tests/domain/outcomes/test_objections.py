"""Objections: proved by a letter, entered by the office, equal ones ruled on together, each of them answered."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override
from tests.factories import moment
from tests.jury_cast import make_jury
from tests.objections import SAID, digits_of, objection_to, unproved_objection

from zhuoyue.domain.outcomes import actions, proofs, queries
from zhuoyue.domain.outcomes.enums import ObjectionState
from zhuoyue.domain.outcomes.models import Objection
from zhuoyue.domain.outcomes.queries import list_by_id
from zhuoyue.domain.outcomes.rules import ENTER_OBJECTION
from zhuoyue.domain.outcomes.tasks import end_notices
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError, state_faults
from zhuoyue.kernel.mail.models import OutboxMail

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
HEARD = {
    "channel": "telephone",
    "name": "李来电",
    "contact": "021-60000000",
    "employer": "某厂",
    "email": "",
    "against": "整份名单",
    "text": "电话反映：名称有误。",
}


@pytest.fixture
def cast():
    clock.stand_at(moment("2021-10-20T10:00"))
    return make_jury()


@pytest.fixture
def notice(cast):
    return cast.on_notice()


def on(day, hour="09:00"):
    clock.stand_at(moment(f"{day}T{hour}"))


def after(notice, days=1):
    on(notice.ends_on + timedelta(days=days))


def approve(cast, notice):
    actions.approve(by=cast.second, result_list=list_by_id(notice.result_list_id), approval_number="30号")


def enter(cast, notice, **more):
    said = {**HEARD, "received_on": notice.starts_on, **more}
    return actions.enter_objection(by=cast.by, notice=notice, **said)


def letters_to(email):
    return [letter.subject for letter in OutboxMail.objects.filter(to=email).order_by("created_at")]


def test_nothing_counts_before_its_address_is_proved(cast, notice):
    made = unproved_objection(notice)
    assert queries.objection_by_id(made.pk) is None
    assert queries.objections_of(cast.stage.category) == []
    assert queries.outcomes_of_cycle(cast.stage.cycle)[0].open_objections == 0
    with pytest.raises(MoveError):
        actions.rule_objection(by=cast.by, objection=made, upheld=False, ruling="不成立。")
    after(notice)
    approve(cast, notice)


def test_the_digits_of_the_letter_prove_it(cast, notice):
    made = unproved_objection(notice)
    assert actions.prove_objection_by_digits(by=VISITOR, objection=made, digits=digits_of(made)) is None
    assert Objection.objects.get().state == ObjectionState.RECEIVED
    assert letters_to(SAID["email"]) == ["请确认您提出的异议", f"异议已收到：{made.number}"]
    assert [row.first for row in queries.objections_of(cast.stage.category)] == [made]
    with pytest.raises(RefusedError, match="已经确认过"):
        actions.prove_objection_by_digits(by=VISITOR, objection=made, digits="000000")
    assert not state_faults(Objection.objects.all())


def test_five_wrong_digits_make_the_letter_worthless(notice):
    made, other = unproved_objection(notice), unproved_objection(notice, email="other@example.org")
    good = digits_of(made)
    wrong = f"{(int(good) + 1) % 10**6:06}"
    left = [actions.prove_objection_by_digits(by=VISITOR, objection=made, digits=wrong) for _time in range(6)]
    assert left == [4, 3, 2, 1, 0, 0]
    assert actions.prove_objection_by_digits(by=VISITOR, objection=made, digits=good) == 0
    assert actions.prove_objection_by_digits(by=VISITOR, objection=other, digits=digits_of(other)) is None
    actions.write_again(by=VISITOR, objection=made)
    assert actions.prove_objection_by_digits(by=VISITOR, objection=made, digits=digits_of(made)) is None


def test_a_corrected_address_takes_the_letter_before_with_it(notice):
    made = unproved_objection(notice, email="old@example.org")
    first = digits_of(made)
    actions.write_again(by=VISITOR, objection=made, email="right@example.org")
    assert letters_to("right@example.org") == ["请确认您提出的异议"]
    assert first == digits_of(made) or actions.prove_objection_by_digits(by=VISITOR, objection=made, digits=first) == 4
    assert Objection.objects.get().email == "right@example.org"


def test_a_link_is_of_one_letter(notice):
    made = unproved_objection(notice)
    again = proofs.new_proof(made)
    assert proofs.opened(again.url.rsplit("/", 2)[1]) is None  # the letter that was never written
    made.save()
    assert proofs.opened(again.url.rsplit("/", 2)[1]) == made
    for wrong in ("x", made.pk.hex, f"{made.pk.hex}{'0' * 32}", f"{'0' * 32}{made.proof[:32]}", "\0" * 64):
        assert proofs.opened(wrong) is None
    assert len(again.url.rsplit("/", 2)[1]) == 64


def test_what_nobody_proves_expires_and_leaves_no_words(cast, notice):
    late, proved = unproved_objection(notice), objection_to(notice, email="b@example.org")
    clock.stand_at(clock.now() + timedelta(days=actions.PROOF_DAYS, seconds=-5))
    end_notices(clock.now())
    assert Objection.objects.get(pk=late.pk).state == ObjectionState.UNPROVED
    clock.stand_at(clock.now() + timedelta(seconds=10))
    with pytest.raises(RefusedError, match="期限已过"):  # whether or not a worker has been here
        actions.prove_objection(by=VISITOR, objection=queries.objection_to_prove(late.pk))
    end_notices(clock.now())
    expired = Objection.objects.get(pk=late.pk)
    assert expired.state == ObjectionState.EXPIRED
    assert {expired.name, expired.email, expired.contact, expired.text, expired.proof} == {""}
    assert queries.objection_by_number(late.number) == late
    assert Objection.objects.get(pk=proved.pk).text == SAID["text"]
    with pytest.raises(RefusedError, match="期限已过"):
        actions.write_again(by=VISITOR, objection=expired)
    assert not state_faults(Objection.objects.all())


def test_equal_texts_are_one_to_rule_on_and_each_is_answered(cast, notice):
    on(notice.starts_on, "15:00")
    first = objection_to(notice)
    objection_to(notice, name="李四", email="li@example.org", text="产值 与公开年报\n不符。")
    spoken = enter(cast, notice, text=SAID["text"])
    other = objection_to(notice, against=cast.applications[0].organisation.name)
    waiting = unproved_objection(notice, email="late@example.org")
    rows = queries.objections_of(cast.stage.category)
    assert [(row.first, row.many) for row in rows] == [(other, 1), (first, 3)]
    assert queries.outcomes_of_cycle(cast.stage.cycle)[0].open_objections == 2
    actions.rule_objection(by=cast.by, objection=spoken, upheld=False, ruling="与年报一致。")
    assert [found.state for found in queries.equal_to(first)] == []  # they have been ruled on since it was read
    ruled = queries.equal_to(Objection.objects.get(pk=first.pk))
    assert [(found.state, found.ruling) for found in ruled] == [(ObjectionState.DISMISSED, "与年报一致。")] * 3
    assert letters_to("li@example.org")[-1].startswith("异议处理结果")
    assert "与年报一致。" in OutboxMail.objects.filter(to="li@example.org").order_by("-created_at")[0].text
    assert Objection.objects.get(pk=other.pk).state == ObjectionState.RECEIVED
    assert Objection.objects.get(pk=waiting.pk).state == ObjectionState.UNPROVED
    actions.rule_objection(by=cast.by, objection=other, upheld=True, ruling="属实。")
    assert "异议成立" in OutboxMail.objects.filter(to=SAID["email"]).order_by("-created_at")[0].text
    again = objection_to(notice)
    rows = queries.objections_of(cast.stage.category)
    assert [(row.first, row.many) for row in rows] == [(again, 1), (other, 1), (first, 3)]


def test_the_office_enters_what_came_otherwise(cast, notice):
    on(notice.starts_on, "15:00")
    made = enter(cast, notice, email="li@example.org")
    assert (made.state, made.channel) == (ObjectionState.RECEIVED, "telephone")
    assert letters_to("li@example.org") == [f"异议已收到：{made.number}"]
    event = AuditEvent.objects.get(verb="outcomes.objected")
    assert (event.data, event.actor) == ({"channel": "telephone"}, f"accounts.person:{cast.by.pk}")
    assert not state_faults(Objection.objects.all())
    after(notice)
    with pytest.raises(RefusedError, match="没有处理完"):
        approve(cast, notice)


def test_the_office_enters_late_what_came_in_time_and_nothing_else(cast, notice):
    after(notice)
    for day in (notice.starts_on - timedelta(days=1), notice.ends_on + timedelta(days=1)):
        with pytest.raises(actions.OutcomeError, match="公示期内"):
            enter(cast, notice, received_on=day)
    with pytest.raises(actions.OutcomeError, match="来信"):
        enter(cast, notice, channel="online")
    with pytest.raises(RefusedError):
        actions.enter_objection(by=cast.auditor, notice=notice, **HEARD, received_on=notice.starts_on)
    enter(cast, notice, channel="letter")
    assert Objection.objects.count() == 1


def test_a_day_to_come_is_no_day_on_which_it_came(cast, notice):
    with pytest.raises(actions.OutcomeError, match="不晚于今天"):
        enter(cast, notice, received_on=notice.ends_on)


def test_where_nothing_is_entered(cast, notice):
    def may(result_list):
        return access.allowed(ENTER_OBJECTION, cast.by, list_by_id(result_list.pk))

    result = notice.result_list
    assert may(result)
    for taken in (False, True):
        notice.rule["objections"] = taken
        notice.save()
        assert may(result) == taken
    cast.propose(change="更正名称")
    assert not may(result)
    assert not may(queries.current_list(cast.stage.category))


def test_one_proved_after_the_approval_holds_the_announcement(cast, notice):
    on(notice.ends_on, "20:00")
    made = unproved_objection(notice)
    after(notice)
    approve(cast, notice)
    actions.prove_objection(by=VISITOR, objection=made)
    result = list_by_id(notice.result_list_id)
    with pytest.raises(RefusedError, match="处理完才能公布"):
        actions.announce(by=cast.second, result_list=result)
    actions.rule_objection(by=cast.by, objection=made, upheld=False, ruling="不成立。")
    actions.announce(by=cast.second, result_list=result)


def test_letters_speak_the_language_of_the_objector(cast, notice):
    with override("en"):
        made = objection_to(notice, email="wang@example.com")
    actions.rule_objection(by=cast.by, objection=made, upheld=False, ruling="不成立。")
    assert [subject.split(":")[0] for subject in letters_to("wang@example.com")] == [
        "Please confirm your objection",
        "Objection received",
        "Outcome of your objection",
    ]
