"""Somebody who holds the files and knows the software: how well can they tell who chose what?

Four arms: counts that move when somebody votes (write-ahead log, dead rows); ids beside words in any byte of the
files; any stored bytes as a key to the sealed votes; what rows look like (length, order, bytes) against the counts.
"""

import contextlib
import random
import re
import sqlite3
import struct
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from zhuoyue.kernel import sealed

CHOICES = ("for", "against", "abstain")


@dataclass
class Files:
    """What was taken. `steps`: the state after every commit that the files still know, as table -> rows."""

    steps: list = field(default_factory=list)
    blobs: list = field(default_factory=list)

    @property
    def last(self):
        return self.steps[-1]

    def rows(self, table):
        """Every version of every row of `table` that any step knows."""
        return {row for step in self.steps for row in step.get(table, ())}


# ---- SQLite


def taken_from_sqlite(folder: Path) -> Files:
    """The database as it lies, then after each commit of the log, whatever was checkpointed meanwhile."""
    base = (folder / "zhuoyue.sqlite3").read_bytes()
    wal = folder / "zhuoyue.sqlite3-wal"
    log = wal.read_bytes() if wal.exists() else b""
    files = Files(blobs=[path.read_bytes() for path in folder.rglob("*") if path.is_file()])
    image = bytearray(base)
    files.steps.append(_sqlite_rows(image))
    if len(log) > 32:
        size = struct.unpack(">I", log[8:12])[0]
        for start in range(32, len(log) - size, 24 + size):
            page, commit = struct.unpack(">II", log[start : start + 8])
            at = (page - 1) * size
            if len(image) < at + size:
                image.extend(bytes(at + size - len(image)))
            image[at : at + size] = log[start + 24 : start + 24 + size]
            if commit:
                with contextlib.suppress(sqlite3.DatabaseError):
                    files.steps.append(_sqlite_rows(image))
    return files


def _sqlite_rows(image) -> dict:
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as file:
        whole = bytearray(image)
        whole[18:20] = b"\x01\x01"  # read without looking for a log of its own
        file.write(whole)
        file.flush()
        connection = sqlite3.connect(f"file:{file.name}?immutable=1", uri=True)
        with contextlib.closing(connection):
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            watched = [name for name in names if name.startswith(_WATCHED)]
            return {name: set(connection.execute(f"SELECT * FROM {name}")) for name in watched}  # noqa: S608 - names of tables


_WATCHED = ("review_", "leaky_")


# ---- PostgreSQL


def taken_from_postgres(connection) -> Files:
    """Every tuple of the tables' files, dead ones too, ordered by the transaction that wrote it."""
    files, versions = Files(), []
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT relname, oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for table, oid in cursor.fetchall():
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s::oid))", [oid])
            heap = bytes(cursor.fetchone()[0])
            files.blobs.append(heap)
            cursor.execute(f'SELECT kept::text FROM "{table}" AS kept')  # noqa: S608 - names of tables
            files.blobs.append("\n".join(row[0] for row in cursor.fetchall()).encode())
            if table.startswith(_WATCHED):
                cursor.execute(
                    "SELECT atttypid::regtype::text FROM pg_attribute"
                    " WHERE attrelid = %s AND attnum > 0 ORDER BY attnum",
                    [oid],
                )
                types = [row[0] for row in cursor.fetchall()]
                versions += [(xmin, xmax, table, row) for xmin, xmax, row in _tuples(heap, types)]
    for moment in sorted({xmin for xmin, *_rest in versions}):
        step = {}
        for xmin, xmax, table, row in versions:
            if xmin <= moment and not 0 < xmax <= moment:
                step.setdefault(table, set()).add(row)
        files.steps.append(step)
    return files


