"""The playbook's template lines to choose from (EN-06 to EN-10)."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ftop_tui.playbook.templates import Template
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Dialog
from ftop_tui.widgets.foreign import foreign


class TemplatePicker(Dialog[Template]):
    """Lists lines and hands back the one chosen. With lines of several statuses each is named."""

    DEFAULT_CSS = """
    TemplatePicker > .dialog { width: 96; }
    TemplatePicker OptionList, TemplatePicker OptionList:focus { max-height: 24; border: none; }
    """

    def __init__(self, title: str, lines: Sequence[Template], message: str = "") -> None:
        super().__init__(title, message)
        self.lines = tuple(lines)

    def compose_answer(self) -> ComposeResult:
        """One option a line, its slots standing out."""
        several = len({template.status for template in self.lines}) > 1
        options = []
        for template in self.lines:
            line = foreign(template.line)
            for slot in template.slots:
                line = line.stylize(looks.STRONG, slot.start, slot.end)
            head = looks.entitlement(template.status).full if several else Content("")
            options.append(Option(Content.assemble(head, "\n" if several else "", line, "\n")))
        yield OptionList(*options, markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self.lines[event.option_index])
