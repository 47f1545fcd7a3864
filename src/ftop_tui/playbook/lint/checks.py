"""What the checks of the notes' fields look for: the lists of `checks.toml`, compiled."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Self

from ftop_tui.playbook.pack import Workload
from ftop_tui.playbook.values import NoteKind, Role
from ftop_tui.text import fold

_LONG_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Signs:
    """Compiled patterns, one a list of `[signs]`; each matches whole words in any case."""

    next_action: re.Pattern[str]
    no_action: re.Pattern[str]
    out_of_scope: re.Pattern[str]
    date: re.Pattern[str]
    telemetry: re.Pattern[str]
    overage: re.Pattern[str]
    trouble: re.Pattern[str]
    no_trouble: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything that the checks know and that may change."""

    signs: Signs
    writers: Mapping[Role, frozenset[NoteKind]]
    """The kinds that a role writes; a role that is absent writes all (OS-01)."""
    prompts: Mapping[str, tuple[str, ...]]
    """What a form asks beside a field, by the field's name (ES-15)."""
    exact: frozenset[str]
    untelling: frozenset[str]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From the tables of `checks.toml`.

        Raises:
            re.error: a sign is no regular expression. ValueError: no such role or kind.
        """
        names = data["names"]
        return cls(
            signs=Signs(**{f.name: _pattern(data["signs"][f.name]) for f in fields(Signs)}),
            writers={
                Role(role): frozenset(NoteKind(kind) for kind in kinds)
                for role, kinds in data["writers"].items()
            },
            prompts={name: tuple(lines) for name, lines in data["prompts"].items()},
            exact=frozenset(names["exact"]),
            untelling=frozenset(map(fold, names["untelling"])),
        )

    def has_next_action(self, text: str) -> bool:
        """Whether a row speaks of something that is to be done (ES-11)."""
        return bool(self.signs.next_action.search(self.signs.no_action.sub(" ", text)))

    def settles_action(self, text: str) -> bool:
        """Whether a line names a next action, or says outright that there is none (OS-10)."""
        return self.has_next_action(text) or bool(self.signs.no_action.search(text))

    def trouble(self, text: str) -> tuple[int, int] | None:
        """Where an escalation or an issue is first mentioned, "no issues" apart (OS-04)."""
        denied = [found.span() for found in self.signs.no_trouble.finditer(text)]
        for found in self.signs.trouble.finditer(text):
            if not any(start <= found.start() < end for start, end in denied):
                return found.span()
        return None

    def names_workload(self, text: str, workload: Workload) -> bool:
        """Whether a text names a workload by tag, name or alias (ES-12)."""
        return bool(_names_of(workload, self.exact).search(text))

    def names_title(self, text: str, title: str) -> bool:
        """Whether a text names an escalation by its title: half of its telling words (ES-12)."""
        said = fold(text)
        if fold(title) in said:
            return bool(title.strip())
        words = {w for w in _LONG_WORD.findall(fold(title)) if w not in self.untelling}
        found = sum(word in _LONG_WORD.findall(said) for word in words)
        return bool(words) and 2 * found >= len(words)


def _pattern(expressions: Sequence[str]) -> re.Pattern[str]:
    blanks = [expression.replace(" ", r"\s+") for expression in expressions]
    return re.compile(rf"(?<!\w)(?:{'|'.join(blanks)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=128)
def _names_of(workload: Workload, exact: frozenset[str]) -> re.Pattern[str]:
    """Longest first; what is also a plain word only as the pack writes it."""
    names = sorted(set(workload.names), key=len, reverse=True)
    parts = [
        f"(?-i:{_words(name)})" if name in exact else _words(name) for name in names if name.strip()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _words(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))
