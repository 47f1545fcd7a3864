"""Made-up words for a great many notes, as often as words are in life: few often, most seldom."""

import random
from functools import cache

COMMONEST = "customer"
"""In nearly every note."""
RARE = "zephyrine"
"""In one note of a hundred thousand, and in the first."""
APART = ("northbound", "southbound")
"""Each in every second note, never both in one."""
BEGUN = "dep"
"""How several common words begin."""

_FAMILIAR = (
    "customer the to of and for in with pilot team users deployment plan review partner security "
    "mailboxes migration devices enrollment policy licences tenant proxy network project phase "
    "board agreed next month department depends works council legal sponsor workshop training "
    "adoption telemetry renewal usage rollout wave sites plant vendor contract signed decision "
    "blocked started finished wants needs expects deploys dependency backup audit data region"
)
_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wa xe yo zu bra cle dri flo gra ple"
_RARE_EVERY = 100_000
_SENTENCES = 20_000
_VOCABULARY = 6_000


def renamed(name: str, number: int) -> str:
    """A company's or tenant's name in its copy of that number."""
    head, dot, tail = name.partition(".")
    return f"{head}{number}{dot}{tail}" if dot else f"{name} {number}"


@cache
def _sentences() -> tuple[str, ...]:
    chance = random.Random("sentences")  # noqa: S311 - made-up data, no secret
    syllables = _SYLLABLES.split()
    made = {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(_VOCABULARY)}
    vocabulary = [*_FAMILIAR.split(), *sorted(made)]
    weights = [1 / (place + 2) for place in range(len(vocabulary))]
    return tuple(
        " ".join(chance.choices(vocabulary, weights, k=chance.randint(7, 12))).capitalize() + "."
        for _ in range(_SENTENCES)
    )


def note(chance: random.Random, number: int) -> str:
    """The text of note `number`: about 320 characters."""
    sentences = _sentences()
    parts = [sentences[int(chance.random() * _SENTENCES)] for _ in range(4)]
    rare = f" {RARE}" if number % _RARE_EVERY == 0 else ""
    return f"The {COMMONEST} {APART[number % 2]}{rare}. {' '.join(parts)}"
