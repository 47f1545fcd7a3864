"""Undo and redo of every step that the user made, also across a restart."""

from ftop_tui.services.context import Context


def undo(context: Context) -> str | None:
    """Take the last step back; the sentence of what it was, or None where there is none.

    Raises:
        ConflictError: what it touched has changed since.
    """
    if not context.store.exists():
        return None
    return context.writer().undo()


def redo(context: Context) -> str | None:
    """Do again what was undone last; the sentence of what it was, or None.

    Raises:
        ConflictError: what it touched has changed since.
    """
    if not context.store.exists():
        return None
    return context.writer().redo()
