"""Numbers, yes or no, and texts as a store's file holds them.

SQLite lets anything stand in a column: a text where a count belongs, bytes where a text does. What
cannot be read is unknown, so that it hides nothing else; what stands in the file stays there.
"""

import json
from typing import Any

LARGEST = 2**50 - 1
"""The largest count that is one: above import's limit, and a hundred times it is still exact."""


def number(stored: object) -> int | None:
    """A count, a rank or a share as it is stored; None where there is none or it is no such."""
    # not isinstance: True is no count, and 3.0 is stored as 3 where it is one
    if type(stored) is int and 0 <= stored <= LARGEST:
        return stored
    return None


def sure_number(stored: object) -> int:
    """The same of a column that is never empty; 0 where it cannot be read."""
    return number(stored) or 0


def flag(stored: object) -> bool | None:
    """Yes or no as it is stored, 1 or 0; None where there is none or it is neither."""
    return bool(stored) if stored in (0, 1) else None


def words(stored: object) -> str | None:
    """A text as it is stored; bytes in its place as SQLite writes them, such as X'C3A4'."""
    if stored is None or isinstance(stored, str):
        return stored
    return f"X'{stored.hex().upper()}'" if isinstance(stored, bytes) else str(stored)


def json_of(stored: object, otherwise: object = None) -> Any:
    """The JSON document that a text holds; what is given otherwise where it holds none."""
    try:
        return json.loads(stored) if isinstance(stored, str) else otherwise
    except (ValueError, RecursionError):  # the latter of thousands of brackets
        return otherwise
