"""No tampering of many random ones goes unseen, for whoever has the last printed root and the signatures."""

import random

from engine.chain_samples import exported, signed
from engine.chain_tampering import WAYS, tampered
from zhuoyue.engine.chain import verify_export


def test_every_random_tampering_is_found():
    chance, seen = random.Random(20260701), set()
    logs = [exported(count, algorithm) for count in (3, 7, 12, 33) for algorithm in ("sha256", "sm3")]
    for trial in range(1000):
        lines = logs[trial % len(logs)]
        last = verify_export(lines).checkpoints[-1]
        way, changed = tampered(lines, chance)
        seen.add(way)
        report = verify_export(changed, printed={last.size: last.root}, signed=signed)
        assert report.faults, f"{way} in trial {trial} went unseen"
    assert seen == {way.__name__ for way in WAYS} | {"flip_byte"}


def test_an_untouched_log_raises_no_alarm():
    for count in (3, 7, 12, 33):
        lines = exported(count)
        last = verify_export(lines).checkpoints[-1]
        assert verify_export(lines, printed={last.size: last.root}, signed=signed).faults == ()
