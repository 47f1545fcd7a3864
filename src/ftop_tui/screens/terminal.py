"""The terminal of Linux and macOS as Textual drives it, but no byte that it sends ends the app.

A terminal set to Latin-1 sends bytes that are no UTF-8, and so does what is pasted from elsewhere.
"""

import codecs
from functools import partial

from textual.drivers import linux_driver


class Terminal(linux_driver.LinuxDriver):
    """Reads what cannot be read as a replacement character, and reports what breaks its thread."""

    def run_input_thread(self) -> None:
        """Read keys until the app ends."""
        # Textual makes its decoder here and nowhere else, by a name of the module.
        vars(linux_driver)["getincrementaldecoder"] = _forgiving
        super().run_input_thread()

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # Textual's own way out tells no status and saves nothing
            self._app.call_later(self._app._handle_exception, error)


def _forgiving(encoding: str) -> partial[codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
