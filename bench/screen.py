"""What a terminal shows: just enough of one to read the text that Textual draws."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size

_PARTS = re.compile(
    r"\x1b\[(?P<parameters>[0-9;:?<>=]*)[ $]?(?P<command>[@-~])"  # a control sequence
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # a command of the operating system's
    r"|\x1bP[^\x1b]*\x1b\\"
    r"|\x1b[^\[\]P]"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f])"
    r"|(?P<text>[^\x00-\x1f]+)"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:?<>= $]*|\][^\x07\x1b]*|P[^\x1b]*)?\Z")


class Screen:
    """A grid of characters; the cell behind a wide one holds nothing."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns = columns
        self._cells = [[" "] * columns for _ in range(rows)]
        self._row = self._column = 0
        self._left = ""

    def feed(self, text: str) -> None:
        """Draw what was written to the terminal."""
        text = self._left + text
        unfinished = _UNFINISHED.search(text)
        self._left = unfinished[0] if unfinished else ""
        for part in _PARTS.finditer(text, 0, len(text) - len(self._left)):
            if part["text"]:
                self._write(part["text"])
            elif part["control"]:
                self._control(part["control"])
            elif part["command"]:
                self._command(part["command"], part["parameters"])

    def text(self, column: int = 1) -> str:
        """What stands on the screen from that column on, counted from 1, a line a row."""
        return "\n".join("".join(row[column - 1 :]) for row in self._cells)

    def _write(self, text: str) -> None:
        if self._row >= len(self._cells):
            return
        row = self._cells[self._row]
        for cell in self._as_cells(text):
            if self._column >= self._columns:
                return
            row[self._column] = cell
            self._column += 1

    @staticmethod
    def _as_cells(text: str) -> Iterator[str]:
        if text.isascii() or cell_len(text) == len(text):
            yield from text
            return
        for character in text:
            width = get_character_cell_size(character)
            yield from (character, "")[:width]

    def _control(self, character: str) -> None:
        if character == "\r":
            self._column = 0
        elif character == "\n":
            self._row += 1

    def _command(self, command: str, parameters: str) -> None:
        if command == "H":
            row, _, column = parameters.partition(";")
            self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
        elif command == "J" and parameters == "2":
            for cells in self._cells:
                cells[:] = " " * self._columns
