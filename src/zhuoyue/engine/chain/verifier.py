"""Checks a tamper-evident log. This file needs nothing but Python 3.11: copy it away and run it.

    python verifier.py exported.jsonl [--printed SIZE:ROOT ...]

`--printed` takes a checkpoint from paper (a receipt, a notice, a certificate): without one, a past rewritten together
with all its digests looks sound. Digests are those of RFC 6962, proofs are checked as in RFC 9162 section 2.1, with
SHA-256 or SM3 (GB/T 32905). Each line of an export is one JSON object in its only form (sorted keys, no spaces), so
that a changed byte is found wherever it stands; first the header, then checkpoints and proofs, then the records.
"""

import argparse
import hashlib
import json
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ZERO = bytes(32)
FORMAT = "tamper-evident-log/1"

Hash = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    `sequence` is that of the record; for checkpoints and proofs it is their size, for `malformed` the line.
    Codes: changed (the data does not give its digest), gap (records are missing), order (a sequence or time that does
    not grow), broken (the running digest does not follow from its predecessor), root (the records do not give the
    root), short (fewer records than were once there), inclusion, consistency, signature, malformed.
    """

    code: str
    sequence: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Proof that record number `index` (from 0) is in the log of `size` records."""

    index: int
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Consistency:
    """Proof that the log of `old` records is the beginning of the log of `size` records."""

    old: int
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is printed and signed: the root of the first `size` records at a time."""

    origin: str
    size: int
    root: bytes
    at: datetime
    algorithm: str = "sha256"
    signature: bytes = b""

    @property
    def text(self) -> bytes:
        """The bytes that are signed."""
        lines = (FORMAT, self.origin, self.algorithm, str(self.size), self.root.hex(), instant(self.at))
        return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class Report:
    """What was read and what was wrong with it; `whole` when the export holds the records, not proofs alone."""

    origin: str
    algorithm: str
    whole: bool
    records: int
    checkpoints: tuple[Checkpoint, ...]
    proofs: int
    faults: tuple[Fault, ...]


def instant(at: datetime) -> str:
    """UTC with microseconds, the form of times in the record."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


# Digests


_SM3_START: tuple[int, ...] = struct.unpack(
    ">8I", bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e")
)


def sm3(message: bytes) -> bytes:
    """SM3 of GB/T 32905-2016, for Pythons whose OpenSSL has none."""
    state = _SM3_START
    padded = message + b"\x80" + bytes(-(len(message) + 9) % 64) + struct.pack(">Q", 8 * len(message))
    for start in range(0, len(padded), 64):
        state = _sm3_block(state, padded[start : start + 64])
    return struct.pack(">8I", *state)


