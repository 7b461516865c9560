"""The files of an installation, before and after the count, do not tell who chose what; leaks put in on purpose do."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from secrecy import ballot_attack as attack
from secrecy import ballot_play

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("secrecy")]
ARMS = (attack.by_counts, attack.by_words, attack.by_keys)
SEALED = ballot_play.BALLOTS["sealed"] * ballot_play.VOTERS
ON_FILES = os.environ.get("ZHUOYUE_DATABASE_URL", "") == ""


@dataclass
class Taken:
    truth: dict
    before: attack.Files
    after: attack.Files | None = None


@pytest.fixture(scope="module")
def on_files(tmp_path_factory):
    """All variants played once on SQLite files, in a process of their own."""
    if not ON_FILES:
        return {}
    folder = tmp_path_factory.mktemp("secrecy")
    path = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parents[2])])
    environment = {**os.environ, "PYTHONPATH": path, "ZHUOYUE_DATA": str(folder / "data")}
    start = "import django, pathlib, sys; django.setup(); from secrecy.ballot_play import main"
    command = [sys.executable, "-c", f"{start}; main(pathlib.Path(sys.argv[1]))", str(folder)]
    subprocess.run(command, env=environment, check=True)
    return json.loads((folder / "played.json").read_text())


@pytest.fixture
def take(on_files):
    """Play the variant `name` and take the files as somebody would who gets hold of them."""

    def taking(name, *, seed=11):
        if ON_FILES:
            told = on_files[name]
            truth = {(person, application): choice for person, application, choice in told["truth"]}
            after = attack.taken_from_sqlite(Path(told["after"])) if told["after"] else None
            return Taken(truth, attack.taken_from_sqlite(Path(told["before"])), after)
        try:
            played = ballot_play.play(name, seed, lambda _moment: attack.taken_from_postgres(connection))
            return Taken(played.truth, played.before, played.after)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS leaky_count")
                cursor.execute("DROP TABLE IF EXISTS leaky_key")

    return taking


def right(guesses, truth):
    return sum(truth.get(pair) == choice for pair, choice in guesses.items())


def test_no_arm_links_a_voter_to_a_choice(take, record_property):
    taken = take("sealed")
    assert len(taken.truth) == SEALED * ballot_play.CANDIDATES
    assert len(attack.looks_of(taken.before)) == SEALED
    for files in (taken.before, taken.after):
        assert {arm.__name__: arm(files, taken.truth) for arm in ARMS} == {arm.__name__: {} for arm in ARMS}
        reached, by_chance = attack.best_by_looks(files, taken.truth), attack.chance_by_looks(files, taken.truth)
        record_property("looks", f"{reached:.2f} where chance gives {by_chance[0]:.2f} to {by_chance[-1]:.2f}")
        assert reached <= by_chance[-1]


@pytest.mark.parametrize(
    ("leak", "arm"),
    [("counted", attack.by_counts), ("told", attack.by_words), ("kept_key", attack.by_keys)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_same_attack_breaks_a_leaky_ballot(take, leak, arm):
    taken = take(leak)
    assert right(arm(taken.before, taken.truth), taken.truth) > 0.5 * len(taken.truth) > 0


def test_the_length_of_a_vote_would_tell(take):
    """The leak is in the first candidate of each paper: there the length says all."""
    taken = take("unpadded")
    first = {person: min(name for one, name in taken.truth if one == person) for person, _name in taken.truth}
    truth = {(person, name): choice for (person, name), choice in taken.truth.items() if first[person] == name}
    assert attack.best_by_looks(taken.before, truth) == 1.0
    assert attack.chance_by_looks(taken.before, truth)[-1] < 1.0
