"""Note bodies to JSON and back, validated by pydantic on both ways.

Where the text of a note is no more than its body's field `text`, as it mostly is, it is stored
once: in the note's own column, and the body's field is null. Bodies of schema 3 hold both.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from ftop_tui.errors import DamagedError
from ftop_tui.playbook.lint.ignored import IgnoredFinding
from ftop_tui.playbook.notes import BODIES, NoteBody
from ftop_tui.playbook.stored import json_of
from ftop_tui.playbook.values import NoteKind

_TEXT = "text"
_SAME = re.compile(r'"text"\s*:\s*null')
"""Stands in a stored body for the note's own text."""


@cache
def _adapter(kind: NoteKind) -> TypeAdapter[Any]:
    return TypeAdapter(BODIES[kind])


def to_json(body: NoteBody, text: str) -> str:
    """The body as it is stored beside `text`, which is what it renders to."""
    adapter = _adapter(body.kind)
    if not text or getattr(body, _TEXT, None) != text:
        whole: bytes = adapter.dump_json(body, exclude_defaults=True)
        return whole.decode()
    rest: dict[str, Any] = adapter.dump_python(
        body, mode="json", exclude_defaults=True, exclude={_TEXT}
    )
    return json.dumps({**rest, _TEXT: None}, ensure_ascii=False, separators=(",", ":"))


def whole_json(stored: str, text: str) -> str:
    """A stored body with its text in it, where that was left to the note's column.

    What is no body is given as it stands.
    """
    if _SAME.search(stored) is None:
        return stored
    fields = json_of(stored)
    if not isinstance(fields, dict) or fields.get(_TEXT, text) is not None:
        return stored
    fields[_TEXT] = text
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def same_body(one: str, other: str, text: str) -> bool:
    """Whether two stored bodies of a note with that text say the same."""
    first, second = (json_of(whole_json(stored, text)) for stored in (one, other))
    return first is not None and bool(first == second)


def from_json(kind: NoteKind, stored: str, text: str, note_id: str) -> NoteBody:
    """The body of the stored note that has that id and that text.

    Raises:
        DamagedError: the row holds something else; its values are not repeated.
    """
    try:
        return _read(kind, stored, text)
    except ValueError as error:  # pydantic's is one, and quotes what it was given
        raise DamagedError(
            f"the fields of the note {note_id} are damaged; its text can still be read and copied "
            f"(`ftop-tui note show {note_id[:8]}`), and a new note begun from it"
        ) from error


def is_body(kind: NoteKind, stored: str, text: str) -> bool:
    """Whether that is the body of a note of that kind."""
    try:
        _read(kind, stored, text)
    except ValueError:
        return False
    return True


def _read(kind: NoteKind, stored: str, text: str) -> NoteBody:
    body: NoteBody = _adapter(kind).validate_json(whole_json(stored, text))
    return body


def to_ignored(ignored: Sequence[IgnoredFinding]) -> str | None:
    """What was set aside in a note as it is stored; null for nothing."""
    if not ignored:
        return None
    each_one = (asdict(each).items() for each in ignored)
    return json.dumps([{name: v for name, v in items if v is not None} for items in each_one])


def set_aside_of(stored: str | None) -> tuple[IgnoredFinding, ...] | None:
    """What was set aside in a note; None where that cannot be read, which is as good as nothing."""
    try:
        found: tuple[IgnoredFinding, ...] = _set_aside().validate_json(stored or "[]")
    except ValueError:
        return None
    return found


@cache
def _set_aside() -> TypeAdapter[Any]:
    return TypeAdapter(tuple[IgnoredFinding, ...])
