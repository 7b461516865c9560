"""What visitors, applicants, examiners and the secretariat do at once, and how fast it is answered."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from client import Connection, RefusedError, form_on, with_typed

AUTOSAVE = "X-Autosave: 1\r\n"
TYPED = "本单位按策划、实施、检查、改进四步开展工作，责任到岗，数据每月复核一次。"


@dataclass
class Outcome:
    """What a crowd did in `seconds`. `done` are acknowledgements, to be looked for in the database afterwards."""

    seconds: float = 0.0
    requests: int = 0
    done: list[Any] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.done) / self.seconds

    @property
    def requests_per_second(self) -> float:
        return self.requests / self.seconds


def crowd(port: int, work: list[tuple[str, Callable[[Connection, Outcome], None]]]) -> Outcome:
    """Everyone begins at the same moment, each with a connection of their own; `work` is (session, what to do)."""
    outcome = Outcome()
    gate = threading.Barrier(len(work) + 1)
    lock = threading.Lock()

    def act(session: str, does: Callable[[Connection, Outcome], None]) -> None:
        connection, own = Connection(port, session), Outcome()
        gate.wait()
        try:
            does(connection, own)
        except (RefusedError, OSError) as error:
            own.errors.append(str(error))
        finally:
            connection.close()
        with lock:
            outcome.requests += connection.requests
            outcome.done += own.done
            outcome.errors += own.errors
            outcome.times += own.times

    threads = [threading.Thread(target=act, args=one) for one in work]
    for thread in threads:
        thread.start()
    gate.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    outcome.seconds = time.perf_counter() - begun
    return outcome


def autosaved(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What autosave sends of a form: not the key of its one sending."""
    return [pair for pair in fields if pair[0] != "once"]


def complete_application(connection: Connection, own: Outcome, application: str, section: str) -> None:
    """Task list, one section opened and saved, check of the answers, confirmation, submission, receipt."""
    begun = time.perf_counter()
    base = f"/apply/applications/{application}/"
    place = f"{base}part/{section}/"
    connection.get(base)
    fields = autosaved(form_on(connection.get(place).text, place))
    typed = next(name for name, _value in fields if name.startswith("f-"))
    connection.post(place, with_typed(fields, **{typed: TYPED}), expect=200, more=AUTOSAVE)
    connection.get(f"{base}check/")
    confirm = form_on(connection.get(f"{base}submit/").text, f"{base}submit/")
    sent = connection.post(f"{base}submit/", confirm, expect=302)
    receipt = sent.header("location")
    connection.get(receipt)
    own.done.append((application, receipt.rstrip("/").rsplit("/", 1)[-1]))
    own.times.append(time.perf_counter() - begun)


def storm(port: int, applicants: list[dict[str, str]], section: str) -> Outcome:
    """All of `applicants` at once, to the receipt."""
    return crowd(
        port,
        [
            (
                one["cookie"],
                lambda connection, own, application=one["application"]: complete_application(
                    connection, own, application, section
                ),
            )
            for one in applicants
        ],
    )


def score_items(connection: Connection, own: Outcome, assignments: list[str], codes: list[str], saves: int) -> None:
    """Open an item, then save it again and again as autosave does; on to the next item, the next scorebook."""
    places = [(assignment, code) for assignment in assignments for code in codes]
    per_item = 5
    for number, (assignment, code) in enumerate(places):
        if number * per_item >= saves:
            return
        place = f"/expert/scoring/{assignment}/items/{code}/"
        fields = autosaved(form_on(connection.get(place).text, place))
        for step in range(min(per_item, saves - number * per_item)):
            value = str(30 + 5 * ((number + step) % 8))
            fields = with_typed(fields, percent=value)
            answer = connection.post(place, fields, expect=200, more=AUTOSAVE)
            fields = with_typed(fields, version=answer.text.split('"version": ')[1].split(",")[0])
            own.done.append((assignment, code, value))


def scoring(port: int, examiners: list[dict[str, Any]], codes: list[str], saves: int) -> Outcome:
    """Every examiner saves `saves` times, in scorebooks of their own."""
    return crowd(
        port,
        [
            (
                one["cookie"],
                lambda connection, own, mine=one["assignments"]: score_items(connection, own, mine, codes, saves),
            )
            for one in examiners
        ],
    )


def reading(port: int, path: str, *, session: str, clients: int, seconds: float) -> Outcome:
    """`clients` connections ask for one page again and again; every answer counts as done."""
    end = time.perf_counter() + seconds

    def ask(connection: Connection, own: Outcome) -> None:
        while time.perf_counter() < end:
            own.done.append(connection.get(path).status)

    Connection(port, session).get(path)
    end = time.perf_counter() + seconds
    return crowd(port, [(session, ask)] * clients)


def of_rounds(rounds: list[Outcome]) -> tuple[float, float, int]:
    """Median of done per second, median of requests per second, all errors."""
    return (
        median(one.per_second for one in rounds),
        median(one.requests_per_second for one in rounds),
        sum(len(one.errors) for one in rounds),
    )
