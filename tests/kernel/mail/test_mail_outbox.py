import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from zhuoyue.kernel import clock, mail
from zhuoyue.kernel.mail import MailRefusedError, MailState, OutboxMail, deliver_due, outbox, queue

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 6, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(settings):
    clock.stand_at(NOW - timedelta(seconds=5))


def write(to="a@b.example", dedupe="receipt:1", **more):
    queue(to=to, subject=more.pop("subject", "申报已受理"), text="回执编号 1\n", dedupe=dedupe, **more)


def only():
    return OutboxMail.objects.get()


def test_a_letter_arrives_with_its_chinese_words_whole(smtp, postbox):
    write(subject="关于2021年度质量奖申报材料已受理的通知——请查收回执")
    assert vars_of(deliver_due(NOW)) == (1, 0, 0)
    (letter,) = postbox.letters
    assert letter["Subject"].strip() == "关于2021年度质量奖申报材料已受理的通知——请查收回执"
    assert letter["From"] == "卓越秘书处 <office@award.example>"
    assert letter["To"] == "a@b.example"
    assert letter["Message-ID"] == f"<{only().pk}@award.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().strip() == "回执编号 1"
    assert (only().state, only().sent_at, only().attempts) == (MailState.SENT, NOW, 1)
    assert str(only()).startswith("a@b.example: 关于")


def vars_of(delivery):
    return delivery.sent, delivery.retried, delivery.failed


def test_what_is_sent_is_not_sent_again(smtp, postbox):
    write()
    deliver_due(NOW)
    assert vars_of(deliver_due(NOW + timedelta(days=1))) == (0, 0, 0)
    assert len(postbox.letters) == 1


def test_one_occasion_writes_once(smtp, postbox):
    write(scope="applications.application:1")
    write(subject="再次通知")
    deliver_due(NOW)
    assert [letter["Subject"] for letter in postbox.letters] == ["申报已受理"]
    assert only().scope == "applications.application:1"


def test_several_letters_share_one_connection(smtp, postbox, monkeypatch):
    opened = []
    monkeypatch.setattr(outbox.EmailBackend, "open", counted(outbox.EmailBackend.open, opened))
    for n in range(3):
        write(dedupe=str(n))
    assert deliver_due(NOW, most=2).sent == 2
    assert opened.count(True) == 1
    assert deliver_due(NOW).sent == 1


def counted(function, results):
    def call(*given):
        results.append(function(*given))
        return results[-1]

    return call


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_an_undone_change_never_leaves(smtp, postbox):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert vars_of(deliver_due(NOW)) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_sending_inside_a_transaction_is_refused(smtp, postbox):
    write()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        deliver_due(NOW)
    assert postbox.letters == []


def test_without_a_host_everything_stays_and_is_readable(settings):
    settings.EMAIL_HOST = ""
    write()
    assert vars_of(deliver_due(NOW)) == (0, 0, 0)
    assert (only().state, only().attempts) == (MailState.QUEUED, 0)
    assert "回执编号 1" in told("list", "--text")


def test_a_refused_connection_is_tried_again_later(smtp, postbox, settings):
    open_port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    write()
    write(dedupe="receipt:2")
    assert vars_of(deliver_due(NOW)) == (0, 1, 0)
    first = OutboxMail.objects.get(dedupe="receipt:1")
    assert (first.state, first.next_try_at) == (MailState.QUEUED, NOW + timedelta(minutes=1))
    assert "ConnectionRefusedError" in first.last_error
    settings.EMAIL_PORT = open_port
    assert deliver_due(NOW).sent == 1
    assert deliver_due(NOW + timedelta(minutes=1)).sent == 1
    assert len(postbox.letters) == 2
    assert OutboxMail.objects.get(dedupe="receipt:1").last_error == ""


@pytest.mark.parametrize(
    ("place", "answer", "outcome", "state"),
    [
        ("a@b.example", "550 没有此人", (1, 0, 1), MailState.FAILED),
        ("a@b.example", "451 later", (1, 1, 0), MailState.QUEUED),
        ("DATA", "554 spam", (0, 0, 2), MailState.FAILED),
        ("DATA", "452 full", (0, 2, 0), MailState.QUEUED),
        ("MAIL", "550 you may not send", (0, 2, 0), MailState.QUEUED),
        ("a@b.example", "421 closing", (1, 1, 0), MailState.QUEUED),
    ],
)
def test_what_the_server_answers_decides(smtp, postbox, place, answer, outcome, state):
    postbox.answers[place] = answer
    write()
    write(to="c@d.example", dedupe="receipt:2")
    assert vars_of(deliver_due(NOW)) == outcome
    refused = OutboxMail.objects.get(to="a@b.example")
    assert refused.state == state
    assert refused.last_error == answer


