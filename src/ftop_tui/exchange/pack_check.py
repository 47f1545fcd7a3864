"""Checks the pack with the user's own file upon it: a mistake is told by its key.

The shapes are the values of `playbook.pack`; the laws that a shape cannot say stand here.
"""

import json
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, make_dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import GenericAlias
from typing import Any, NamedTuple, get_type_hints

from pydantic import TypeAdapter, ValidationError

from ftop_tui.errors import PackError
from ftop_tui.exchange.pack_file import merged, shipped
from ftop_tui.exchange.pack_shape import check_shape
from ftop_tui.exchange.tables import shown
from ftop_tui.playbook.pack import (
    STRICT,
    Cadence,
    EnterpriseTerms,
    ExecSummaryTerms,
    Opening,
    Pack,
    Points,
    Thresholds,
    Workload,
    Year,
)
from ftop_tui.playbook.values import EnterpriseStatus, Health, Phase
from ftop_tui.text import clean, fold

LATER = (
    "lint", "templates", "describing", "checks", "plan", "people", "forecasts", "partners", "brief",
    "sharing", "guidance",
)  # fmt: skip
"""Parts of the pack with files of their own: checked against the shape of what ships."""

ELSEWHERE = frozenset({*LATER, "rule"})
"""Top-level tables of the user's file that are no part of `Pack`."""

_LARGEST = 1_000_000

Mistake = tuple[str, str]
"""A dotted key, and what is wrong with it."""


class _Contacts(NamedTuple):
    """The table `contacts`."""

    titles: tuple[str, ...]


class _Untracked(NamedTuple):
    """The table `untracked`."""

    names: tuple[str, ...]


class _Priorities(NamedTuple):
    """An entry of the list `priorities`."""

    year: str
    items: tuple[str, ...]


_SHAPES: Mapping[str, Any] = {
    "year": Year,
    "thresholds": Thresholds,
    "cadence": Cadence,
    "points": Points,
    "caps": dict[str, int],
    "opening": Opening,
    "enterprise": EnterpriseTerms,
    "exec_summary": ExecSummaryTerms,
    "contacts": _Contacts,
    "priorities": _Priorities,
    "workload": Workload,
    "untracked": _Untracked,
}
_ENTRY_KEYS = {"priorities": "year", "workload": "tag"}
_WORDS = {
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list of tables",
    "dict_type": "must be a table",
    "mapping_type": "must be a table",
    "dataclass_type": "must be a table",
    "dataclass_exact_type": "must be a table",
    "missing": "is missing",
    "unexpected_keyword_argument": "is not a key of the pack",
    "extra_forbidden": "is not a key of the pack",
    "enum": "is not one of the known values",
}


def checked_pack(core: Mapping[str, Any], over: Mapping[str, Any], path: Path) -> Pack:
    """The pack of `core` with `over`, the content of the file `path`, laid upon it.

    Raises:
        PackError: unknown keys, values of the wrong type, or numbers that break a law (a limit
            before its due day, a worse health that counts less). The message names `path` and the
            dotted key of the first mistake, `details` all of them.
    """
    for part in LATER:
        if part in over:
            check_shape(part, shipped(part), over[part], path)
    told = list(_unknown_rules(over.get("guidance", {})))
    if told:
        lines = [f"{path}: {key}: {what}" for key, what in told]
        raise PackError(lines[0], details=lines)
    ours = {key: _cleaned(value) for key, value in over.items() if key not in ELSEWHERE}
    try:
        data = merged(core, ours)
    except PackError as error:
        raise PackError(f"{path}: {error.message}") from error
    mistakes = list(_shape_mistakes(data)) or list(_broken_laws(data, core))
    if mistakes:
        lines = [f"{path}: {key}: {what}" for key, what in mistakes]
        raise PackError(lines[0], details=lines)
    return Pack.read(data)


def _unknown_rules(guidance: Mapping[str, Any]) -> Iterator[Mistake]:
    """Ids in the user's guidance that no rule has: nothing would be shown of them."""
    known = {rule["id"] for rule in shipped("rules")["rule"]}
    for place, entry in guidance.items():
        for rule in entry.get("rules", ()):
            if rule not in known:
                yield f"guidance.{place}.rules", f"{shown(rule)} is no rule; see ftop-tui rules"


