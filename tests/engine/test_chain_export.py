"""Exports: what is written is found sound, and says what is wrong when it is not."""

import json
import runpy
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from engine.chain_samples import BEGIN, checkpoint_of, exported, records_of, sign, signed
from zhuoyue.engine.chain import (
    HASHES,
    ExportError,
    Included,
    Tree,
    export_log,
    export_receipt,
    take_checkpoint,
    verifier,
    verify_export,
)


def codes(lines, **options):
    return [(fault.code, fault.sequence) for fault in verify_export(lines, **options).faults]


def altered(lines, kind, nth=0, /, **fields):
    """The lines with some fields of the nth line of a kind set anew."""
    places = [place for place, line in enumerate(lines) if json.loads(line)["kind"] == kind]
    place = places[nth]
    return [*lines[:place], verifier.line_of(json.loads(lines[place]) | fields) + b"\n", *lines[place + 1 :]]


def receipt_of(count=9, size=9, index=4):
    rows = records_of([f"事{number}" for number in range(count)])
    tree = Tree(leaf for _, _, leaf, _ in rows)
    included = [Included(rows[index][1], tree.inclusion(index, size))]
    return list(export_receipt(checkpoint=checkpoint_of(tree, size, sign=sign), included=included))


@pytest.mark.parametrize("algorithm", HASHES)
def test_a_sound_log(algorithm):
    report = verify_export(exported(algorithm=algorithm), signed=signed)
    assert report.faults == ()
    assert (report.origin, report.algorithm, report.whole) == ("卓越奖 2026", algorithm, True)
    assert (report.records, len(report.checkpoints), report.proofs) == (12, 2, 2)
    assert report.checkpoints[0].at > BEGIN


def test_a_log_without_records():
    lines = list(export_log([], checkpoints=[checkpoint_of(Tree(), 0)]))
    assert codes(lines) == []
    assert verify_export(lines).records == 0


def test_a_log_that_begins_at_another_number():
    rows = records_of(["a", "b"], first=100)
    tree = Tree(leaf for _, _, leaf, _ in rows)
    assert codes(export_log(rows, checkpoints=[checkpoint_of(tree, 2)], first=100)) == []


def test_a_receipt_proves_one_record_without_the_others():
    report = verify_export(receipt_of(), signed=signed)
    assert (report.faults, report.whole, report.records, report.proofs) == ((), False, 0, 1)


@pytest.mark.parametrize(
    ("kind", "nth", "fields", "expected"),
    [
        ("log", 0, {"first": 2}, ("order", 1)),
        ("log", 0, {"origin": "别处"}, ("signature", 12)),
        ("log", 0, {"algorithm": "sm3"}, ("changed", 1)),
        ("log", 0, {"format": "other/1"}, ("malformed", 1)),
        ("log", 0, {"kind": "receipt"}, ("malformed", 1)),
        ("checkpoint", 0, {"root": "00" * 32}, ("root", 6)),
        ("checkpoint", 0, {"size": 7}, ("root", 7)),
        ("checkpoint", 1, {"size": 13}, ("short", 13)),
        ("checkpoint", 1, {"size": 5}, ("order", 5)),
        ("checkpoint", 1, {"at": "2026-07-01T00:00:00.000000Z"}, ("order", 12)),
        ("checkpoint", 0, {"at": "2026-07-01T00:00:00.000000Z"}, ("signature", 6)),
        ("checkpoint", 0, {"at": "2026-07-01"}, ("malformed", 2)),
        ("checkpoint", 0, {"root": "AB" * 32}, ("malformed", 2)),
        ("checkpoint", 0, {"root": "ab"}, ("malformed", 2)),
        ("checkpoint", 0, {"signature": "zz"}, ("malformed", 2)),
        ("inclusion", 0, {"data": "别的"}, ("inclusion", 12)),
        ("inclusion", 0, {"index": 3}, ("inclusion", 12)),
        ("inclusion", 0, {"size": 40}, ("short", 40)),
        ("consistency", 0, {"old": 5}, ("consistency", 12)),
        ("consistency", 0, {"old": -1}, ("short", -1)),
        ("consistency", 0, {"path": []}, ("consistency", 12)),
        ("consistency", 0, {"path": [None]}, ("malformed", 5)),
        ("record", 4, {"data": "别的"}, ("changed", 5)),
        ("record", 4, {"leaf": "00" * 32}, ("broken", 5)),
        ("record", 4, {"running": "00" * 32}, ("broken", 5)),
        ("record", 4, {"sequence": 9}, ("gap", 9)),
        ("record", 4, {"sequence": True}, ("malformed", 10)),
        ("record", 4, {"data": "\ud800"}, ("malformed", 10)),
        ("record", 4, {"note": "x"}, ("malformed", 10)),
        ("record", 4, {"kind": "remark"}, ("malformed", 10)),
        ("record", 4, {"kind": ["record"]}, ("malformed", 10)),
    ],
)
def test_what_was_altered_is_named(kind, nth, fields, expected):
    lines = exported()
    try:
        changed = altered(lines, kind, nth, **fields)
    except UnicodeEncodeError:  # half a surrogate pair can only be written escaped
        changed = [line.replace("第5件事".encode(), b"\\ud800") for line in lines]
    assert expected in codes(changed, signed=signed)


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"[]\n", b'{"kind": "record"}\n', b"\xff\n", b"[" * 100_000, b'{"kind":"record","kind":"record"}\n'],
)
def test_a_line_that_is_no_record_is_named(line):
    lines = exported()
    assert ("malformed", 9) in codes([*lines[:8], line, *lines[9:]])
    assert codes([line]) == [("malformed", 1)]


