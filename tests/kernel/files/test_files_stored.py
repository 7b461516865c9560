import os
import threading
from datetime import UTC, datetime, timedelta

import pytest

from kernel.files import specimens as made
from zhuoyue.kernel.audit import actor_name
from zhuoyue.kernel.files import FileRefusedError, StoredFile, open_stored, release, storing, sweep, verify
from zhuoyue.kernel.files.storing import folder
from zhuoyue.kernel.records import subject_of

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=2)
HOLDER = "orgs.enterprise:1"


def on_disk():
    return sorted(place.relative_to(folder()).as_posix() for place in folder().glob("*/**/*") if place.is_file())


def test_the_bytes_are_on_the_disk_before_the_row(hand_in, monkeypatch):
    steps = []
    for name in ("_copy", "_settle", "_sync_folder"):
        done = getattr(storing, name)
        monkeypatch.setattr(storing, name, lambda *given, done=done, name=name: (steps.append(name), done(*given))[1])
    synced = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("fsync"), synced(descriptor))[1])
    save = StoredFile.save
    monkeypatch.setattr(StoredFile, "save", lambda *given, **more: (steps.append("row"), save(*given, **more))[1])
    hand_in(made.pdf())
    assert [step for step in steps if step != "_sync_folder"] == [
        "_copy",
        "fsync",
        "_settle",
        "fsync",
        "fsync",
        "fsync",
        "row",
    ]


def test_who_holds_a_file_and_who_sent_it_are_named(hand_in):
    first = hand_in(made.pdf(), "报告.pdf", held_by=HOLDER)
    second = hand_in(made.png(), "图.png", held_by=first, by=first)
    assert (first.held_by, first.uploaded_by) == (HOLDER, "")
    assert (second.held_by, second.uploaded_by) == (subject_of(first), actor_name(first))
    assert str(second) == "图.png"


def test_the_same_content_lies_on_the_disk_once(hand_in):
    first, second = hand_in(made.pdf(), "甲.pdf"), hand_in(made.pdf(), "乙.pdf")
    assert first.pk != second.pk
    assert on_disk() == [first.path] == [second.path]
    assert first.path.split("/") == [first.digest[:2], first.digest[2:4], first.digest]


def test_verification_finds_a_changed_a_cut_and_a_missing_file(hand_in):
    stored = hand_in(made.pdf())
    place = folder() / stored.path
    whole = place.read_bytes()
    assert verify(stored)
    place.write_bytes(whole[:-1] + b"x")
    assert not verify(stored)
    place.write_bytes(whole[:-1])
    assert not verify(stored)
    place.unlink()
    assert not verify(stored)


def test_handing_in_the_same_again_heals_a_spoiled_copy(hand_in):
    stored = hand_in(made.pdf())
    (folder() / stored.path).write_bytes(b"spoiled")
    hand_in(made.pdf())
    assert verify(stored)


def test_the_sweep_takes_what_nobody_holds_and_leaves_the_rest(hand_in):
    held = hand_in(made.pdf(), held_by=HOLDER)
    dropped = hand_in(made.png(), "图.png", held_by=HOLDER)
    release(dropped)
    assert dropped.held_by == ""
    torn = folder() / "incoming" / "torn"
    torn.write_bytes(b"half")
    assert sweep(NOW) == 0
    assert sweep(LATER) == 2
    assert on_disk() == [held.path]
    assert list(StoredFile.objects.all()) == [held]
    with open_stored(held) as handle:
        assert handle.read() == made.pdf()


def test_content_that_another_row_holds_outlives_one_that_is_released(hand_in):
    kept, dropped = hand_in(made.pdf(), held_by=HOLDER), hand_in(made.pdf(), held_by=HOLDER)
    release(dropped)
    assert sweep(LATER) == 0
    assert verify(kept)


def test_a_file_that_goes_while_the_sweep_looks_is_no_error(tmp_path):
    assert not storing._removed(tmp_path / "gone", NOW.timestamp())


def test_an_arriving_file_waits_for_the_sweep_to_look(hand_in):
    arrived = threading.Event()

    def arrive():
        with storing._turn(storing.fcntl.LOCK_SH):
            arrived.set()

    hand_in(made.pdf())
    with storing._turn(storing.fcntl.LOCK_EX):
        other = threading.Thread(target=arrive)
        other.start()
        assert not arrived.wait(0.1)
    other.join(5)
    assert arrived.is_set()


def test_a_refused_file_leaves_an_earlier_equal_name_alone(hand_in):
    stored = hand_in(made.pdf(), "报告.pdf")
    with pytest.raises(FileRefusedError):
        hand_in(b"", "报告.pdf")
    assert verify(stored)
