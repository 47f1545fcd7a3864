"""Tables to the bytes of CSV, XLSX and JSON files that are harmless to open and read back whole.

A cell that begins as a formula does stays text: in CSV by an apostrophe, which import takes off
again; in XLSX by its type.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ftop_tui.exchange.csv_table import guarded
from ftop_tui.exchange.tables import Cell
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.text import clean

LONGEST_CELL = 32_767
"""What a cell of Excel holds, in UTF-16 units; openpyxl would cut the rest off without a word."""

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_TOLD_EVERY = 100
_WIDEST, _NARROWEST = 60, 10
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class OutTable:
    """A table to write: its name, its columns, its rows. `months` are columns of months."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    months: frozenset[str] = frozenset()


def too_long(text: str) -> bool:
    """Whether a text is more than a cell of Excel holds."""
    return len(text) > LONGEST_CELL // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST_CELL


def parts(text: str) -> list[str]:
    """A text in pieces that fit cells, none of which begins or ends within a character."""
    if not too_long(text):
        return [text]
    step = LONGEST_CELL // 2  # a character may be two units
    return [text[start : start + step] for start in range(0, len(text), step)]


def stages(sizes: Sequence[int], progress: Progress) -> Iterator[Progress]:
    """The progress of each of several things, by its size as a share of the whole."""
    total, done = sum(sizes) or 1, 0
    for size in sizes:
        first, done = done, done + size
        yield between(progress, first / total, done / total)


def csv_bytes(table: OutTable, progress: Progress = unheard) -> bytes:
    """The table as UTF-8 with a mark, as Excel wants it, with commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.header)
    months = [name in table.months for name in table.header]
    for row in counted(table.rows, len(table.rows), progress, _TOLD_EVERY):
        writer.writerow(
            [_csv_cell(cell, month=month) for cell, month in zip(row, months, strict=True)]
        )
    return out.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(cell: Cell, *, month: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:7] if month else cell.isoformat()
    return guarded(clean(cell)) if isinstance(cell, str) else str(cell)


def xlsx_bytes(tables: Sequence[OutTable], progress: Progress = unheard) -> bytes:
    """A workbook with a sheet a table: days and numbers as such, text as text, the header fixed.

    It is written row by row as it comes: a whole portfolio of cells would fill the memory.
    """
    # Deferred for start-up speed: only a workbook needs it.
    from ftop_tui.exchange.sheet_stream import WorkbookStream  # noqa: PLC0415

    book = WorkbookStream()
    for table, told in zip(tables, stages([len(t.rows) for t in tables], progress), strict=True):
        _fill(book.add(table.name), table, told)
    return book.packed()


def _fill(sheet: Any, table: OutTable, progress: Progress) -> None:
    # Deferred as above.
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    bold = Font(name="Calibri", size=11, bold=True)
    letters = [get_column_letter(place) for place in range(1, len(table.header) + 1)]
    for place, (letter, name) in enumerate(zip(letters, table.header, strict=True)):
        sheet.column_dimensions[letter].width = _width(name, table.rows, place)
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, name) for name in table.header]
    for cell in heads:
        cell.font = bold
    sheet.append(heads)
    months = [name in table.months for name in table.header]
    for row in counted(table.rows, len(table.rows), progress, _TOLD_EVERY):
        sheet.append([_cell(sheet, v, month=m) for v, m in zip(row, months, strict=True)])
    if table.rows:
        sheet.auto_filter.ref = f"A1:{letters[-1]}{len(table.rows) + 1}"


def _cell(sheet: Any, value: Cell, *, month: bool) -> Any:
    """A cell as it is written; a number by itself, for which no cell need be made."""
    # Deferred as above.
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    cell = WriteOnlyCell(sheet)
    _put(cell, value, month=month)
    return cell


def _put(cell: Any, value: Cell, *, month: bool) -> None:
    if isinstance(value, bool):
        cell.value = "Y" if value else "N"
    elif isinstance(value, datetime):
        cell.value = value.isoformat()  # Excel knows no offset, and openpyxl refuses one
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm" if month else "yyyy-mm-dd"
    elif isinstance(value, str):
        text = _ESCAPED.sub("_x005F_", clean(value))
        if not text:
            return
        cell.value = text
        cell.data_type = "s"  # whatever it begins with
        if not text[0].isalpha():  # Excel would make another thing of it once it is edited
            cell.number_format = "@"
            cell.quotePrefix = text[0] in "=+-@"
    else:
        cell.value = value


def _width(name: str, rows: Sequence[Sequence[Cell]], place: int) -> float:
    longest = max(
        (len(str(row[place]).split("\n", 1)[0]) for row in rows[:_LOOKED_AT]
         if row[place] is not None),
        default=0,
    )  # fmt: skip
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(name) + 4))


def json_bytes(document: Mapping[str, Any], progress: Progress = unheard) -> bytes:
    """One document; days as YYYY-MM-DD, unknown as null, control characters as escapes.

    A list has an entry a line: the encoder that indents is ten times slower.
    """
    sizes = [len(value) if isinstance(value, list) else 1 for value in document.values()]
    parts_ = (
        f"{json.dumps(key)}: {_json_value(value, told)}"
        for (key, value), told in zip(document.items(), stages(sizes, progress), strict=True)
    )
    text = "{\n" + ",\n".join(parts_) + "\n}\n"
    return text.encode()


def _json_value(value: Any, progress: Progress) -> str:
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    if isinstance(value, list) and value:
        told = counted(value, len(value), progress, _TOLD_EVERY)
        lines = ",\n  ".join(_seen(encode(each)) for each in told)
        return f"[\n  {lines}\n]"
    return _seen(encode(value))


def _seen(text: str) -> str:
    """JSON with escapes for what a terminal would obey or hide."""
    return _UNSEEN.sub(lambda found: _escaped(found.group()), text)


def _escaped(unseen: str) -> str:
    return json.dumps(unseen)[1:-1].replace("\x7f", "\\u007f")


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no JSON form")
