"""The bodies of the four kinds of note, as frozen values, and the fields they are written by.

A body is what the writer typed, nothing derived. Its fields have one name each, so that form,
command line and store agree; `with_fields` is the one road from names and texts to a body.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import ClassVar, TypeVar

from ftop_tui.errors import InputError
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, NoteKind, Role


@dataclass(frozen=True, slots=True)
class EntitlementBody:
    """A note on one workload (EN-01 to EN-20); the four DIBS stand beside the text (EN-19)."""

    kind: ClassVar[NoteKind] = NoteKind.ENTITLEMENT
    status: EntitlementStatus | None = None
    text: str = ""
    l2: str = ""
    l3: str = ""
    blocker_kind: str = ""
    due_date: date | None = None
    intent: str = ""
    business_reason: str = ""
    success_owner: str = ""
    unread: str = ""
    """Typed in place of the due date and no date yet: kept until it is one."""
    author_role: Role | None = None


@dataclass(frozen=True, slots=True)
class OverallBody:
    """A lifecycle note: what was said, and the next action with date and owner (OS-02, OS-11)."""

    kind: ClassVar[NoteKind] = NoteKind.OVERALL
    text: str = ""
    next_action: str = ""
    action_date: date | None = None
    action_owner: str = ""
    attendees: str = ""
    unread: str = ""
    """Typed in place of the next action's day and no date yet: kept until it is one."""
    author_role: Role | None = None


@dataclass(frozen=True, slots=True)
class ExecSummaryBody:
    """An Exec Summary: its sections in order, a line a workload, requests last (OS-05)."""

    kind: ClassVar[NoteKind] = NoteKind.EXEC_SUMMARY
    customer: str = ""
    engagement: str = ""
    deployment: str = ""
    relationship: str = ""
    workloads: Mapping[str, str] = field(default_factory=dict)
    """Text by tag; workloads that are not discussed are absent (OS-10)."""
    support: tuple[str, ...] = ()
    """Requests for support, one each (OS-13)."""
    author_role: Role | None = None


@dataclass(frozen=True, slots=True)
class EnterpriseBody:
    """The Enterprise Status note of the winner tenant (ES-06 to ES-16)."""

    kind: ClassVar[NoteKind] = NoteKind.ENTERPRISE
    reason: tuple[str, ...] = ()
    status: EnterpriseStatus | None = None
    topic: str = ""
    description: str = ""
    impact: str = ""
    actions: str = ""
    progress: str = ""
    overview: str = ""
    ftc_exo: str = ""
    ftc_spo: str = ""
    ftc_opp: str = ""
    ftc_other: str = ""
    risks: str = ""
    brand: str = ""
    next_update: date | None = None
    awareness: str = ""
    objectives: tuple[str, ...] = ()
    """Those of the four objectives that the writer has ticked (ES-16)."""
    unread: str = ""
    """Typed in place of the day of the next update and no date yet: kept until it is one."""
    author_role: Role | None = None


NoteBody = EntitlementBody | OverallBody | ExecSummaryBody | EnterpriseBody

BODIES: Mapping[NoteKind, type[NoteBody]] = {
    body.kind: body for body in (EntitlementBody, OverallBody, ExecSummaryBody, EnterpriseBody)
}

MAIN_TEXT: Mapping[NoteKind, str] = {
    NoteKind.ENTITLEMENT: "text",
    NoteKind.OVERALL: "text",
    NoteKind.EXEC_SUMMARY: "customer",
    NoteKind.ENTERPRISE: "overview",
}
"""The field that `--text` fills."""

_T = TypeVar("_T")
_DATES = {"due_date", "action_date", "next_update"}
_UNREAD = "unread"
"""What a form keeps of a date that is none; it is filled in by no name of its own."""
_REPEATABLE = {"reason", "support", "objectives"}


def field_names(kind: NoteKind, pack: Pack) -> tuple[str, ...]:
    """The names by which a note of this kind can be filled in, in the form's order."""
    names: list[str] = []
    for each in fields(BODIES[kind]):
        if each.name == "workloads":
            names.extend(tag.lower() for tag in pack.tag_order)
        elif each.name != _UNREAD:
            names.append(each.name)
    return tuple(names)


def with_fields(body: NoteBody, values: Iterable[tuple[str, str]], pack: Pack) -> NoteBody:
    """The body with fields set by name; an empty text clears one.

    A repeatable field given at least once is replaced by what is given.

    Raises:
        InputError: an unknown field, or a value that the field cannot hold, named.
    """
    known = field_names(body.kind, pack)
    changes: dict[str, object] = {}
    for raw_name, value in values:
        name = raw_name.strip().lower().replace("-", "_")
        if name not in known:
            raise InputError(
                f"a note of kind {body.kind} has no field {raw_name!r}; it has: {', '.join(known)}"
            )
        if name in _REPEATABLE:
            given = changes.get(name, ())
            assert isinstance(given, tuple)  # noqa: S101 - only this branch writes the key
            changes[name] = (*given, value.strip()) if value.strip() else given
        elif isinstance(body, ExecSummaryBody) and name.upper() in pack.tag_order:
            changes["workloads"] = _with_line(changes.get("workloads", body.workloads), name, value)
        else:
            changes[name] = _value(body.kind, name, value, pack)
            if name in _DATES:
                changes[_UNREAD] = ""
    return replace(body, **changes)  # type: ignore[arg-type]


def _with_line(lines: object, name: str, value: str) -> dict[str, str]:
    assert isinstance(lines, Mapping)  # noqa: S101 - the field's own type
    others = {tag: text for tag, text in lines.items() if tag != name.upper()}
    return {**others, name.upper(): value} if value.strip() else others


def _value(kind: NoteKind, name: str, value: str, pack: Pack) -> object:
    if name in _DATES:
        return _date(name, value)
    if name == "author_role":
        return _choice(name, value, Role.read(value), [role.value for role in Role])
    if name == "status" and kind is NoteKind.ENTERPRISE:
        statuses = [status.value for status in EnterpriseStatus]
        return _choice(name, value, EnterpriseStatus.read(value), statuses)
    if name == "status":
        status = EntitlementStatus.read(value)
        return _choice(name, value, status, [status.value for status in EntitlementStatus])
    if name in {"engagement", "deployment"}:
        terms = pack.exec_summary
        choices = terms.engagement_choices if name == "engagement" else terms.deployment_choices
        found = next((c for c in choices if c.casefold() == value.strip().casefold()), None)
        return _choice(name, value, found, choices) or ""
    return value


def _date(name: str, value: str) -> date | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise InputError(f"{name}: {value!r} is no date; write it as YYYY-MM-DD") from error


def _choice(name: str, value: str, found: _T | None, choices: Iterable[str]) -> _T | None:
    if found is None and value.strip():
        raise InputError(f"{name}: {value!r} is none of: {', '.join(choices)}")
    return found
