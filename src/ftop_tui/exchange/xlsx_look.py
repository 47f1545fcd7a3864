"""Looks through a workbook's parts as they really are, before a reader is let into it.

The quick reader holds all of a workbook, and the process ends at once where there is no memory for
that: no error could be caught. So what it would take is reckoned first, rather too high than low.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial

from ftop_tui.errors import InputError
from ftop_tui.exchange.xlsx_counts import SheetCounts, TextCounts

_MOST_BYTES = 500_000_000
"""Unpacked; a workbook above it is no portfolio but a mistake or a trap."""
_MOST_MEMORY = 1_100_000_000
"""What the quick reader may take: eight columns of a million rows, or so."""
_AN_ENTRY = 600
"""Bytes that a part takes, whatever is in it."""
_SMALL_PARTS = re.compile(r"(?:^|[/\\])(?:styles|workbook)\.xml$|\.rels$", re.IGNORECASE)
_SMALL_TIMES = 4
"""What such a part takes, in its own size."""

_BITE = 4_000_000
"""Bytes of a part that are looked at together; no cell is that long."""


def is_plain(source: str, data: bytes) -> bool:
    """Whether the quick reader can be trusted with this workbook.

    It shows error cells as empty ones, refuses the newer of them, and lays out the whole rectangle
    up to the farthest cell: a stray entry at the sheet's far end would end the process.

    Raises:
        InputError: it is no workbook, is damaged, or would take too much memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise InputError(f"{source}: this is no Excel workbook (.xlsx)")
            return _Look(source, archive).is_plain()
    except InputError:
        raise
    except Exception as error:  # zipfile lets through what zlib, struct and others raise
        raise InputError(f"{source}: the workbook is damaged: {error}") from error


class _Look:
    """One look through a workbook; what it would take is added up."""

    def __init__(self, source: str, archive: zipfile.ZipFile) -> None:
        self._source, self._archive = source, archive
        self._parts = archive.infolist()
        self._unpacked = self._memory = 0
        self._texts = TextCounts()

    def is_plain(self) -> bool:
        """See `is_plain`; each part is unpacked once, hardly any twice."""
        self._demand(sum(part.file_size for part in self._parts), _MOST_BYTES)
        self._take(sum(3 * part.compress_size + _AN_ENTRY for part in self._parts))
        # Where a reader looks for them is said in the workbook; upper case is the same to some.
        sheets = [part for part in self._parts if not _holds_texts(part)]
        for part in self._parts:
            if _holds_texts(part):
                self._count_texts(part)
        counted = [(part, self._count(part)) for part in sheets]
        if any(counts.odd for _, counts in counted):
            return False  # the other reader goes row by row, and an error of its can be caught
        for part, counts in counted:
            self._take(counts.memory(self._texts, partial(self._again, part)))
        return True

    def _count_texts(self, part: zipfile.ZipInfo) -> None:
        for bite in self._bites(part):
            before = self._texts.memory
            self._demand(len(self._texts.add(bite)), _BITE)
            self._take(self._texts.memory - before)

    def _count(self, part: zipfile.ZipInfo) -> SheetCounts:
        counts, size = SheetCounts(), 0
        for bite in self._bites(part):
            size += len(bite)
            self._demand(counts.add(bite), _BITE)
            self._demand(counts.least, _MOST_MEMORY)
        if _SMALL_PARTS.search(part.filename):
            self._take(_SMALL_TIMES * size)
        return counts

    def _again(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        self._unpacked -= part.file_size  # it was counted as it really is, so it is as it says
        return self._bites(part)

    def _bites(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """A part bit by bit, for unpacked it may be large; the size that it claims is not believed.

        A false one is told of by the sum at its end.
        """
        real = copy.copy(part)
        real.file_size = _MOST_BYTES + 1
        with self._archive.open(real) as opened:
            while bite := opened.read(_BITE):
                self._unpacked += len(bite)
                self._demand(self._unpacked, _MOST_BYTES)
                yield bite

    def _take(self, memory: int) -> None:
        self._memory += memory
        self._demand(self._memory, _MOST_MEMORY)

    def _demand(self, found: int, most: int) -> None:
        if found > most:
            cure = "save the sheet that matters as CSV, which takes less"
            raise InputError(f"{self._source}: the workbook is too large to be read; {cure}")


def _holds_texts(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith("sharedstrings.xml")