def _cleaned(value: Any) -> Any:
    """The value with its text made harmless: the file may have come from anywhere."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, Mapping):
        return {clean(str(key)): _cleaned(item) for key, item in value.items()}
    return value


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    shape = _strict(_SHAPES[name])
    asked: Any = GenericAlias(list, (shape,)) if name in _ENTRY_KEYS else shape
    return TypeAdapter(asked)


def _strict(shape: Any) -> Any:
    """The shape as a dataclass: of a tuple pydantic would take a list of values without keys."""
    if not hasattr(shape, "_fields"):
        return shape
    hints, defaults = get_type_hints(shape), shape._field_defaults
    fields: list[Any] = [
        (name, _strict(hints[name]), *(_defaulting(defaults[name]) if name in defaults else ()))
        for name in shape._fields
    ]
    return make_dataclass(shape.__name__, fields, namespace={"__pydantic_config__": STRICT})


def _defaulting(value: object) -> tuple[Any]:
    return (field(default_factory=lambda: value),)


def _shape_mistakes(data: Mapping[str, Any]) -> Iterator[Mistake]:
    """Unknown tables, unknown keys, and values of the wrong type."""
    for name in data:
        if name not in _SHAPES:
            yield name, "is not a table of the pack"
    for name in _SHAPES:
        # As JSON, for there a list is a tuple and a key of digits a number, in strict mode too.
        # What JSON lacks (TOML's dates) becomes a list, which is wrong wherever text is meant.
        document = json.dumps(data[name], default=lambda value: [str(value)])
        try:
            _adapter(name).validate_json(document, strict=True)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                key = _dotted(name, data[name], detail["loc"])
                yield key, _WORDS.get(detail["type"], detail["msg"])


def _dotted(name: str, table: Any, place: tuple[int | str, ...]) -> str:
    """The key as the user wrote it; an entry of a list of tables is named by its tag or year."""
    parts = list(place)
    if name in _ENTRY_KEYS and parts and isinstance(parts[0], int):
        entry = table[parts[0]]
        if isinstance(entry, Mapping):
            parts[0] = str(entry.get(_ENTRY_KEYS[name], parts[0]))
    return ".".join([name, *(str(part) for part in parts if part != "[key]")])


def _broken_laws(data: Mapping[str, Any], core: Mapping[str, Any]) -> Iterator[Mistake]:
    """What is of the right shape and still cannot be meant."""
    for name in ("cadence", "thresholds", "points", "caps"):
        yield from _out_of_range(name, data[name])
    yield from _year_laws(data["year"])
    yield from _cadence_laws(data["cadence"])
    yield from _threshold_laws(data["thresholds"])
    yield from _point_laws(data["points"])
    yield from _known_keys("caps", data["caps"], core["caps"])
    yield from _text_laws(data, core)
    yield from _workload_laws(data["workload"], data["enterprise"]["core_workloads"])


def _year_laws(year: Mapping[str, Any]) -> Iterator[Mistake]:
    if not 1 <= year["first_month"] <= 12:
        yield "year.first_month", "must be a month, 1 to 12"


def _cadence_laws(cadence: Mapping[str, Any]) -> Iterator[Mistake]:
    """Due soon comes before due, and due before the limit (ES-03, FR-05, FR-07)."""
    for name, table in cadence.items():
        order = [key for key in ("due_soon", "due", "limit") if key in table]
        for earlier, later in pairwise(order):
            if table[earlier] > table[later]:
                what = f"must not be less than {earlier} ({table[earlier]})"
                yield f"cadence.{name}.{later}", what
    phases = cadence.get("frp_review_by_phase", {})
    yield from _known_keys("cadence.frp_review_by_phase", phases, [p.value for p in Phase])
    for name, days in phases.items():
        if days == 0:
            yield f"cadence.frp_review_by_phase.{name}", "must be at least 1"


def _threshold_laws(thresholds: Mapping[str, Any]) -> Iterator[Mistake]:
    for name in ("renewal_days", "milestones"):
        values = thresholds[name]
        if any(earlier >= later for earlier, later in pairwise(values)):
            yield f"thresholds.{name}", "must rise from one number to the next"
    if not thresholds["partner_prefix"].strip():
        yield "thresholds.partner_prefix", "must not be empty"


def _point_laws(points: Mapping[str, Any]) -> Iterator[Mistake]:
    """Worse health never counts less than better (RA-18)."""
    health = points["health"]
    known = [colour.value for colour in Health]
    yield from _known_keys("points.health", health, [*known, "unknown"])
    missing = [name for name in (*known, "unknown") if name not in health]
    for name in missing:
        yield f"points.health.{name}", "is missing"
    if not missing:
        for worse, better in pairwise(known):
            if health[worse] < health[better]:
                what = f"must not be less than {better} ({health[better]}), which is healthier"
                yield f"points.health.{worse}", what


def _text_laws(data: Mapping[str, Any], core: Mapping[str, Any]) -> Iterator[Mistake]:
    """The sentences have no placeholder that nothing fills."""
    for table in ("opening", "exec_summary"):
        for key, pattern in data[table].items():
            if isinstance(pattern, str):
                allowed = _placeholders(core[table][key]) or frozenset()
                yield from _pattern_mistakes(f"{table}.{key}", pattern, allowed)
    names = core["opening"]["placeholders"]
    yield from _same_keys("opening.placeholders", data["opening"]["placeholders"], names)
    statuses = [status.value for status in EnterpriseStatus]
    yield from _same_keys("enterprise.status", data["enterprise"]["status"], statuses)


def _pattern_mistakes(key: str, pattern: str, allowed: frozenset[str]) -> Iterator[Mistake]:
    found = _placeholders(pattern)
    if found is None:
        yield key, "has a brace without its twin; write {{ for a brace"
        return
    for name in sorted(found - allowed):
        known = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
        yield key, f"the placeholder {{{name}}} is not known here; known: {known}"


def _placeholders(pattern: str) -> frozenset[str] | None:
    """The names in braces; None where the braces do not pair."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return None
    return frozenset(
        f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
        for _, name, form, conversion in parts
        if name is not None
    )


