"""Made-up prose: any two pieces with different seeds share nothing of length."""

from random import Random

COMMON_WORDS = [chr(0x4E00 + number) for number in range(3000)]


def prose(seed, letters, alphabet=None):
    chance = Random(seed)
    return "".join(chance.choices(alphabet or COMMON_WORDS, k=letters))


def english(seed, words):
    chance = Random(seed)
    return " ".join("".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(2, 9))) for _ in range(words))
