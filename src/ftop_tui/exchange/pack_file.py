"""Reads the shipped pack and the user's own file that overrides parts of it.

The shipped pack is trusted here (a test validates it), so that the first paint needs no pydantic.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ftop_tui import pack
from ftop_tui.errors import PackError
from ftop_tui.exchange.pack_shape import check_shape
from ftop_tui.playbook.pack import Pack

_CORE = ("playbook", "workloads")
_KEYS = {"workload": "tag", "priorities": "year", "rule": "id", "steps": "key", "step": "key"}
"""The arrays of tables, and the key by which an override finds the entry that it changes."""


@cache
def shipped(part: str) -> Mapping[str, Any]:
    """One TOML file of the pack that ships with the package, as it is. Not to be changed."""
    # The styles need a folder too; `importlib.resources` would load the reading of archives.
    return tomllib.loads(Path(pack.__path__[0], f"{part}.toml").read_text("utf-8"))


def override(path: Path | None) -> Mapping[str, Any]:
    """The user's own file, or nothing where there is none.

    Raises:
        PackError: the file is no TOML or cannot be read.
    """
    if path is None or not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"{path}: {error}") from error


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the tables and values of `over` laid upon it; neither is changed."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            result[key] = merged(old, value)
        elif key in _KEYS and isinstance(old, list) and isinstance(value, list):
            result[key] = _merged_entries(old, value, _KEYS[key])
        else:
            result[key] = value
    return result


def _merged_entries(old: list[Any], new: list[Any], key: str) -> list[Any]:
    entries = {entry[key]: entry for entry in old}
    for entry in new:
        name = entry.get(key) if isinstance(entry, Mapping) else None
        if not isinstance(name, str):
            raise PackError(f"every entry of a list needs its {key}, as text")
        entries[name] = merged(entries.get(name, {}), entry)
    return list(entries.values())


def load_part(part: str, path: Path | None = None) -> Mapping[str, Any]:
    """A part of the pack that is needed later (`lint`, `templates`), the user's file upon it.

    Raises:
        PackError: the user's file has a mistake; the message names the file and the key.
    """
    base, over = shipped(part), override(path).get(part, {})
    check_shape(part, base, over, path)
    return merged(base, over)


def load_pack(path: Path | None = None) -> Pack:
    """The pack in force: what ships, with the user's file upon it.

    Raises:
        PackError: the user's file has a mistake; the message names the file and the key.
    """
    core: dict[str, Any] = {}
    for part in _CORE:
        core |= shipped(part)
    over = override(path)
    if path is None or not over:
        return Pack.read(core)
    # Deferred for start-up speed: pydantic is needed only where there is something to validate.
    from ftop_tui.exchange.pack_check import checked_pack  # noqa: PLC0415

    return checked_pack(core, over, path)
