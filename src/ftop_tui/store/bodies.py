"""Note bodies to JSON and back, validated by pydantic on both ways."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ftop_tui.errors import StoreError
from ftop_tui.playbook.notes import BODIES, NoteBody
from ftop_tui.playbook.values import NoteKind


@cache
def _adapter(kind: NoteKind) -> TypeAdapter[Any]:
    return TypeAdapter(BODIES[kind])


def to_json(body: NoteBody) -> str:
    """The body as it is stored."""
    text: bytes = _adapter(body.kind).dump_json(body, exclude_defaults=True)
    return text.decode()


def from_json(kind: NoteKind, text: str) -> NoteBody:
    """The body of a stored note.

    Raises:
        StoreError: the row holds something else; its values are not repeated.
    """
    try:
        body: NoteBody = _adapter(kind).validate_json(text)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, e["loc"])) or "all of it" for e in error.errors())
        raise StoreError(f"a stored note of kind {kind} cannot be read: {places}") from error
    return body
