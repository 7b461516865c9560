"""One secret in several shares: any `needed` of them give it back, fewer tell nothing (Shamir 1979).

The secret is the value at 0 of a polynomial over the integers modulo a prime; share number x is its value at x. The
random coefficients come from the caller: this room has no chance of its own.
"""

from collections.abc import Mapping, Sequence

PRIME = 2**521 - 1


def split(secret: int, coefficients: Sequence[int], holders: int) -> list[int]:
    """The shares number 1 to `holders`. One more share than there are coefficients is needed to join them.

    ValueError unless the secret and the coefficients lie in 0 .. PRIME - 1 and there are shares enough.
    """
    if not all(0 <= value < PRIME for value in (secret, *coefficients)):
        raise ValueError("a secret or coefficient is out of range")
    if holders <= len(coefficients):
        raise ValueError("fewer holders than shares needed")
    polynomial = [secret, *coefficients]
    return [
        sum(value * pow(number, power, PRIME) for power, value in enumerate(polynomial)) % PRIME
        for number in range(1, holders + 1)
    ]


def join(shares: Mapping[int, int]) -> int:
    """The secret from shares by their number: Lagrange's polynomial through them, at 0.

    Too few shares, or a false one, give some other number: the caller compares what comes out with what it knows.
    """
    secret = 0
    for number, share in shares.items():
        above, below = 1, 1
        for other in shares:
            if other != number:
                above = above * other % PRIME
                below = below * (other - number) % PRIME
        secret += share * above * pow(below, -1, PRIME)
    return secret % PRIME
