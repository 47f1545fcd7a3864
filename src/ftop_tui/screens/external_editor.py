"""Gives the terminal to the writer's own editor, and takes it back whatever happens."""

import os
from pathlib import Path

from textual.app import App, SuspendNotSupported

from ftop_tui import files
from ftop_tui.errors import InputError
from ftop_tui.services import editing


def edited_outside(app: App[object], text: str, folder: Path) -> str:
    """What a text became in the editor, its file within a folder; the app stands still meanwhile.

    Raises:
        InputError: no editor is named, it failed, or this terminal cannot be handed over.
    """
    command = editing.editor(os.environ, windows=files.WINDOWS)
    became, failure = text, None
    try:
        with app.suspend():
            try:
                became = editing.edited(text, folder, command)
            # whatever it is: `suspend` gives the terminal back only where no error leaves it
            except Exception as error:
                failure = error
    except SuspendNotSupported as error:
        if files.WINDOWS:
            return editing.edited(text, folder, command, editing.run_in_a_window)
        raise InputError("this terminal cannot be handed to an editor") from error
    if failure is not None:
        raise failure
    return became
