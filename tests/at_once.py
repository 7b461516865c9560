"""Many deeds at the same moment, each in a thread and with a connection of its own."""

import threading

from django.db import OperationalError, connection

from zhuoyue.domain.review.actions.seats import BallotError
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.flow import MoveError

REFUSED = (BallotError, MoveError, RefusedError)


def at_once(*deeds):
    """Carry out all deeds in threads of their own; what each gave, in order: its answer or its refusal."""
    gate, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        gate.wait()
        try:
            for _turn in range(400):
                try:
                    answers[place] = deed()
                    break
                except OperationalError as error:  # SQLite in memory turns away whom a file would let wait
                    if "locked" not in str(error):
                        raise
                    gate_free.wait(0.005)
        except REFUSED as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    gate_free = threading.Event()
    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers
