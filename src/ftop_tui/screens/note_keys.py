"""The keys of the note forms."""

from collections.abc import Sequence

from textual.binding import Binding, BindingType


def note_keys(*own: Binding, side: str, later: Sequence[Binding] = ()) -> list[BindingType]:
    """The keys of a note form in the footer's order: back, those of the form, those of all.

    `later` are keys of the form that a narrow footer may leave out.
    """
    return [
        Binding("escape", "leave", "Back", id="note.leave",
                tooltip="Save and go back"),
        *own,
        # TextArea takes F7 for selecting all; it has ctrl+a for that as well.
        Binding("f7", "walk", "Walk", id="note.walk", priority=True,
                tooltip="Copy the note into FTOP field by field, then mark it posted"),
        Binding("f8", "post", "Post", id="note.post",
                tooltip="Mark the note as posted in FTOP, today or on an earlier day"),
        Binding("f9", "copy", "Copy", id="note.copy",
                tooltip="Copy the plain text, to paste it into FTOP"),
        *later,
        Binding("f10", "side", side, id="note.side",
                tooltip="Go to what stands beside the form, and back"),
        Binding("ctrl+o", "editor", "Editor", id="note.editor",
                tooltip="Write on in your own editor, as VISUAL or EDITOR names it"),
        Binding("f12", "delete", "Delete", id="note.delete",
                tooltip="Delete this draft; undo brings it back"),
        Binding("ctrl+s", "save", "Save", id="note.save", show=False,
                tooltip="Save now; drafts save themselves as you type"),
    ]  # fmt: skip
