"""Links: every changed, removed or reordered record is found, and only those."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.chain import ZERO, leaf_hash, link, verify_links


def log(count, first=1, start=ZERO):
    rows, running = [], start
    for sequence in range(first, first + count):
        data = f"record {sequence}".encode()
        leaf = leaf_hash(data)
        running = link(running, leaf)
        rows.append((sequence, data, leaf, running))
    return rows


def codes(rows, **options):
    return [(fault.code, fault.sequence) for fault in verify_links(rows, **options)]


def test_digests_are_those_of_the_standard():
    assert leaf_hash(b"") == hashlib.sha256(b"\x00").digest()
    assert link(ZERO, b"x" * 32) == hashlib.sha256(b"\x01" + bytes(32) + b"x" * 32).digest()


def test_an_untouched_log_has_no_fault():
    assert verify_links([]) == ()
    assert verify_links(log(9)) == ()


def test_a_part_is_checked_from_the_digest_before_it():
    rows = log(9)
    assert codes(rows[4:], start=rows[3][3]) == []
    assert codes(rows[4:]) == [("broken", 5)]


def test_a_changed_record_is_named_once():
    rows = log(5)
    rows[2] = (3, b"other", *rows[2][2:])
    assert codes(rows) == [("changed", 3)]
    assert "第 3 条" in verify_links(rows)[0].sentence


def test_a_changed_record_with_a_new_digest_breaks_the_link():
    rows = log(5)
    rows[2] = (3, b"other", leaf_hash(b"other"), rows[2][3])
    assert codes(rows) == [("broken", 3)]


def test_a_changed_running_digest_is_named_once():
    rows = log(5)
    rows[2] = (*rows[2][:3], b"?" * 32)
    assert codes(rows) == [("broken", 3)]


def test_a_removed_record_leaves_a_gap():
    rows = log(5)
    del rows[2]
    assert codes(rows) == [("gap", 4), ("broken", 4)]


def test_a_removed_record_is_found_though_the_rest_was_renumbered():
    rows = log(5)
    rows = rows[:2] + [(sequence - 1, *rest) for sequence, *rest in rows[3:]]
    assert codes(rows) == [("broken", 3)]


def test_a_removed_first_record_is_found():
    assert codes(log(5)[1:]) == [("broken", 2)]


def test_swapped_records_are_found():
    rows = log(4)
    rows[1], rows[2] = rows[2], rows[1]
    assert ("order", 2) in codes(rows)


def test_a_repeated_record_is_found():
    rows = log(4)
    assert ("order", 4) in codes([*rows, rows[-1]])


@settings(deadline=None)
@given(st.integers(1, 30), st.data())
def test_any_one_altered_field_is_found(count, data):
    rows = log(count)
    place, field = data.draw(st.integers(0, count - 1)), data.draw(st.integers(1, 3))
    row = list(rows[place])
    spot = data.draw(st.integers(0, len(row[field]) - 1))
    row[field] = row[field][:spot] + bytes([row[field][spot] ^ data.draw(st.integers(1, 255))]) + row[field][spot + 1 :]
    rows[place] = tuple(row)
    assert verify_links(rows)


@settings(deadline=None)
@given(st.integers(2, 30), st.data())
def test_any_other_order_or_choice_of_records_is_found(count, data):
    rows = log(count)
    chosen = data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=count))
    assert bool(verify_links(chosen)) == (chosen != rows[: len(chosen)])
