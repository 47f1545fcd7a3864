"""Completes a path while it is typed, from the folder that it has come to."""

from pathlib import Path

from textual.suggester import Suggester

from ftop_tui import files
from ftop_tui.text import clean_line

_WANTED = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_LOOKED_AT = 2000


class PathSuggester(Suggester):
    """Suggests folders, and files that can be imported; `~` is the home folder."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first entry of the folder that goes on as typed."""
        marks = r"\/" if files.WINDOWS else "/"
        head = max(value.rfind(mark) for mark in marks) + 1
        folder, start = value[:head], value[head:]
        if not value or (not folder and start in {".", "..", "~"}):
            return None
        place = files.at_home(Path(folder or "."))
        found = sorted(name for name in _entries(place) if name.startswith(start) and name != start)
        hit = next((name for name in found if not name.startswith(".") or start), None)
        return f"{value[: len(value) - len(start)]}{hit}" if hit else None


def _entries(folder: Path) -> list[str]:
    """Names in a folder, those of folders with a slash; none where it cannot be read."""
    names = []
    try:
        for number, entry in enumerate(folder.iterdir()):
            if number >= _LOOKED_AT:
                break
            if clean_line(entry.name) != entry.name:
                continue  # what cannot be drawn as it is cannot be offered either
            if entry.is_dir():
                names.append(f"{entry.name}/")
            elif entry.suffix.lower() in _WANTED:
                names.append(entry.name)
    except OSError:  # a folder that cannot be read completes to nothing; the import says why
        return []
    return names
