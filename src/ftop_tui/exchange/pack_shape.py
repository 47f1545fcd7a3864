"""Checks an override of the pack's later parts against the shape of what ships.

The linter's words and the templates have no classes of their own to validate by: what may stand in
the user's file is what stands in ours, in kind and key.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ftop_tui.errors import PackError

_OPEN = frozenset({"macros", "phrases", "words", "own_names", "reasons", "prompts", "parts"})
"""Tables to which keys may be added; the others hold settings whose names the program knows."""


def check_shape(part: str, base: Mapping[str, Any], over: object, path: Path | None) -> None:
    """Refuse what cannot be laid upon `base`, the shipped part of that name.

    Raises:
        PackError: an unknown key or a value of the wrong kind; file and dotted key are named.
    """
    for place, what in _faults(part, base, over, is_open=False):
        raise PackError(f"{path}: {place}: {what}")


def _faults(place: str, base: object, over: object, *, is_open: bool) -> Iterator[tuple[str, str]]:
    if isinstance(base, Mapping):
        if not isinstance(over, Mapping):
            yield place, "must be a table"
            return
        example = next(iter(base.values()), None)
        for key, value in over.items():
            if key in base:
                yield from _faults(f"{place}.{key}", base[key], value, is_open=key in _OPEN)
            elif is_open and example is not None:
                yield from _faults(f"{place}.{key}", example, value, is_open=False)
            else:
                yield f"{place}.{key}", "is not a key of the pack"
    elif isinstance(base, list):
        yield from _list_faults(place, base, over)
    elif type(over) is not type(base):
        yield place, f"must be {_KINDS.get(type(base), 'of another kind')}"


_KINDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def _list_faults(place: str, base: list[Any], over: object) -> Iterator[tuple[str, str]]:
    if not isinstance(over, list):
        yield place, "must be a list"
        return
    whole: Any = base[0] if base else ""
    if isinstance(whole, Mapping):
        for entry in base:
            whole = {**whole, **entry}
    for number, value in enumerate(over, start=1):
        yield from _faults(f"{place}[{number}]", whole, value, is_open=False)
