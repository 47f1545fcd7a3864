"""Note bodies to JSON and back, validated by pydantic on both ways.

Where the text of a note is no more than its body's field `text`, as it mostly is, it is stored
once: in the note's own column, and the body's field is null. Bodies of schema 3 hold both.
"""

import json
import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ftop_tui.errors import StoreError
from ftop_tui.playbook.notes import BODIES, NoteBody
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
    """A stored body with its text in it, where that was left to the note's column."""
    if _SAME.search(stored) is None:
        return stored
    fields = json.loads(stored)
    if _TEXT in fields and fields[_TEXT] is None:
        fields[_TEXT] = text
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def same_body(one: str, other: str, text: str) -> bool:
    """Whether two stored bodies of a note with that text say the same."""
    try:
        first, second = (json.loads(whole_json(stored, text)) for stored in (one, other))
    except ValueError:
        return False
    return bool(first == second)


def from_json(kind: NoteKind, stored: str, text: str) -> NoteBody:
    """The body of a stored note whose text that is.

    Raises:
        StoreError: the row holds something else; its values are not repeated.
    """
    try:
        body: NoteBody = _adapter(kind).validate_json(whole_json(stored, text))
    except ValidationError as error:
        places = ", ".join(".".join(map(str, e["loc"])) or "all of it" for e in error.errors())
        raise StoreError(f"a stored note of kind {kind} cannot be read: {places}") from error
    except ValueError as error:
        raise StoreError(f"a stored note of kind {kind} cannot be read: all of it") from error
    return body
