"""Import: files by their paths, or a table pasted from Excel. The plan is shown first."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from ftop_tui.files import at_home
from ftop_tui.progress import Progress
from ftop_tui.screens.transferring import PAUSE, TransferScreen
from ftop_tui.services import transfer
from ftop_tui.services.transfer import Plan
from ftop_tui.text import clean
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.keeping import MOST_LETTERS
from ftop_tui.widgets.path_suggester import PathSuggester

_TOO_LONG = f"over {MOST_LETTERS:,} letters: not kept when the app ends"


class ImportScreen(TransferScreen):
    """Files by their paths, several at once."""

    heading = "Import files"
    how = """\
Type a path and press enter; → completes it, ~ is your home folder. Several files are read as one.

Portfolio and workloads: CSV or XLSX; `ftop-tui template` makes empty ones.
Partner Center: license usage and subscription details. Graph: Office 365 service users."""
    AUTO_FOCUS = "#path"

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    @property
    def typed_texts(self) -> dict[str, str]:
        """The files as well."""
        return {**super().typed_texts, "paths": "\n".join(self.paths)}

    def put_back(self, texts: Mapping[str, str]) -> None:
        """The files as well."""
        super().put_back(texts)
        self.paths = clean(texts.get("paths", "")).splitlines()
        self._list_paths()
        self.action_check()

    def compose_source(self) -> ComposeResult:
        """A line to type a path, and the files so far."""
        with Horizontal(id="path-line"):
            yield Static("File", classes="name")
            yield Input(
                placeholder="path of a CSV or XLSX file",
                suggester=PathSuggester(),
                compact=True,
                id="path",
            )
        yield OptionList(id="paths", markup=False, compact=True)

    @on(Input.Submitted, "#path")
    def _add(self, event: Input.Submitted) -> None:
        event.stop()
        path = plain_path(event.value)
        event.input.value = ""
        if path and path not in self.paths:
            self.paths.append(path)
        self._list_paths()
        self.action_check()

    @on(OptionList.OptionSelected, "#paths")
    def _remove(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        del self.paths[event.option_index]
        self.tell_typed()
        self._list_paths()
        self.action_check()

    @on(Input.Changed, "#path")
    def _path_typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip():
            # A plan without this file must not go in as if it were part of it.
            self.plan = None
        self.refresh_bindings()

    def _list_paths(self) -> None:
        files = self.query_one("#paths", OptionList)
        files.clear_options()
        tail = Content.styled("  enter takes it out", looks.MUTED)
        files.add_options([Option(foreign_line(path) + tail) for path in self.paths])
        files.set_class(bool(self.paths), "-some")

    @property
    def source(self) -> tuple[str, ...]:
        """The files that are listed, and the one that is typed."""
        typed = plain_path(self.query_one("#path", Input).value)
        return (*self.paths, *([typed] if typed else []))

    def planning(self) -> Callable[[Progress], Plan] | None:
        """Plan these files."""
        paths = self.source
        if not paths:
            return None
        reading = self.reading
        return lambda progress: transfer.plan_files(
            self.context,
            [str(at_home(Path(path))) for path in paths],
            dates=reading.dates,
            tenant=reading.tenant,
            accept_removals=reading.accept_removals,
            progress=progress,
        )


class PasteScreen(TransferScreen):
    """A table that was copied from Excel: paste it, see the plan."""

    heading = "Paste a table from Excel"
    how = """\
Copy the cells in Excel, headers included, and paste them above: with your terminal's own paste key.

The headers tell what it is: those of a portfolio or of workloads, or of a Partner Center report."""
    AUTO_FOCUS = "#table"

    def __init__(self) -> None:
        super().__init__()
        self._too_long = False

    @property
    def remark(self) -> str:
        """A table that is too long to be kept says so."""
        return _TOO_LONG if self._too_long else self._taken_up

    def compose_source(self) -> ComposeResult:
        """Room for the table."""
        yield TextArea(
            id="table",
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="focus",
            placeholder="TenantId\tTenantName\t…",
        )

    @on(TextArea.Changed, "#table")
    def _pasted(self, event: TextArea.Changed) -> None:
        event.stop()
        self.set_timer(PAUSE, partial(self._settled, event.text_area.text))

    def _settled(self, text: str) -> None:
        if self.query_one("#table", TextArea).text == text:
            self._too_long = len(text) > MOST_LETTERS
            self._say_head()
            self.action_check()

    @property
    def source(self) -> str:
        """The pasted text."""
        return self.query_one("#table", TextArea).text

    def planning(self) -> Callable[[Progress], Plan] | None:
        """Plan the pasted text."""
        text = self.source
        if not text.strip():
            return None
        reading = self.reading
        return lambda progress: transfer.plan_text(
            self.context,
            text,
            dates=reading.dates,
            tenant=reading.tenant,
            accept_removals=reading.accept_removals,
            progress=progress,
        )


def plain_path(typed: str) -> str:
    """A path as it was typed, or dropped onto the terminal in quotes."""
    path = typed.strip()
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        path = path[1:-1]
    return path
