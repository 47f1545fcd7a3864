"""The playbook's template lines to choose from (EN-06 to EN-10)."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ftop_tui.playbook.templates import Template
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Dialog
from ftop_tui.widgets.foreign import foreign

_KEYS = "123456789abcdefghilmnopqrstuvwxyz"
"""What chooses a line: all but the letters that move in lists."""


class TemplatePicker(Dialog[Template]):
    """Lists lines and hands back the one chosen; each status is named above its lines."""

    ALSO = (
        ("a letter", "Take the line beside it"),
        ("up down", "Go to another line"),
        ("enter", "Take the line under the cursor"),
    )

    DEFAULT_CSS = """
    TemplatePicker > .dialog { width: 96; }
    TemplatePicker OptionList, TemplatePicker OptionList:focus { max-height: 24; border: none; }
    """

    def __init__(self, title: str, lines: Sequence[Template], message: str = "") -> None:
        super().__init__(title, message)
        self.lines = tuple(lines)

    def compose_answer(self) -> ComposeResult:
        """One option a line, its slots standing out."""
        options, before = [], None
        for key, template in zip(_KEYS, self.lines, strict=False):
            line = foreign(template.line)
            for slot in template.slots:
                line = line.stylize(looks.STRONG, slot.start, slot.end)
            head = Content.styled(f"{key}  ", looks.KEY)
            if template.status is not before:
                head = Content.assemble(looks.entitlement(template.status).full, "\n", head)
            before = template.status
            options.append(Option(Content.assemble(head, line, "\n")))
        yield OptionList(*options, markup=False)

    def on_key(self, event: Key) -> None:
        """The key before a line chooses it at once."""
        place = _KEYS.find(event.character or " ")
        if 0 <= place < len(self.lines):
            event.stop()
            self.dismiss(self.lines[place])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self.lines[event.option_index])
