"""Copy a note: to the computer's clipboard, through the terminal, or into a private file."""

import os
import platform
from collections.abc import Callable, Mapping

from ftop_tui.exchange.atomic import write_file
from ftop_tui.exchange.clipboard import copy_natively, copy_to_tmux
from ftop_tui.files import make_folder
from ftop_tui.services.context import Context

FILE_NAME = "copied.txt"
"""The file beside the store that holds the text where there is no clipboard."""


def copy(
    context: Context,
    text: str,
    osc52: Callable[[str], None],
    environment: Mapping[str, str] = os.environ,
) -> str:
    """Copy the text to the first place that takes it; the sentence returned says which it was.

    The computer's own clipboard goes first; then tmux, where the app runs in it; over SSH the
    terminal is asked through `osc52`, which gives no answer; else the text lies in a file that only
    its owner can read.

    Raises:
        InputError: not even the file could be written.
    """
    wanted = context.settings.clipboard
    over_ssh = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
    if wanted != "osc52" and copy_natively(text):
        where = f" of {platform.node()}" if over_ssh and platform.node() else ""
        return f"Copied to the clipboard{where}."
    if wanted == "auto" and environment.get("TMUX") and copy_to_tmux(text):
        return "Copied to tmux's buffer, and to your terminal's clipboard where it allows that."
    if wanted == "osc52" or (wanted == "auto" and over_ssh):
        osc52(text)
        return (
            "Sent to your terminal's clipboard (OSC 52); if nothing pastes, it does not allow it."
        )
    path = context.store.parent / FILE_NAME
    make_folder(path.parent)
    write_file(path, text.encode())
    return f"No clipboard here; the text is in {path}."