def test_nothing_is_no_log():
    assert codes([]) == [("malformed", 1)]


def test_records_cut_off_at_the_end_are_missed_by_the_checkpoint():
    assert ("short", 12) in codes(exported()[:-1])


def test_claims_must_stand_before_the_records():
    lines = exported()
    assert ("malformed", 18) in codes([*lines, lines[1]])
    assert ("malformed", 2) in codes([lines[0], *lines])


def test_a_rewritten_past_looks_sound_until_it_meets_paper_or_a_signature():
    true = verify_export(exported()).checkpoints
    rows = records_of([f"第{number}件好事" for number in range(1, 13)])
    tree = Tree(leaf for _, _, leaf, _ in rows)
    forged = list(export_log(rows, checkpoints=[checkpoint_of(tree, 12)]))
    assert codes(forged) == []
    assert codes(forged, printed={12: true[1].root}) == [("root", 12)]
    assert codes(forged, printed={6: true[0].root}) == [("root", 6)]
    assert codes(forged, signed=signed) == [("signature", 12)]


def test_a_receipt_is_held_against_paper():
    lines = receipt_of()
    root = verify_export(lines).checkpoints[0].root
    assert codes(lines, printed={9: root}) == []
    assert codes(lines, printed={9: bytes(32)}) == [("root", 9)]
    assert codes(lines, printed={8: root}) == [("short", 8)]
    assert codes(altered(lines, "inclusion", data="别的")) == [("inclusion", 9)]


def test_a_receipt_has_no_records():
    assert codes([*receipt_of(), exported()[-1]]) == [("malformed", 4)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"origin": "a\nb"}, "line breaks"),
        ({"algorithm": "md5"}, "md5"),
        ({"at": datetime(2026, 7, 1)}, "no zone"),  # noqa: DTZ001 - the missing zone is the case
    ],
)
def test_what_cannot_be_signed_is_refused(options, words):
    with pytest.raises(ExportError, match=words):
        take_checkpoint(**{"origin": "a", "size": 0, "root": bytes(32), "at": BEGIN} | options)


def test_what_cannot_be_written_is_refused():
    with pytest.raises(ExportError, match="needs checkpoints"):
        list(export_log([], checkpoints=[]))
    with pytest.raises(ExportError, match="of one origin"):
        list(export_log([], checkpoints=[checkpoint_of(Tree(algorithm=name), 0) for name in HASHES]))
    with pytest.raises(ExportError, match="not UTF-8"):
        list(export_log([(1, b"\xff", b"", b"")], checkpoints=[checkpoint_of(Tree(), 0)]))


def test_the_verifier_runs_alone(tmp_path):
    """Copied away, without the project, in a bare interpreter."""
    alone = tmp_path / "verifier.py"
    alone.write_bytes(Path(verifier.__file__).read_bytes())
    (tmp_path / "log.jsonl").write_bytes(b"".join(exported()))
    root = verify_export(exported()).checkpoints[0].root.hex()
    command = [sys.executable, "-I", "-S", str(alone), str(tmp_path / "log.jsonl")]
    done = subprocess.run([*command, "--printed", f"6:{root}"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "12 条记录、2 个检查点、2 个证明，0 处不符" in done.stdout.decode()


def test_the_command_names_what_is_wrong(tmp_path, capsys):
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(exported()[:-1]))
    assert verifier.main([str(path)]) == 1
    assert "✗ 记录不足：应有 12 条，只有 11 条" in capsys.readouterr().out
    path.write_bytes(b"".join(receipt_of()))
    assert verifier.main([str(path), "--printed", f"9:{'0' * 64}"]) == 1
    assert "回执（卓越奖 2026，sha256）" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        verifier.main([str(path), "--printed", "nine"])


def test_the_file_is_a_command(tmp_path, monkeypatch):
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(exported()))
    monkeypatch.setattr(sys, "argv", ["verifier.py", str(path)])
    with pytest.raises(SystemExit) as done:
        runpy.run_path(verifier.__file__, run_name="__main__")
    assert done.value.code == 0
