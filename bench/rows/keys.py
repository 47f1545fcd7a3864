"""From a key to the frame that answers it, seen from outside."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle

from bench.kit import Kit
from bench.measure import Contestants, Family, Goal, Sampler
from bench.probe import COLUMNS, Probe, Seen, a_frame, holds
from bench.rows.paint import ranked

_DOWN = "\x1b[B"
_BURST = 8
_AFTER_START = 1.5
"""Seconds after the first paint in which an app begins what the first screen does without."""
_BETWEEN = 0.12
_PANEL = 75
"""The panel and the preview stand right of this column on a screen of 120."""

_SIDE = 81
"""What stands beside the Entitlement form begins here."""

_SENTENCE = "Unable to deploy because the proxy breaks inspection for the plants in Berlin "
_LETTERS = "abcdefghijkmnoprstuvwxyz"

CURSOR_GOALS = (
    Goal("cursor", "cursor down, 10,000 tenants, key to the panel repainted", "ours", 1.5, "bare",
         "a bare list of 10,000 lines", "p95"),
)  # fmt: skip
TYPING_GOALS = (
    Goal("type-enterprise", "a typed character, Enterprise form", "enterprise", 1.5, "input",
         "a bare Input", "p95"),
    Goal("type-entitlement", "a typed character, Entitlement form with findings and grade",
         "entitlement", 1.5, "input", "a bare Input", "p95"),
    Goal("preview", "a typed character to the preview repainted, Enterprise form",
         "enterprise-preview", 0.5, "preview", "a bare Input with a Static, default rate", "p95"),
)  # fmt: skip


def ready(
    kit: Kit, stack: ExitStack, command: Sequence[str], seen: Seen, *, resting: bool = True
) -> Probe:
    """A program that stands still after its start, but for what goes on behind the screen."""
    probe = stack.enter_context(Probe(command, kit.environment(), kit.home))
    probe.wait_for(seen)
    time.sleep(_AFTER_START)
    if resting:
        probe.rest()  # until a daily backup is done
    return probe


def _presses(probe: Probe, key: str, *, panel: bool) -> Sampler:
    def sample() -> Iterator[float]:
        for _ in range(_BURST):
            yield probe.press(key, probe.changes(_PANEL) if panel else a_frame) * 1000
            probe.settle(_BETWEEN)

    return lambda: list(sample())


@contextmanager
def _cursor(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    with ExitStack() as stack:
        app = ready(kit, stack, kit.app(kit.copy("wide")), ranked(kit, "wide"))
        lines = ready(kit, stack, kit.bare("lines", 10_000), holds("Row00001", "Row00030"))
        yield {
            "ours": _presses(app, _DOWN, panel=True),
            "bare": _presses(lines, _DOWN, panel=False),
        }


class Typist:
    """Types words of eight letters that stand nowhere else, and takes each back."""

    def __init__(self, probe: Probe, *, column: int, until: int = COLUMNS) -> None:
        self._probe = probe
        self._columns = column, until
        self._words = cycle(f"q{letter}wertzu" for letter in _LETTERS)

    def __call__(self) -> Sequence[float]:
        """Milliseconds of each key to the frame in which its text stands in those columns."""
        word = next(self._words)
        self._type(word[:2])
        samples = []
        for end in range(3, len(word) + 1):
            samples.append(self._probe.press(word[end - 1], self._stands(word[:end])) * 1000)
            self._probe.settle(_BETWEEN)
        self._type("\x7f" * len(word))
        return samples

    def _type(self, keys: str) -> None:
        for key in keys:
            self._probe.press(key)
            self._probe.settle(0.03)

    def _stands(self, text: str) -> Seen:
        first, last = self._columns

        def seen(probe: Probe) -> bool:
            return any(
                text in line[: last - first] for line in probe.screen.text(first).split("\n")
            )

        return seen


def _form(kit: Kit, stack: ExitStack, name: str, keys: Sequence[str], begun: str) -> Probe:
    """A form of our own on the first tenant, with a text begun in it."""
    probe = ready(kit, stack, kit.app(kit.copy("small")), ranked(kit, "small"))
    probe.press(keys[0], holds(name))
    probe.settle(0.5)
    for key in (*keys[1:], *begun):
        probe.press(key)
        probe.settle(0.03)
    probe.settle(1.0)
    return probe


def _bare_input(kit: Kit, stack: ExitStack, kind: str) -> Probe:
    return ready(kit, stack, kit.bare(kind), holds("type here"))


@contextmanager
def _typing(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    enterprise = ("s", "\t", "\t")
    makers: dict[str, Callable[[ExitStack], Typist]] = {
        "enterprise": lambda stack: Typist(
            _form(kit, stack, "Enterprise Status", enterprise, "Pilot "), column=1, until=_PANEL - 5
        ),
        "enterprise-preview": lambda stack: Typist(
            _form(kit, stack, "Enterprise Status", enterprise, "Pilot "), column=_PANEL - 2
        ),
        "entitlement": lambda stack: Typist(
            _form(kit, stack, "Entitlement notes", ("e",), _SENTENCE), column=1, until=_SIDE
        ),
        "input": lambda stack: Typist(_bare_input(kit, stack, "input"), column=1),
        "preview": lambda stack: Below(_bare_input(kit, stack, "preview")),
    }
    with ExitStack() as stack:
        yield {name: makers[name](stack) for name in makers if name in needed}


class Below(Typist):
    """The same for a bare app whose preview stands below the Input."""

    def __init__(self, probe: Probe) -> None:
        super().__init__(probe, column=1)

    def _stands(self, text: str) -> Seen:
        return lambda probe: probe.screen.text().count(text) > 1


CURSOR = Family("cursor", CURSOR_GOALS, _cursor, rounds=8)
TYPING = Family("typing", TYPING_GOALS, _typing, rounds=12)
