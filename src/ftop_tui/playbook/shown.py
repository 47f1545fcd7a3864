"""Where the demo portfolio shows the playbook's rules: on which screen, and by which command."""

import re
from collections.abc import Callable, Mapping
from shlex import quote
from typing import Any, NamedTuple, Self

_PLACE = re.compile(r"\{(\w+)(?::([^{}]*))?\}")


class Shown(NamedTuple):
    """One place that shows a rule."""

    rule: str
    customer: str
    """A customer of the demo; empty where it takes none."""
    screen: str
    """Where a user sees it, in words, with the keys that lead there from the list."""
    command: tuple[str, ...]
    """Arguments of a command line that shows it too; they may hold places to be filled."""
    says: str
    """What the command prints or writes, in part."""
    lacks: tuple[str, ...] = ()
    """What it does not hold."""
    content: str = ""
    """Of the file that the command reads."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """A place from its TOML table."""
        lists = {name: tuple(data.get(name, ())) for name in ("command", "lacks")}
        return cls(**{**data, **lists})

    def filled(self, fill: Callable[[str, str], str]) -> tuple[tuple[str, ...], str]:
        """The command and the content, each place filled with what `fill(kind, whose)` gives."""

        def put(text: str) -> str:
            return _PLACE.sub(lambda found: fill(found[1], found[2] or ""), text)

        return tuple(map(put, self.command)), put(self.content)

    @property
    def line(self) -> str:
        """The command line as it is read, its places in words."""
        parts = (_PLACE.sub(_in_words, part) for part in self.command)
        return " ".join(["ftop-tui", *(p if p.startswith("<") else quote(p) for p in parts)])


def _in_words(place: re.Match[str]) -> str:
    """A place of a command line as a reader is told of it."""
    kind, whose = place[1], place[2] or ""
    if kind == "note":
        sort, state, name, *tag = whose.split(":")
        on = f" on {tag[0].replace('@', ' of ')}" if tag else ""
        return f"<id of the {state} {sort} note of {name}{on}>"
    return f"<id of the {kind} of {whose}>" if whose else f"<{kind}>"