def test_waits_double_to_six_hours_and_end_after_twenty_tries(smtp, postbox):
    postbox.answers["DATA"] = "452 full"
    write()
    at, waits = NOW, []
    while only().state == MailState.QUEUED:
        deliver_due(at)
        waits.append(only().next_try_at - at)
        at = only().next_try_at
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert max(waits[:-1]) == timedelta(hours=6)
    assert only().attempts == outbox.MOST_ATTEMPTS == len(waits)
    assert timedelta(days=2) < at - NOW < timedelta(days=5)


def test_a_crash_after_sending_sends_once_more_under_the_same_id(smtp, postbox, monkeypatch):
    write()
    with monkeypatch.context() as patch:
        patch.setattr(outbox.EmailBackend, "send_messages", interrupted(outbox.EmailBackend.send_messages))
        with pytest.raises(KeyboardInterrupt):
            deliver_due(NOW)
    assert vars_of(deliver_due(NOW + timedelta(minutes=1))) == (0, 0, 0)
    assert deliver_due(NOW + outbox.LEASE).sent == 1
    first, second = postbox.letters
    assert first["Message-ID"] == second["Message-ID"]


def interrupted(function):
    def call(*given):
        function(*given)
        raise KeyboardInterrupt

    return call


def test_two_senders_never_take_the_same_letter(smtp, postbox, monkeypatch):
    write()
    first = outbox._claimed(NOW, 10)
    second = list(outbox._claimed(NOW, 10))
    assert len(second) == 1
    assert list(first) == []


def test_a_letter_that_another_sender_took_meanwhile_is_left(smtp):
    write()
    write(dedupe="receipt:2")
    slow = outbox._claimed(NOW, 10)
    assert next(slow).dedupe == "receipt:1"
    assert [letter.dedupe for letter in outbox._claimed(NOW, 10)] == ["receipt:2"]
    assert list(slow) == []


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("a@b.example\nBcc: x@y.example", "通知"),
        ("not an address", "通知"),
        ("", "通知"),
    ],
)
def test_a_line_break_or_a_wrong_address_is_refused(to, subject):
    with pytest.raises(MailRefusedError):
        write(to=to, subject=subject)
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("mark", ["\r\n", "\n", "\u2028", "\x0b"])
def test_a_line_break_in_a_subject_is_a_space(mark):
    write(subject=f"通知{mark}Bcc: x@y.example")
    assert only().subject == "通知 Bcc: x@y.example"


def test_hidden_marks_do_not_reach_a_subject():
    write(subject="上\u200b海\u202e又\x00换")
    assert only().subject == "上海又换"


def test_a_long_subject_is_cut_visibly():
    write(subject="质" * 400)
    assert only().subject == "质" * 299 + "…"


def told(*words):
    out = io.StringIO()
    call_command("outbox", *words, stdout=out)
    return out.getvalue()


def test_the_command_lists_and_sends(smtp, postbox, settings):
    postbox.answers["a@b.example"] = "550 no such user"
    write()
    write(to="c@d.example", dedupe="receipt:2")
    assert told("send") == "sent 1, to be tried later 0, failed 1\n"
    assert told("list", "--state", "failed").split("  ")[1:] == [
        "failed",
        "a@b.example",
        "申报已受理",
        "550 no such user\n",
    ]
    assert told("list", "--to", "c@d.example").count("\n") == 1
    assert told("list", "--most", "1").count("\n") == 1
    postbox.answers.clear()
    assert told("send", "--again") == "to be tried again: 1\nsent 1, to be tried later 0, failed 0\n"
    settings.EMAIL_HOST = ""
    assert "stays in the outbox" in told("send")


def test_the_room_offers_its_verbs():
    assert {"queue", "deliver_due", "send_again"} <= set(mail.__all__)
