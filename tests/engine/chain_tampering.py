"""Ways to tamper with an exported log, for somebody who holds the file and the method but not the signer's key."""

import io
import json

from engine.chain_samples import records_of
from zhuoyue.engine.chain import Tree, verifier


class Log:
    """The lines of an export, apart."""

    def __init__(self, lines):
        values = [json.loads(line) for line in lines]
        self.header = values[0]
        self.claims = [value for value in values[1:] if value["kind"] != "record"]
        self.records = [value for value in values if value["kind"] == "record"]

    def lines(self):
        return [verifier.line_of(value) + b"\n" for value in (self.header, *self.claims, *self.records)]

    def relink(self):
        """Give every record the number and the digests it would have had."""
        texts = [record["data"] for record in self.records]
        rows = records_of(texts, self.header["algorithm"], self.header["first"])
        self.records = [
            {"kind": "record", "sequence": n, "data": data.decode(), "leaf": leaf.hex(), "running": running.hex()}
            for n, data, leaf, running in rows
        ]

    def reclaim(self):
        """Give every checkpoint and proof the digests it would have had; signatures stay as they were."""
        tree = Tree((bytes.fromhex(r["leaf"]) for r in self.records), algorithm=self.header["algorithm"])
        for claim in self.claims:
            claim["size"] = min(claim["size"], tree.size)
            if claim["kind"] == "checkpoint":
                claim["root"] = tree.root(claim["size"]).hex()
            elif claim["kind"] == "inclusion":
                claim["index"] = min(claim["index"], claim["size"] - 1)
                claim["data"] = self.records[claim["index"]]["data"]
                claim["path"] = [part.hex() for part in tree.inclusion(claim["index"], claim["size"]).path]
            else:
                claim["old"] = min(claim["old"], claim["size"])
                claim["path"] = [part.hex() for part in tree.consistency(claim["old"], claim["size"]).path]


def _other_digest(text, random):
    place = random.randrange(len(text))
    return text[:place] + random.choice([c for c in "0123456789abcdef" if c != text[place]]) + text[place + 1 :]


def change_data(log, random):
    record = random.choice(log.records)
    record["data"] += random.choice("，。改0")


def change_data_and_leaf(log, random):
    record = random.choice(log.records)
    record["data"] += "改"
    record["leaf"] = verifier.leaf_hash(record["data"].encode(), algorithm=log.header["algorithm"]).hex()


def change_digest(log, random):
    record, name = random.choice(log.records), random.choice(["leaf", "running"])
    record[name] = _other_digest(record[name], random)


def change_sequence(log, random):
    random.choice(log.records)["sequence"] += random.choice([-7, -1, 1, 2, 1000])


def remove(log, random):
    del log.records[random.randrange(len(log.records))]


def swap(log, random):
    a, b = random.sample(range(len(log.records)), 2)
    log.records[a], log.records[b] = log.records[b], log.records[a]


def repeat(log, random):
    log.records.insert(random.randrange(len(log.records)), random.choice(log.records))


def insert(log, random):
    log.records.insert(random.randrange(len(log.records)), random.choice(log.records) | {"data": "添"})


def cut_off(log, random):
    del log.records[random.randrange(len(log.records)) :]


def relinked(tamper):
    def both(log, random):
        tamper(log, random)
        log.relink()

    both.__name__ = f"{tamper.__name__}_and_relink"
    return both


def swap_words(log, random):
    a, b = random.sample(log.records, 2)
    a["data"], b["data"] = b["data"], a["data"]


def rewrite_everything(log, random):
    random.choice([change_data, remove, swap_words, insert, cut_off])(log, random)
    if not log.records:
        log.records.append({"data": "空"})
    log.relink()
    log.reclaim()


def cut_off_with_checkpoint(log, random):
    cut_off(log, random)
    log.claims = [claim for claim in log.claims if claim["size"] <= len(log.records)]


def change_checkpoint(log, random):
    claim = random.choice([claim for claim in log.claims if claim["kind"] == "checkpoint"])
    name = random.choice(["size", "root", "signature", "at"])
    if name == "size":
        claim["size"] += random.choice([-1, 1])
    elif name == "at":
        claim["at"] = f"20{random.randrange(10, 25)}" + claim["at"][4:]
    else:
        claim[name] = _other_digest(claim[name], random)


def change_proof(log, random):
    claim = random.choice([claim for claim in log.claims if claim["kind"] != "checkpoint"])
    if claim["path"] and random.random() < 0.5:
        place = random.randrange(len(claim["path"]))
        claim["path"][place] = _other_digest(claim["path"][place], random)
    elif claim["kind"] == "inclusion":
        claim["data"] += "改"
    else:
        claim["old"] -= 1


def change_header(log, random):
    name, value = random.choice([("origin", "别处"), ("first", 0), ("first", 2), ("algorithm", None)])
    other = {"sha256": "sm3", "sm3": "sha256"}[log.header["algorithm"]]
    log.header[name] = other if value is None else value


WAYS = (
    change_data,
    change_data_and_leaf,
    change_digest,
    change_sequence,
    remove,
    swap,
    repeat,
    insert,
    cut_off,
    relinked(change_data),
    relinked(remove),
    relinked(swap_words),
    relinked(insert),
    rewrite_everything,
    cut_off_with_checkpoint,
    change_checkpoint,
    change_proof,
    change_header,
)


def flip_byte(lines, random):
    """Any other byte anywhere in the file."""
    whole = bytearray(b"".join(lines))
    place = random.randrange(len(whole))
    whole[place] ^= random.randrange(1, 256)
    return list(io.BytesIO(whole))


def tampered(lines, random):
    """A name and the lines after one random tampering that changes something."""
    if random.random() < 0.2:
        return "flip_byte", flip_byte(lines, random)
    while True:
        way, log = random.choice(WAYS), Log(lines)
        way(log, random)
        if (changed := log.lines()) != lines:
            return way.__name__, changed
