"""The shapes of the JSON documents, from what the commands print on the demo portfolio."""

import io
import json
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from ftop_tui.bootstrap import make_context
from ftop_tui.cli.framework import run
from ftop_tui.services import demo

TODAY = "2026-11-21"
CALLS = (
    "list --limit 5", "why Fabrikam", "show Fabrikam", "opening Fabrikam", "moved", "glance",
    "next", "week", "plan Fabrikam", "escalation list", "contact list", "forecast show Fabrikam",
    "forecast accuracy", "milestone list", "partner list", "partner show Litware", "review list",
    "review readiness", "brief Litware", "note list Fabrikam", "search blocked", "action list",
    "undo --list", "backup --list", "doctor", "rules ES-03", "locate",
)  # fmt: skip
"""Each is called with --json."""

_WIDTH = 100


def shapes() -> Iterator[tuple[str, str]]:
    """Each call with the shape of what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        place = {"FTOP_TUI_CONFIG_DIR": folder}
        context = make_context(data_dir=folder, today=TODAY, environment=place)
        demo.build(context, demo.USUAL, 1)
        for call in CALLS:
            document = _printed([*call.split(), "--json"], folder)
            yield call, "\n".join(_lines(_shape(document), 0))


def _printed(arguments: list[str], folder: str) -> Any:
    """The document that a command prints."""

    def make(**_: object) -> Any:
        return make_context(
            data_dir=folder, today=TODAY, environment={"FTOP_TUI_CONFIG_DIR": folder}
        )

    usual, out = sys.stdout, io.BytesIO()
    sys.stdout = io.TextIOWrapper(out, "utf-8")
    try:
        run(arguments, make)
        sys.stdout.flush()
        return json.loads(out.getvalue())
    finally:
        sys.stdout = usual


def _shape(value: Any) -> Any:
    """A value by the names of its kinds: a dict of shapes, a list of one, or a set of words."""
    if isinstance(value, dict):
        return {key: _shape(part) for key, part in value.items()}
    if isinstance(value, list):
        merged: Any = set()
        for part in value:
            merged = _merged(merged, _shape(part))
        return [merged]
    kinds = {bool: "true|false", int: "number", float: "number", str: "text", type(None): "null"}
    return {kinds[type(value)]}


def _merged(one: Any, other: Any) -> Any:
    """What fits both shapes; null gives way to anything that is more."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            key: _merged(one.get(key, set()), other.get(key, set())) for key in {**one, **other}
        }
    if isinstance(one, list) and isinstance(other, list):
        return [_merged(one[0], other[0])]
    if isinstance(one, set) and isinstance(other, set):
        return one | other
    return other if isinstance(one, set) else one


def _lines(shape: Any, depth: int) -> list[str]:
    short = _short(shape)
    if len(short) + depth <= _WIDTH:
        return [" " * depth + short]
    if isinstance(shape, list):
        inner = _lines(shape[0], depth + 1)
        return [" " * depth + "[" + inner[0].strip(), *inner[1:-1], inner[-1] + "]"]
    lines = [" " * depth + "{"]
    for key, part in shape.items():
        told = _lines(part, depth + 2)
        lines += [" " * (depth + 2) + f"{key}: {told[0].strip()}", *told[1:]]
        lines[-1] += ","
    return [*lines, " " * depth + "}"]


def _short(shape: Any) -> str:
    if isinstance(shape, dict):
        return "{" + ", ".join(f"{key}: {_short(part)}" for key, part in shape.items()) + "}"
    if isinstance(shape, list):
        return f"[{_short(shape[0])}]"
    return "|".join(sorted(shape, key=lambda word: (word == "null", word))) or "…"
