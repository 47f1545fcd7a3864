"""How long a list is not to be acted on: until what is being written is, and it is drawn anew."""

from typing import Any

from textual.screen import Screen
from textual.worker import Worker

WRITING = "write"
"""The group of the services that write: while one runs, keys that act on rows wait."""


class Writing:
    """One write of a screen, and what the screen reads anew because of it.

    Ask only behind the message that tells of the write, for that begins the reading.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self.screen = screen
        self._before = self._running()
        self._reads: frozenset[Worker[Any]] | None = None

    def _running(self) -> frozenset[Worker[Any]]:
        workers = self.screen.workers
        return frozenset(w for w in workers if w.node is self.screen and not w.is_finished)

    @property
    def is_over(self) -> bool:
        """Whether it is written, and what was read anew is shown."""
        if self._reads is None:
            begun = self._running() - self._before
            if any(worker.group == WRITING for worker in begun):
                return False
            self._reads = begun  # what begins later, as a panel's text, the list does not wait for
        return all(worker.is_finished for worker in self._reads)
