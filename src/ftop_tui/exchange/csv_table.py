"""Reads a table from CSV or TSV bytes as Excel, Microsoft's portals and the clipboard make them."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from ftop_tui.errors import InputError
from ftop_tui.exchange.tables import Record, Table, table_of
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
_GUARDED_BYTES = re.compile(_GUARDED.pattern.encode())
_HINT = re.compile(rb'"?sep=([,;\t])"?[^\S\n]*\r?\n', re.IGNORECASE)
_MARK = re.compile(b'["\r\n' + _DELIMITERS.encode() + b"]")
_BITE = 1_000_000
"""Bytes that are decoded at once."""
_WESTERN = (
    "the file is not UTF-8; it was read as Western European text (Windows-1252), "
    "so look at names with accents"
)


class _Text(NamedTuple):
    """Bytes that are sound text: in an encoding whose ASCII is ASCII, from `start` on."""

    data: bytes
    encoding: str
    start: int = 0
    remarks: tuple[str, ...] = ()


def read_csv(source: str, data: bytes, progress: Progress = unheard) -> Table:
    """The table in `data`; every cell is text or None.

    A row's number counts records: a note of several lines within quotes is one row.

    Raises:
        InputError: the bytes are no text, a quote is never closed, or there is no usable header.
            The message names `source`, and the row where there is one.
    """
    text = _decoded(source, data)
    delimiter, start, skipped = _delimiter(text)
    text = text._replace(start=start)

    def records(told: Progress) -> Iterator[Record]:
        return _records(source, text, delimiter, skipped, told)

    return table_of(source, None, records, text.remarks, progress)


def _decoded(source: str, data: bytes) -> _Text:
    for magic, kind in _KINDS_OF_BINARY:
        if data.startswith(magic):
            raise InputError(f"{source}: this is {kind}, not CSV")
    encoding = _encoding(data)
    if encoding is None and b"\0" in data:
        raise InputError(f"{source}: this is a binary file, not CSV")
    if encoding is None:
        return _Text(data, "utf-8") if _is_sound(data, "utf-8") else _western(source, data)
    if encoding == "utf-8-sig" and _is_sound(data, "utf-8"):
        return _Text(data, "utf-8", len(codecs.BOM_UTF8))
    try:
        return _Text(data.decode(encoding).encode(), "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: the text is damaged ({encoding}): {error}") from error


def _is_sound(data: bytes, encoding: str) -> bool:
    """Whether all of it can be decoded; tried bit by bit, for as text it may take much more."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _BITE):
            decoder.decode(data[start : start + _BITE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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


def _western(source: str, data: bytes) -> _Text:
    if not _is_sound(data, "cp1252"):
        raise InputError(
            f"{source}: the text is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV UTF-8"
        )
    return _Text(data, "cp1252", remarks=(_WESTERN,))


def _delimiter(text: _Text) -> tuple[str, int, int]:
    """The delimiter, where the text to read starts, and how many lines before the header go.

    Excel's own first line `sep=;` decides; else the one that the header has most of, outside of
    quotes, for names and notes further down may hold any of them.
    """
    hint = _HINT.match(text.data, text.start)
    if hint:
        return hint[1].decode(), hint.end(), 1
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for found in _MARK.finditer(text.data, text.start):
        mark = found[0].decode()
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark in "\r\n":
            break
        elif not quoted:
            counts[mark] += 1
    return max(counts, key=lambda delimiter: counts[delimiter]), text.start, 0


def _records(
    source: str, text: _Text, delimiter: str, skipped: int, progress: Progress
) -> Iterator[Record]:
    """The records with their numbers. `strict` keeps an open quote from eating all that follows."""
    if csv.field_size_limit() < _FIELD_LIMIT:
        csv.field_size_limit(_FIELD_LIMIT)
    any_guarded = _GUARDED_BYTES.search(text.data) is not None
    raw = io.BytesIO(text.data)
    raw.seek(text.start)
    lines = io.TextIOWrapper(raw, text.encoding, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = skipped
    try:
        read = counted(reader, text.data.count(b"\n"), progress, _TOLD)
        for number, fields in enumerate(read, 1 + skipped):
            if any_guarded:
                fields = [_unguarded(field) for field in fields]  # noqa: PLW2901
            yield number, tuple([field or None for field in fields])
    except csv.Error as error:
        raise InputError(
            f"{source}: row {number + 1} cannot be read ({error}); "
            "is a quote mark missing or too many?"
        ) from error


def guarded(field: str) -> str:
    """The cell with an apostrophe before what Excel would calculate; reading takes it off again."""
    return f"'{field}" if _GUARDED.match(f"'{field}") else field


def _unguarded(field: str) -> str:
    """The cell without the apostrophe that our export sets before what Excel would calculate."""
    return field[1:] if _GUARDED.match(field) else field
