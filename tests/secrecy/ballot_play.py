"""Secret ballots played through the pages, as they are and with leaks put in on purpose, for the attack to try.

`main` plays on the files of an installation of its own, and leaves copies of them.
"""

import json
import logging
import random
import shutil
import uuid
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from tests.factories import pack_text
from tests.jury_cast import codes_of, make_jury

from zhuoyue.config.database import prepare_database
from zhuoyue.domain.review.actions import ballots, jury
from zhuoyue.kernel import audit, sealed

VOTERS, CANDIDATES = 7, 3
BALLOTS = {"sealed": 3, "unpadded": 3}  # where chance is to be told from a leak; else one tells enough


@dataclass
class Played:
    """`truth`: (person, application) -> choice, as hex. `before`, `after`: what was taken then."""

    truth: dict
    meetings: list
    before: Any = None
    after: Any = None


@contextmanager
def _patched(owner, name, made):
    kept = getattr(owner, name)
    setattr(owner, name, made(kept))
    try:
        yield
    finally:
        setattr(owner, name, kept)


def leaks():
    """Name -> a way of storing that gives the secret away, each for one arm of the attack."""

    def counted(kept):
        """Counts in clear, moved by every vote, all rows written anew: as it was once."""

        def seal_vote(*, meeting, choices, **more):
            kept(meeting=meeting, choices=choices, **more)
            with connection.cursor() as cursor:
                for application in choices:
                    for choice in ("for", "against", "abstain"):
                        cursor.execute(
                            "UPDATE leaky_count SET count = count + %s WHERE application = %s AND choice = %s",
                            [int(choices[application] == choice), application.hex, choice],
                        )

        return seal_vote

    def kept_key(kept):
        def new_private():
            private = kept()
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO leaky_key (secret) VALUES (%s)", [private])
            return private

        return new_private

    def told(kept):
        def seal_vote(*, by, meeting, choices, **more):
            kept(by=by, meeting=meeting, choices=choices, **more)
            data = {"who": str(by.pk), "choices": {str(key): choice for key, choice in choices.items()}}
            audit.record(ballots.VOTED, by=by, data=data)

        return seal_vote

    def unpadded(_kept):
        return lambda order, choices: (
            b"x" * sum({"for": 1, "against": 20, "abstain": 400}[choices[key]] for key in order[:1])
        )

    return {
        "sealed": nullcontext,
        "counted": lambda: _patched(jury, "seal_vote", counted),
        "kept_key": lambda: _patched(sealed, "new_private", kept_key),
        "told": lambda: _patched(jury, "seal_vote", told),
        "unpadded": lambda: _patched(ballots, "_paper_as_bytes", unpadded),
    }


def play(name, seed, take):
    """Ballots at random under the leak `name`; `take(moment)` takes the files, before and after the count."""
    chance, truth = random.Random(seed), {}
    texts = [
        pack_text().replace("key: saq-award-2021", f"key: {name}-{number}", 1) for number in range(BALLOTS.get(name, 1))
    ]
    casts = [make_jury(CANDIDATES, VOTERS, text.replace("kept_key", "kept-key")) for text in texts]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE leaky_count (application varchar(32), choice varchar(8), count integer)")
        cursor.execute(f"CREATE TABLE leaky_key (secret {'bytea' if connection.vendor == 'postgresql' else 'blob'})")
        rows = [(one.pk.hex, choice) for cast in casts for one in cast.applications for choice in _choices()]
        cursor.executemany("INSERT INTO leaky_count VALUES (%s, %s, 0)", rows)
    played = Played(truth, [cast.meeting.pk for cast in casts])
    with leaks()[name]():
        for cast in casts:
            _vote(cast, chance, truth)
        played.before = take(f"{name}-before")
        if name != "unpadded":
            for cast in casts:
                _count(cast)
            played.after = take(f"{name}-after")
    return played


def _choices():
    return ("for", "against", "abstain")


def _vote(cast, chance, truth):
    client = Client()
    client.force_login(cast.chair)
    client.post(reverse("jury:open", args=[cast.meeting.pk]), {"custody": "members:3", "once": str(uuid.uuid4())})
    voters = list(cast.members)
    chance.shuffle(voters)
    for who in voters:
        client.force_login(who)
        paper = {f"choice-{application.pk}": chance.choice(_choices()) for application in cast.applications}
        assert client.post(reverse("jury:check", args=[cast.meeting.pk]), paper).status_code == 200
        given = {**paper, "once": str(uuid.uuid4())}
        assert client.post(reverse("jury:cast", args=[cast.meeting.pk]), given).status_code == 302
        for application in cast.applications:
            truth[who.pk.hex, application.pk.hex] = paper[f"choice-{application.pk}"]


def _count(cast):
    client = Client()
    client.force_login(cast.chair)
    codes = {f"code-{key}": code for key, code in list(codes_of(cast.meeting).items())[:3]}
    answer = client.post(reverse("jury:close", args=[cast.meeting.pk]), {**codes, "once": str(uuid.uuid4())})
    assert answer.status_code == 302, answer.content.decode()


def _copied(folder, name):
    """What a backup holds: every file of the data folder, while the server still runs."""
    target = folder / name
    shutil.copytree(settings.DATA, target)
    return target


def main(folder):
    """Play every variant, one after the other, on the installation at hand; copies go to `folder`."""
    setup_test_environment()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # no static files are collected here
    logging.getLogger().addHandler(logging.FileHandler(settings.DATA / "server.log"))
    logging.getLogger("django.request").setLevel(logging.DEBUG)
    prepare_database()
    told = {}
    for seed, name in enumerate(leaks()):
        played = play(name, seed, partial(_copied, folder))
        told[name] = {
            "truth": [[*key, choice] for key, choice in played.truth.items()],
            "before": str(played.before),
            "after": str(played.after or ""),
        }
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE leaky_count")
            cursor.execute("DROP TABLE leaky_key")
    (folder / "played.json").write_text(json.dumps(told))
