"""Plain output: data on stdout as text or as one JSON document, always UTF-8."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ftop_tui.text import clean, clean_line


def say(text: str = "") -> None:
    """Print a text that may hold foreign parts: nothing in it reaches the terminal as a command."""
    sys.stdout.buffer.write(f"{clean(text)}\n".encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def say_json(document: object) -> None:
    """Print one JSON document; days as YYYY-MM-DD."""
    text = json.dumps(document, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no JSON form")


def say_table(rows: Iterable[Sequence[object]], header: Sequence[str] = ()) -> None:
    """Print rows in columns as wide as they need to be; the last column runs on."""
    lines = [[clean_line("" if cell is None else str(cell)) for cell in row] for row in rows]
    if header:
        lines.insert(0, list(header))
    if not lines:
        return
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        say("  ".join(padded).rstrip())
