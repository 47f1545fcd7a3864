"""Where what was deleted for good may still be held, beyond the store: in backups and what is like.

`forget` names all of it; what is ours and whole or ended can be deleted with the backups.
"""

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ftop_tui.files import BESIDE
from ftop_tui.services import backups, editing
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies

_ASIDE = re.compile(r"(unusable|schema)-.+\.sqlite3")
"""What a restore moved aside, and what an upgrade kept."""


@dataclass(frozen=True, slots=True)
class Held:
    """The files that may still hold what was deleted."""

    backups: tuple[Path, ...]
    parts: tuple[Path, ...]
    """What backups or restores that were ended left."""
    others: tuple[Path, ...]
    """What else among the backups is of ours: set aside, kept by an upgrade, or under a name of its
    user's."""
    strangers: tuple[Path, ...]
    """What is among the backups and none of ours, or open in one's own editor: only its owner knows
    whether it can go."""

    @property
    def ours(self) -> tuple[Path, ...]:
        """What `forget --backups-too` deletes."""
        return (*self.backups, *self.parts, *self.others)


def held(context: Context) -> Held:
    """All that there is of it."""
    made = tuple(each.path for each in backups.backups(context))
    parts = tuple(backups.parts(context))
    rest = _rest(context, {*made, *parts})
    heads = [path.name for path in rest if _is_ours(path)]
    others = tuple(path for path in rest if path.name in heads or _is_beside(path, heads))
    left = [path for path in rest if path not in others]
    return Held(made, parts, others, (*left, *editing.left_open(context.paths.data_dir)))


def _rest(context: Context, known: set[Path]) -> list[Path]:
    """What stands in the folder of backups beyond those, or in its place; sums hold no text."""
    place = backups.folder(context)
    if not place.is_dir():
        return [place] if os.path.lexists(place) else []
    return sorted(
        path for path in place.iterdir() if path not in known and path.suffix != copies.SUM
    )


def _is_ours(path: Path) -> bool:
    if not _is_file(path):
        return False
    return bool(_ASIDE.fullmatch(path.name)) or copies.is_of_ours(path)


def _is_beside(path: Path, heads: Sequence[str]) -> bool:
    """Whether it is the log, or what goes with it, of one of those."""
    return _is_file(path) and any(path.name == head + end for head in heads for end in BESIDE)


def _is_file(path: Path) -> bool:
    """A file itself: deleting a link would leave what it leads to."""
    return stat.S_ISREG(path.lstat().st_mode)