def _tuples(heap, types):
    """(xmin, xmax or 0, columns) of every tuple in the pages of a table, dead ones too."""
    for start in range(0, len(heap), 8192):
        page = heap[start : start + 8192]
        lower = struct.unpack_from("<H", page, 12)[0]
        for place in range(24, min(lower, 8192), 4):
            item = struct.unpack_from("<I", page, place)[0]
            offset, length = item & 0x7FFF, item >> 17
            if length > 23:
                xmin, xmax = struct.unpack_from("<II", page, offset)
                mask, hoff = struct.unpack_from("<HB", page, offset + 20)
                bits = page[offset + 23 : offset + hoff] if mask & 0x0001 else b""  # which columns are there
                filled = [not bits or bits[place // 8] >> place % 8 & 1 for place in range(len(types))]
                xmax = 0 if mask & 0x0800 else xmax  # marked as invalid
                yield xmin, xmax, _columns(page[offset + hoff : offset + length], types, filled)


_WIDTHS = {
    "bigint": ("<q", 8),
    "integer": ("<i", 4),
    "smallint": ("<h", 2),
    "boolean": ("<?", 1),
    "timestamp with time zone": ("<q", 8),
    "date": ("<i", 4),
}
_WORDS = ("character varying", "text")


def _columns(data, types, filled):
    """The columns of a tuple: ids, words, numbers and bytes; of all else that it is there."""
    at, found = 0, []
    for kind, is_there in zip(types, filled, strict=True):
        if not is_there or at >= len(data):
            found.append(None)
        elif kind in _WIDTHS:
            code, width = _WIDTHS[kind]
            at += -at % width
            found.append(struct.unpack_from(code, data, at)[0])
            at += width
        elif kind == "uuid":
            found.append(data[at : at + 16].hex())
            at += 16
        else:
            content, at = _of_any_length(data, at)
            known = {"bytea": content} | dict.fromkeys(_WORDS, content.decode(errors="replace"))
            found.append(known.get(kind))
    return tuple(found)


def _of_any_length(data, at):
    """The content of a column of any length that begins at or after `at`, and where it ends."""
    if data[at] == 0x01:  # kept elsewhere
        return b"", at + 18
    if data[at] & 1:
        end = at + (data[at] >> 1)
        return bytes(data[at + 1 : end]), end
    at += -at % 4
    end = at + (struct.unpack_from("<I", data, at)[0] >> 2)
    return bytes(data[at + 4 : end]), end


# ---- arms: each gives (person, application) -> choice


def voters_of(files) -> dict:
    """Seat -> person, from the seats themselves."""
    found = {}
    for row in files.rows("review_seat"):
        ids = [value for value in row if isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value)]
        if len(ids) >= 3:
            found[ids[0]] = ids[2]
    return found


def by_counts(files, pairs) -> dict:
    """Where a voter's mark arrives and counts rise by one: those are the voter's choices.

    Within one commit PostgreSQL numbers what a savepoint guarded, as the mark is, one after what stands around it.
    """
    seats, found = voters_of(files), {}
    applications = {application for _person, application in pairs}
    marks = [_new_voters(earlier, later, seats) for earlier, later in pairwise(files.steps)]
    for place, (earlier, later) in enumerate(pairwise(files.steps)):
        people = marks[place] or (marks[place + 1] if place + 1 < len(marks) else set())
        if len(people) != 1:
            continue
        for table in later:
            before = _counts_in(earlier.get(table, ()), applications)
            for key, count in _counts_in(later[table], applications).items():
                if key in before and count == before[key] + 1:
                    found[next(iter(people)), key[0]] = key[1]
    return found


def _new_voters(earlier, later, seats) -> set:
    new = later.get("review_votecast", set()) - earlier.get("review_votecast", set())
    return {seats[value] for row in new for value in row if value in seats}


def _counts_in(rows, applications) -> dict:
    """(application, choice) -> the number that stands beside them, in whatever table."""
    found = {}
    for row in rows:
        about = [value for value in row if value in applications]
        words = [value for value in row if value in CHOICES]
        numbers = [value for value in row if isinstance(value, int)]
        if about and words and numbers:
            found[about[0], words[0]] = numbers[-1]
    return found


def by_words(files, pairs) -> dict:
    """A person, a candidate and a choice side by side in any file. A word before a colon, quoted or not, is a sum."""
    people, applications = {person for person, _application in pairs}, {application for _person, application in pairs}
    word = re.compile(rb"([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})")
    found = {}
    for blob in files.blobs:
        at_hand = [(match.start(), match.end(), match[1].decode().replace("-", "")) for match in word.finditer(blob)]
        who = [(start, name) for start, _end, name in at_hand if name in people]
        for start, end, name in at_hand:
            told = re.match(rb"[^a-z0-9]{0,8}(for|against|abstain)\b(?![\"\\]*\s*:)", blob[end : end + 24])
            if name in applications and told:
                near = [(abs(place - start), person) for place, person in who if abs(place - start) < 600]
                if near:
                    found[min(near)[1], name] = told[1].decode()
    return found


def by_keys(files, pairs) -> dict:
    """Everything stored that might be the key of a ballot, tried on its sealed votes."""
    seats, found = voters_of(files), {}
    tables = {table for step in files.steps for table in step}
    stored = {value for table in tables for row in files.rows(table) for value in row if isinstance(value, bytes)}
    tried = {value[start : start + 32] for value in stored for start in range(len(value) - 31)}
    opened = {sealed.public_of(key): key for key in tried}
    for ballot in files.rows("review_ballotkey"):
        public = next(value for value in ballot if isinstance(value, bytes))
        if public not in opened:
            continue
        meeting = next(value for value in ballot if isinstance(value, str))
        order = _order_of(pairs, voters_of_meeting(files, ballot))
        for row in files.rows("review_sealedvote"):
            seat = next(value for value in row if value in seats)
            content = next(value for value in row if isinstance(value, bytes))
            words = ("vote", public.hex(), str(UUID(meeting)), "1", str(UUID(seat)))
            with contextlib.suppress(sealed.SealError):
                paper = sealed.unseal(opened[public], content, *words)
                found |= {(seats[seat], name): CHOICES[byte] for name, byte in zip(order, paper, strict=True)}
    return found


def voters_of_meeting(files, ballot) -> set:
    """The people whose sealed votes belong to one ballot (a row of its key)."""
    seats, number = voters_of(files), ballot[0]
    rows = [row for row in files.rows("review_sealedvote") if number in row[1:]]
    return {seats[value] for row in rows for value in row if value in seats}


def _order_of(pairs, people) -> list:
    """The candidates of those people's ballot, as its papers list them."""
    return sorted({application for person, application in pairs if person in people})


def looks_of(files) -> dict:
    """Person -> what the stored row of their vote looks like, as numbers."""
    seats, found = voters_of(files), {}
    for row in files.rows("review_sealedvote"):
        person = next((seats[value] for value in row if value in seats), None)
        content = next((value for value in row if isinstance(value, bytes)), b"")
        number = next(value for value in row if isinstance(value, int))
        if person and content:
            found[person] = (len(content), number, content[0], content[-1], content[32], sum(content) % 251)
    return found


def best_by_looks(files, truth) -> float:
    """How often the best of the looks, read against the known counts, names the choice: of all pairs, a share."""
    looks = looks_of(files)
    people = sorted(looks)
    if not people:
        return 0.0
    shares = []
    for which in range(len(looks[people[0]])):
        right = total = 0
        for application in sorted({application for _person, application in truth}):
            voters = [person for person in people if (person, application) in truth]
            voters.sort(key=lambda one, which=which: looks[one][which])
            counts = Counter(truth[person, application] for person in voters)
            guessed = [choice for choice in CHOICES for _turn in range(counts[choice])]
            right += sum(truth[person, application] == choice for person, choice in zip(voters, guessed, strict=True))
            total += len(voters)
        shares.append(right / total)
    return max(shares)


def chance_by_looks(files, truth, turns=200) -> list:
    """The same where choices are dealt anew among the voters of each candidate: what chance alone gives, sorted."""
    dice, found = random.Random(4), []
    for _turn in range(turns):
        dealt = {}
        for application in {application for _person, application in truth}:
            people = [person for person, name in truth if name == application]
            choices = [truth[person, application] for person in people]
            dice.shuffle(choices)
            dealt |= {(person, application): choice for person, choice in zip(people, choices, strict=True)}
        found.append(best_by_looks(files, dealt))
    return sorted(found)
