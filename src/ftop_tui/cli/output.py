"""Plain output: data on stdout as text or as one JSON document, always UTF-8."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ftop_tui.cli.stdout import write
from ftop_tui.text import clean, clean_line

__all__ = ("say", "say_done", "say_json", "say_table", "write")

_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What `json.dumps` leaves as it is and a terminal obeys or does not show; C0 it escapes itself."""


def say(text: str = "") -> None:
    """Print a text that may hold foreign parts: nothing in it reaches the terminal as a command."""
    write(f"{clean(text)}\n".encode("utf-8", "replace"))


def say_json(document: object) -> None:
    """Print one JSON document; days as YYYY-MM-DD.

    Nothing is lost, but what a terminal would obey or hide is written as an escape of JSON.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, default=_plain)
    write(f"{_UNSEEN.sub(_escaped, text)}\n".encode())


def say_done(sentence: str | None, *, as_json: bool, said: str = "") -> int:
    """Say what was done as {done}, null where there was nothing to do, or in words: `said`."""
    if as_json:
        say_json({"done": sentence})
    else:
        say(said or sentence or "")
    return 0


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found.group())[1:-1].replace("\x7f", "\\u007f")


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no JSON form")


def say_table(
    rows: Iterable[Sequence[object]], header: Sequence[str] = (), *, empty: str = ""
) -> None:
    """Print rows in columns as wide as they need to be; the last column runs on.

    `empty` is printed instead where there is no row: a list that says nothing looks like a fault.
    """
    lines = [[clean_line("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not lines and empty:
        say(empty)
        return
    if header:
        lines.insert(0, list(header))
    if not lines:
        return
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        say("  ".join(padded).rstrip())