def _workload_laws(
    workloads: Iterable[Mapping[str, Any]], core_workloads: Iterable[str]
) -> Iterator[Mistake]:
    """A tag is a plain word, and no spelling stands for two workloads (OS-09)."""
    owners: dict[str, str] = {}
    tags = {workload["tag"] for workload in workloads}
    for workload in workloads:
        tag, name = workload["tag"], workload["name"]
        if not (tag.isascii() and tag.isalnum() and tag.upper() == tag):
            yield f"workload.{tag}.tag", "must be capital letters and digits"
        if not name.strip():
            yield f"workload.{tag}.name", "must not be empty"
        spellings = [tag, name, workload.get("today") or "", *workload.get("aliases", ())]
        for spelling in spellings:
            key = "".join(c for c in fold(spelling) if c.isalnum())
            owner = owners.setdefault(key, tag) if key else tag
            if owner != tag:
                what = f"{shown(spelling)} is already a name of {owner}"
                yield f"workload.{tag}.aliases", what
    for tag in core_workloads:
        if tag not in tags:
            yield "enterprise.core_workloads", f"{shown(tag)} is no workload's tag"


def _out_of_range(key: str, value: Any) -> Iterator[Mistake]:
    """Numbers below 0, or so large that a date could not be reckoned with them."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _out_of_range(f"{key}.{name}", item)
    elif isinstance(value, list):
        for item in value:
            yield from _out_of_range(key, item)
    elif isinstance(value, int) and value < 0:
        yield key, "must not be negative"
    elif isinstance(value, int) and value > _LARGEST:
        yield key, f"must not be more than {_LARGEST}"


def _known_keys(key: str, table: Mapping[str, Any], known: Iterable[str]) -> Iterator[Mistake]:
    allowed = tuple(known)
    for name in table:
        if name not in allowed:
            yield f"{key}.{name}", f"is not a key of the pack; known are {', '.join(allowed)}"


def _same_keys(key: str, table: Mapping[str, Any], known: Iterable[str]) -> Iterator[Mistake]:
    names = tuple(known)
    yield from _known_keys(key, table, names)
    for name in names:
        if name not in table:
            yield f"{key}.{name}", "is missing"
