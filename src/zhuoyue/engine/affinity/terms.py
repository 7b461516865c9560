"""Terms of a text: English words and their pairs, Chinese runs of one to three characters."""

import re
from collections import Counter

RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:['.-][a-z0-9]+)*")
LONGEST = 3
"""Characters of the longest Chinese term."""


def terms_of(text: str) -> Counter[str]:
    """How often each term occurs. English: words and neighbouring pairs of words; Chinese: 1 to 3 characters."""
    found: Counter[str] = Counter()
    previous = ""
    for run in RUN.findall(text.lower()):
        if run[0] < "\u3400":
            found[run] += 1
            if previous:
                found[f"{previous} {run}"] += 1
            previous = run
            continue
        previous = ""
        for length in range(1, LONGEST + 1):
            found.update(run[at : at + length] for at in range(len(run) - length + 1))
    return found
