"""How far a long piece of work has come, and calling it off.

What takes long is handed a `Progress` and tells it the part that is done. Whoever watches may raise
from there: the work then undoes what it had begun and leaves nothing half done.
"""

from collections.abc import Callable, Iterable, Iterator
from threading import Event
from typing import TypeVar

from ftop_tui.errors import FtopError

Item = TypeVar("Item")

Progress = Callable[[float], None]
"""Told the part that is done, 0 to 1, now and then; what it raises ends the work."""


class CalledOffError(FtopError):
    """The user called the work off; nothing of it was kept."""

    title = "Called off"
    exit_status = 130  # on the command line it was Ctrl+C

    def __init__(self) -> None:
        super().__init__("called off; nothing was changed")


def unheard(_part: float) -> None:
    """The progress of work that nobody watches."""


def between(progress: Progress, first: float, last: float) -> Progress:
    """The progress of a stage that lies between two parts of the whole."""
    return lambda part: progress(first + (last - first) * part)


def counted(
    items: Iterable[Item], total: int, progress: Progress, every: int = 1
) -> Iterator[Item]:
    """The items one by one; after each `every` of them, and at the end, the part done is told."""
    for number, item in enumerate(items, 1):
        yield item
        if number % every == 0:
            progress(min(number / total, 1.0) if total else 1.0)
    progress(1.0)


class Work:
    """A piece of work as two threads see it: one tells how far it is, the other may call it off."""

    def __init__(self) -> None:
        self.part = 0.0
        """The part that is done, 0 to 1, as last told."""
        self._called_off = Event()

    def call_off(self) -> None:
        """Ask for an end; the work ends when it next tells how far it is."""
        self._called_off.set()

    @property
    def called_off(self) -> bool:
        """Whether an end was asked for."""
        return self._called_off.is_set()

    def __call__(self, part: float) -> None:
        """Be told the part that is done.

        Raises:
            CalledOffError: an end was asked for.
        """
        if self._called_off.is_set():
            raise CalledOffError
        self.part = part
