"""Reads a table from CSV or TSV bytes as Excel, Microsoft's portals and the clipboard make them."""

import codecs
import csv
import io
import re

from ftop_tui.errors import InputError
from ftop_tui.exchange.tables import Cell, Table, table_of
from ftop_tui.progress import Progress, counted, unheard

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS_OF_BINARY = (
    (b"PK\x03\x04", "a workbook or a zip file"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old or protected Office file"),
    (b"\x1f\x8b", "a compressed file"),
)
_DELIMITERS = ",;\t"
_FIELD_LIMIT = 10_000_000
"""Characters in one cell; the csv module's own limit of 131,072 is less than a long note log."""
_TOLD = 500
"""Records after which it is told how far the reading is."""
_GUARDED = re.compile(r"'(?='*[=+\-@\t\r])")
_WESTERN = (
    "the file is not UTF-8; it was read as Western European text (Windows-1252), "
    "so look at names with accents"
)


def read_csv(source: str, data: bytes, progress: Progress = unheard) -> Table:
    """The table in `data`; every cell is text or None.

    A row's number counts records: a note of several lines within quotes is one row.

    Raises:
        InputError: the bytes are no text, a quote is never closed, or there is no usable header.
            The message names `source`, and the row where there is one.
    """
    text, remarks = _decoded(source, data)
    delimiter, body, skipped = _delimiter(text)
    records = _records(source, body, delimiter, skipped, progress)
    return table_of(source, None, records, remarks)


def _decoded(source: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    for magic, kind in _KINDS_OF_BINARY:
        if data.startswith(magic):
            raise InputError(f"{source}: this is {kind}, not CSV")
    encoding = _encoding(data)
    if encoding is None and b"\0" in data:
        raise InputError(f"{source}: this is a binary file, not CSV")
    if encoding is not None:
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError as error:
            raise InputError(f"{source}: the text is damaged ({encoding}): {error}") from error
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _western(source, data), (_WESTERN,)


def _encoding(data: bytes) -> str | None:
    """The encoding that the first bytes give away; None where only a try can tell."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    head = data[:2000]
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > pairs * 0.8 and not head[0::2].count(0):
        return "utf-16-le"
    if pairs and head[0::2].count(0) > pairs * 0.8 and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _western(source: str, data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{source}: the text is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV UTF-8"
        ) from error


def _delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter, the text to read, and how many lines before the header were skipped.

    Excel's own first line `sep=;` decides; else the one that the header has most of, outside of
    quotes, for names and notes further down may hold any of them.
    """
    hint = re.match(r'"?sep=([,;\t])"?[^\S\n]*\r?\n', text, re.IGNORECASE)
    if hint:
        return hint[1], text[hint.end() :], 1
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "\r\n":
            break
        elif not quoted and char in counts:
            counts[char] += 1
    return max(counts, key=lambda delimiter: counts[delimiter]), text, 0


def _records(
    source: str, text: str, delimiter: str, skipped: int, progress: Progress
) -> list[tuple[int, tuple[Cell, ...]]]:
    """The records with their numbers. `strict` keeps an open quote from eating all that follows."""
    if csv.field_size_limit() < _FIELD_LIMIT:
        csv.field_size_limit(_FIELD_LIMIT)
    any_guarded = _GUARDED.search(text) is not None
    records: list[tuple[int, tuple[Cell, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        read = counted(reader, text.count("\n"), progress, _TOLD)
        for number, fields in enumerate(read, 1 + skipped):
            if any_guarded:
                fields = [_unguarded(field) for field in fields]  # noqa: PLW2901
            records.append((number, tuple([field or None for field in fields])))
    except csv.Error as error:
        row = len(records) + 1 + skipped
        raise InputError(
            f"{source}: row {row} cannot be read ({error}); is a quote mark missing or too many?"
        ) from error
    return records


def guarded(field: str) -> str:
    """The cell with an apostrophe before what Excel would calculate; reading takes it off again."""
    return f"'{field}" if _GUARDED.match(f"'{field}") else field


def _unguarded(field: str) -> str:
    """The cell without the apostrophe that our export sets before what Excel would calculate."""
    return field[1:] if _GUARDED.match(field) else field