def _turn(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & 0xFFFFFFFF


def _sm3_block(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turn(words[j - 3], 15)
        words.append(mixed ^ _turn(mixed, 15) ^ _turn(mixed, 23) ^ _turn(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        early = j < 16  # noqa: PLR2004 - the standard's first sixteen rounds
        ss1 = _turn((_turn(a, 12) + e + _turn(0x79CC4519 if early else 0x7A879D8A, j)) & 0xFFFFFFFF, 7)
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ _turn(a, 12)) + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + words[j]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, _turn(b, 9), c
        e, f, g, h = tt2 ^ _turn(tt2, 9) ^ _turn(tt2, 17), e, _turn(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def _sha256(message: bytes) -> bytes:
    return hashlib.sha256(message).digest()


def _sm3_here() -> Hash:
    """OpenSSL's SM3, 300 times faster than ours, where it has one."""
    try:
        hashlib.new("sm3")
    except ValueError:
        return sm3
    return lambda message: hashlib.new("sm3", message).digest()


HASHES: Mapping[str, Hash] = {"sha256": _sha256, "sm3": _sm3_here()}


def leaf_hash(data: bytes, *, algorithm: str = "sha256") -> bytes:
    """Leaf of RFC 6962: digest of a zero byte and the record."""
    return HASHES[algorithm](b"\x00" + data)


def link(previous: bytes, leaf: bytes, *, algorithm: str = "sha256") -> bytes:
    """Running digest after `leaf`: what the next record is chained to. The first `previous` is `ZERO`."""
    return HASHES[algorithm](b"\x01" + previous + leaf)


def root_of(peaks: Iterable[bytes], *, algorithm: str = "sha256") -> bytes:
    """Root over complete subtrees, the largest and earliest first; of none, the digest of nothing."""
    digest, rest = HASHES[algorithm], list(peaks)
    if not rest:
        return digest(b"")
    root = rest.pop()
    while rest:
        root = digest(b"\x01" + rest.pop() + root)
    return root


# Checks


def verify_links(
    records: Iterable[tuple[int, bytes, bytes, bytes]],
    *,
    start: bytes = ZERO,
    first: int | None = None,
    algorithm: str = "sha256",
) -> tuple[Fault, ...]:
    """Faults in records of (sequence, data, leaf, running), in the order of the log.

    `start` is the running digest before them, `first` the sequence they must begin with. Finds every changed, removed
    or reordered record; records cut off at the end, or a past rewritten with all its digests, only show against a
    checkpoint.
    """
    faults: list[Fault] = []
    expected = first
    before = {start}  # after a fault: what is stored and what should be, so that one fault is told once
    for sequence, data, leaf, running in records:
        if expected is not None and sequence > expected:
            faults.append(Fault("gap", sequence, f"第 {sequence} 条之前缺少 {sequence - expected} 条记录"))
        if expected is not None and sequence < expected:
            faults.append(Fault("order", sequence, f"第 {sequence} 条记录的次序不对，此处应为第 {expected} 条"))
        if leaf_hash(data, algorithm=algorithm) != leaf:
            faults.append(Fault("changed", sequence, f"第 {sequence} 条记录的内容与其摘要不符"))
        after = {link(previous, leaf, algorithm=algorithm) for previous in before}
        if running in after:
            after.clear()
        else:
            faults.append(Fault("broken", sequence, f"第 {sequence} 条记录与前一条的链接不符"))
        before = after | {running}
        expected = sequence + 1
    return tuple(faults)


def verify_inclusion(proof: Inclusion, *, leaf: bytes, root: bytes, algorithm: str = "sha256") -> bool:
    index, last, digest = proof.index, proof.size - 1, HASHES[algorithm]
    if not 0 <= index <= last:
        return False
    node = leaf
    for other in proof.path:
        if not last:
            return False
        if index & 1 or index == last:
            node = digest(b"\x01" + other + node)
            index, last = _climbed(index, last)
        else:
            node = digest(b"\x01" + node + other)
        index, last = index >> 1, last >> 1
    return not last and node == root


def verify_consistency(proof: Consistency, *, old_root: bytes, root: bytes, algorithm: str = "sha256") -> bool:
    if not 0 <= proof.old <= proof.size:
        return False
    if proof.old == proof.size:
        return not proof.path and old_root == root
    if not proof.old:
        return not proof.path and old_root == root_of((), algorithm=algorithm)
    whole = proof.old & (proof.old - 1) == 0  # then the old tree is itself the first node
    path = (old_root, *proof.path) if whole else proof.path
    if not path:
        return False
    index, last, digest = proof.old - 1, proof.size - 1, HASHES[algorithm]
    while index & 1:
        index, last = index >> 1, last >> 1
    old_node = node = path[0]
    for other in path[1:]:
        if not last:
            return False
        if index & 1 or index == last:
            old_node, node = digest(b"\x01" + other + old_node), digest(b"\x01" + other + node)
            index, last = _climbed(index, last)
        else:
            node = digest(b"\x01" + node + other)
        index, last = index >> 1, last >> 1
    return not last and old_node == old_root and node == root


def _climbed(index: int, last: int) -> tuple[int, int]:
    """Past the levels where a node at the ragged edge has no sibling."""
    while index and not index & 1:
        index, last = index >> 1, last >> 1
    return index, last


# Exports

_SHAPES: Mapping[str, Mapping[str, type]] = {
    "log": {"algorithm": str, "first": int, "format": str, "origin": str},
    "receipt": {"algorithm": str, "format": str, "origin": str},
    "checkpoint": {"at": str, "root": str, "signature": str, "size": int},
    "inclusion": {"data": str, "index": int, "path": list, "size": int},
    "consistency": {"old": int, "path": list, "size": int},
    "record": {"data": str, "leaf": str, "running": str, "sequence": int},
}


def line_of(value: Mapping[str, Any]) -> bytes:
    """The only form of a line."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _parsed(line: bytes) -> dict[str, Any]:
    """The line's object; ValueError when it is not one of the known shapes in its only form."""
    value = json.loads(line)
    if not isinstance(value, dict) or line_of(value) != line:
        raise ValueError("不是规定的写法")
    shape = _SHAPES.get(str(value.get("kind")))
    if shape is None or {name: type(part) for name, part in value.items()} != {"kind": str, **shape}:
        raise ValueError("不是规定的内容")
    return value


def _header(line: bytes) -> dict[str, Any]:
    value = _parsed(line)
    if value["kind"] not in {"log", "receipt"} or value["format"] != FORMAT or value["algorithm"] not in HASHES:
        raise ValueError("不是可识别的开头")
    return value


def _digest(text: object) -> bytes:
    digest = bytes.fromhex(str(text))
    if len(digest) != len(ZERO) or digest.hex() != text:
        raise ValueError("摘要的写法不对")
    return digest


def _path(parts: Iterable[object]) -> tuple[bytes, ...]:
    return tuple(_digest(part) for part in parts)


@dataclass(slots=True)
class _Reading:
    """One pass over an export. Claims come before the records, so that no record is kept in memory."""

    origin: str
    algorithm: str
    first: int | None  # None: a receipt, which holds proofs and no records
    roots: dict[int, bytes | None]  # by size: those that something claims or needs; None until reached
    checkpoints: list[Checkpoint] = field(default_factory=list)
    included: list[tuple[bytes, Inclusion]] = field(default_factory=list)
    grown: list[Consistency] = field(default_factory=list)
    records: int = 0
    peaks: list[bytes] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def through(self, lines: Iterable[bytes]) -> Iterator[tuple[int, bytes, bytes, bytes]]:
        self._reach()
        for number, line in enumerate(lines, 2):
            try:
                value = _parsed(line.removesuffix(b"\n"))
                if value["kind"] != "record":
                    self._claim(value)
                    continue
                record = self._record(value)
            except (ValueError, RecursionError) as error:
                self.faults.append(Fault("malformed", number, f"第 {number} 行无法读取：{error}"))
                continue
            self._grow(record[2])
            yield record

    def _record(self, value: dict[str, Any]) -> tuple[int, bytes, bytes, bytes]:
        if self.first is None:
            raise ValueError("回执中不应有记录")
        return value["sequence"], value["data"].encode(), _digest(value["leaf"]), _digest(value["running"])

    def _claim(self, value: dict[str, Any]) -> None:
        if self.records or value["kind"] in {"log", "receipt"}:
            raise ValueError("此行的位置不对")
        size = value["size"]
        if value["kind"] == "checkpoint":
            at = datetime.fromisoformat(value["at"])
            if instant(at) != value["at"]:
                raise ValueError("时间的写法不对")
            signature = bytes.fromhex(value["signature"])
            self.checkpoints.append(
                Checkpoint(self.origin, size, _digest(value["root"]), at, self.algorithm, signature)
            )
        elif value["kind"] == "inclusion":
            self.included.append((value["data"].encode(), Inclusion(value["index"], size, _path(value["path"]))))
        else:
            self.grown.append(Consistency(value["old"], size, _path(value["path"])))
            self.roots.setdefault(value["old"])
        self.roots.setdefault(size)
        self._reach()

    def _grow(self, leaf: bytes) -> None:
        size, node = self.records, leaf
        while size & 1:
            node, size = link(self.peaks.pop(), node, algorithm=self.algorithm), size >> 1
        self.peaks.append(node)
        self.records += 1
        self._reach()

    def _reach(self) -> None:
        if self.records in self.roots:
            self.roots[self.records] = root_of(self.peaks, algorithm=self.algorithm)

    def judge(self, printed: Mapping[int, bytes], signed: Callable[[Checkpoint], bool] | None) -> None:
        """What the records, or in a receipt the checkpoints, say to the claims."""
        if self.first is None:
            self.roots |= {checkpoint.size: checkpoint.root for checkpoint in self.checkpoints}
        for size in sorted(size for size, root in self.roots.items() if root is None):
            why = f"缺少 {size} 条处的检查点" if self.first is None else f"应有 {size} 条，只有 {self.records} 条"
            self.faults.append(Fault("short", size, f"记录不足：{why}"))
        for checkpoint in self.checkpoints:
            self._compare(checkpoint.size, checkpoint.root, "检查点")
            if signed is not None and not signed(checkpoint):
                self.faults.append(Fault("signature", checkpoint.size, f"{checkpoint.size} 条处检查点的签名不符"))
        for size, root in printed.items():
            self._compare(size, root, "纸面上的检查点")
        for earlier, later in zip(self.checkpoints, self.checkpoints[1:], strict=False):
            if later.size < earlier.size or later.at < earlier.at:
                self.faults.append(Fault("order", later.size, f"{later.size} 条处检查点的次序不对"))
        self._judge_proofs()

    def _compare(self, size: int, root: bytes, what: str) -> None:
        if self.roots[size] not in {None, root}:
            self.faults.append(Fault("root", size, f"前 {size} 条记录与{what}不符"))

    def _judge_proofs(self) -> None:
        for data, inclusion in self.included:
            leaf, root = leaf_hash(data, algorithm=self.algorithm), self.roots[inclusion.size] or b""
            if not verify_inclusion(inclusion, leaf=leaf, root=root, algorithm=self.algorithm):
                size, index = inclusion.size, inclusion.index
                self.faults.append(Fault("inclusion", size, f"第 {index + 1} 条记录在前 {size} 条之中的证明不成立"))
        for proof in self.grown:
            roots = {"old_root": self.roots[proof.old] or b"", "root": self.roots[proof.size] or b""}
            if not verify_consistency(proof, **roots, algorithm=self.algorithm):
                sentence = f"前 {proof.old} 条是前 {proof.size} 条之开头的证明不成立"
                self.faults.append(Fault("consistency", proof.size, sentence))


def verify_export(
    lines: Iterable[bytes],
    *,
    printed: Mapping[int, bytes] | None = None,
    signed: Callable[[Checkpoint], bool] | None = None,
) -> Report:
    """Check an exported log or receipt, line by line, in constant memory.

    `printed` holds roots by size known from elsewhere; `signed` says whether a checkpoint's signature is good.
    """
    rest, printed = iter(lines), printed or {}
    try:
        header = _header(next(rest, b"").removesuffix(b"\n"))
    except (ValueError, RecursionError) as error:
        return Report("", "", False, 0, (), 0, (Fault("malformed", 1, f"第 1 行无法读取：{error}"),))
    reading = _Reading(header["origin"], header["algorithm"], header.get("first"), dict.fromkeys(printed))
    links = verify_links(reading.through(rest), first=reading.first, algorithm=reading.algorithm)
    reading.judge(printed, signed)
    return Report(
        reading.origin,
        reading.algorithm,
        reading.first is not None,
        reading.records,
        tuple(reading.checkpoints),
        len(reading.included) + len(reading.grown),
        tuple(reading.faults) + links,
    )


def _printed(text: str) -> tuple[int, bytes]:
    size, _, root = text.partition(":")
    return int(size), _digest(root.lower())


def main(arguments: list[str] | None = None) -> int:
    """0 when everything holds, 1 when something does not."""
    parser = argparse.ArgumentParser(description="核对导出的防篡改记录。")
    parser.add_argument("export", type=Path, help="导出的 .jsonl 文件")
    parser.add_argument("--printed", type=_printed, action="append", default=[], metavar="SIZE:ROOT", help="纸面检查点")
    chosen = parser.parse_args(arguments)
    with chosen.export.open("rb") as lines:
        report = verify_export(lines, printed=dict(chosen.printed))
    for fault in report.faults:
        sys.stdout.write(f"✗ {fault.sentence}\n")
    for checkpoint in report.checkpoints:
        sys.stdout.write(f"检查点 {checkpoint.size} {checkpoint.root.hex()} {instant(checkpoint.at)}\n")
    what = "记录" if report.whole else "回执"
    counts = f"{report.records} 条记录、{len(report.checkpoints)} 个检查点、{report.proofs} 个证明"
    sys.stdout.write(f"{what}（{report.origin}，{report.algorithm}）：{counts}，{len(report.faults)} 处不符\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
