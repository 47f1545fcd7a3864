"""Completes names in a line that holds several, with commas between them."""

from collections.abc import Iterable

from textual.suggester import Suggester

from ftop_tui.text import clean_line


class PeopleSuggester(Suggester):
    """Offers the first known name that what stands behind the last comma begins."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.names = tuple(map(clean_line, names))

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last name completed; None where none fits."""
        start = value.rfind(",") + 1
        begun = value[start:].lstrip()
        if not begun:
            return None
        blanks = value[start : len(value) - len(begun)]
        for name in self.names:
            if name.casefold().startswith(begun.casefold()) and len(name) > len(begun):
                return value[:start] + blanks + begun + name[len(begun) :]
        return None
