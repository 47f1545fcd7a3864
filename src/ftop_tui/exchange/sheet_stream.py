"""Workbooks whose sheets go straight into their file.

By itself openpyxl writes each sheet into the system's folder for temporary files first, unpacked:
of a program that is killed meanwhile it stays there, customers' text and all.
"""

import io
from os import PathLike
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

StrPath = str | PathLike[str]


class WorkbookStream:
    """A workbook in memory, packed, to which sheets are added one after the other."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._archive = _Archive(self._out, "w", ZIP_DEFLATED)
        self._book: Any = Workbook(write_only=True)
        self._book.properties.creator = ""
        self._entry: IO[bytes] | None = None

    def add(self, name: str) -> Any:
        """A new sheet; the one before it is complete then."""
        self._complete()
        sheet = self._book.create_sheet(name)
        number = len(self._book.worksheets)
        self._entry = self._archive.open(f"xl/worksheets/sheet{number}.xml", "w")
        sheet._writer = None
        sheet._get_writer = lambda: _begin(sheet, self._entry)
        return sheet

    def packed(self) -> bytes:
        """The workbook's bytes; nothing can be added to it after that."""
        self._complete()
        ExcelWriter(self._book, self._archive).save()
        return self._out.getvalue()

    def _complete(self) -> None:
        if self._entry is not None:
            self._book.worksheets[-1].close()
            self._entry.close()
            self._entry = None


def _begin(sheet: Any, entry: IO[bytes] | None) -> None:
    """Open the sheet's text, once its columns are known: with the first row."""
    if sheet._writer is None:
        sheet._writer = _Writer(sheet, entry)
        sheet._writer.write_top()


class _Writer(WorksheetWriter):
    def cleanup(self) -> None:
        """There is no file to remove."""


class _Archive(ZipFile):
    def write(
        self,
        filename: StrPath,
        arcname: StrPath | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Take in a file, unless it is a sheet that went in as it was written."""
        if arcname not in self.NameToInfo:
            super().write(filename, arcname, compress_type, compresslevel)
