"""Writing files for elsewhere: what, in which form, for whom, and where to (FR-10, FR-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ftop_tui import files
from ftop_tui.errors import FtopError
from ftop_tui.progress import CalledOffError, Progress
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.transfer import plain_path
from ftop_tui.services import sharing_preview
from ftop_tui.services.sharing import Shared
from ftop_tui.services.sharing_preview import Order, Preview, Whose
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_row import ChoiceRow, RowChoice
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.path_suggester import PathSuggester
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel

_WHAT = (
    RowChoice("portfolio", "Portfolio with notes"),
    RowChoice("slide", "Status slide"),
    RowChoice("brief", "Status as text"),
    RowChoice("calendar", "Calendar"),
)
_AUDIENCES = (
    RowChoice("internal", "Ourselves"),
    RowChoice("partner", "A partner"),
    RowChoice("customer", "The customer"),
)
_MARGIN = 9
_SUFFIXES = ("csv", "xlsx", "json", "pptx", "md", "txt", "ics")


@dataclass(frozen=True, slots=True)
class _Problem:
    """Why nothing can be written as things stand."""

    error: FtopError


class ExportScreen(FtopScreen[None]):
    """Choose, see what will be in the file, write it. With a tenant, its customer alone.

    Nothing is written before `Write`; the path and what is to be said of the file stay to be read.
    """

    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#what"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "write", "Write", id="export.write", priority=True,
                tooltip="Write the file"),
        Binding("f2", "check", "Look again", id="export.check",
                tooltip="Show anew what will be in the file"),
        Binding("down", "app.focus_next", "Next", id="export.next", show=False,
                tooltip="To the next line"),
        Binding("up", "app.focus_previous", "Previous", id="export.previous", show=False,
                tooltip="To the line before"),
        Binding("escape,q", "leave", "Back", id="export.leave", key_display="esc",
                tooltip="Go back"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str | None = None) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.preview: Preview | None = None

    def compose(self) -> ComposeResult:
        """What, form, audience, partner, path; then what will be in it."""
        yield StatusLine(id="head")
        with Vertical(id="choices"):
            yield from self._line("what", "What", ChoiceRow(_WHAT, "portfolio", id="what"))
            yield from self._line(
                "audience", "For", ChoiceRow(_AUDIENCES, "internal", id="audience")
            )
            yield Horizontal(id="partner-line", classes="line")
            yield Horizontal(id="format-line", classes="line")
            path = Input(suggester=PathSuggester(), compact=True, id="path")
            yield from self._line("path", "File", path)
        yield TextPanel(id="content")
        yield KeyLine()

    def _line(self, name: str, words: str, widget: ChoiceRow | Input) -> ComposeResult:
        with Horizontal(id=f"{name}-line", classes="line"):
            yield Static(words, classes="name")
            yield widget

    async def on_mount(self) -> None:
        """Begin with the whole portfolio for ourselves."""
        heading = "Export" if self.tenant_id is None else "Export one customer"
        self.query_one("#head", StatusLine).show([Content.styled(heading, looks.STRONG)])
        await self._offer_forms()
        self.run_service(partial(sharing_preview.whose, self.context, self.tenant_id), self._named)

    def _named(self, whose: Whose) -> None:
        if whose.name:
            title = Content.styled("Export", looks.STRONG)
            said = Content.assemble(title, "  ", foreign_line(whose.name))
            self.query_one("#head", StatusLine).show([said + Content("  one customer"), said])
        self._offer_partners(whose.partners)

    def _offer_partners(self, names: Sequence[str]) -> None:
        choices = [RowChoice(name, foreign_line(name).plain) for name in names[:9]]
        chosen = names[0] if len(names) == 1 else ""
        row = ChoiceRow(choices, chosen, id="partner") if choices else Static(
            "no partner is registered", id="no-partner"
        )  # fmt: skip
        self.query_one("#partner-line", Horizontal).mount(Static("Partner", classes="name"), row)
        self.action_check()

    # What is chosen

    def _chosen(self, name: str) -> str:
        found = self.query(f"#{name}").results(ChoiceRow)
        return next((row.chosen for row in found), "")

    @property
    def order(self) -> Order:
        """What is asked for, as the lines stand."""
        return Order(
            what=self._chosen("what") or "portfolio",
            form=self._chosen("format"),
            audience=self._chosen("audience") or "internal",
            partner=self._chosen("partner") or None,
            tenant_id=self.tenant_id,
        )

    @property
    def path(self) -> Path | None:
        """Where to; None while nothing is typed."""
        typed = plain_path(self.query_one("#path", Input).value)
        return files.at_home(Path(typed)) if typed else None

    async def _offer_forms(self) -> None:
        forms = sharing_preview.FORMS[self.order.what]
        line = self.query_one("#format-line", Horizontal)
        await line.remove_children()
        choices = [RowChoice(form, form.upper()) for form in forms]
        await line.mount(Static("Form", classes="name"), ChoiceRow(choices, forms[0], id="format"))
        line.set_class(len(forms) == 1, "-off")
        self._propose_path()

    def _propose_path(self) -> None:
        """A name of our own where none is typed, and the ending of the form that is chosen."""
        line = self.query_one("#path", Input)
        present = Path(plain_path(line.value))
        suffix = f".{self.order.form}"
        if not present.name or present.stem in sharing_preview.NAMES:
            line.value = str(present.parent / sharing_preview.default_name(self.order))
        elif present.suffix.lstrip(".").lower() in _SUFFIXES:
            line.value = str(present.with_suffix(suffix))

    @on(ChoiceRow.Changed)
    async def _rechosen(self, event: ChoiceRow.Changed) -> None:
        event.stop()
        if not event.value:  # one of them always holds, but for the partner
            defaults = {"what": "portfolio", "audience": "internal"}
            name = event.control.id or ""
            if name != "partner":
                event.control.fill(defaults.get(name, sharing_preview.FORMS[self.order.what][0]))
        if event.control.id == "what":
            await self._offer_forms()
        else:
            self._propose_path()
        is_calendar = self.order.what == "calendar"
        self.query_one("#audience-line").set_class(is_calendar, "-off")
        self.set_class(self.order.audience == "partner" and not is_calendar, "-partner")
        self.action_check()

    # What will be in it

    def action_check(self) -> None:
        """Show anew what will be in the file."""
        look = partial(sharing_preview.preview, self.context, self.order)

        def told(progress: Progress) -> Preview | _Problem:
            try:
                return look(progress=progress)
            except CalledOffError:
                raise
            except FtopError as error:
                return _Problem(error)

        self.run_long(
            "Looking what will be in it", told, self._show,
            off=lambda: self._show(None), overtakes=True,
        )  # fmt: skip

    def _show(self, found: Preview | _Problem | None) -> None:
        self.preview = found if isinstance(found, Preview) else None
        panel = self.query_one("#content", TextPanel)
        if found is None:
            again = f"{self.key_of('export.check')} looks what will be in it."
            blocks = [Block(Content.styled(again, looks.MUTED))]
        elif isinstance(found, _Problem):
            blocks = [Block(foreign_line(found.error.message, looks.MISSING))]
            blocks += [Block(foreign_line(d), 2, Content("•")) for d in found.error.details[:50]]
        else:
            blocks = [Block(Content.styled("In it", looks.STRONG))]
            blocks += [
                Block(foreign_line(kind), _MARGIN, Content(f"{count:>{_MARGIN - 2},}"))
                for count, kind in found.counts
            ]
            blocks += [BLANK] if found.never else []
            blocks += [Block(Content.styled(line, looks.MUTED)) for line in found.never]
        panel.show(blocks)
        self.refresh_bindings()

    # Writing

    def why_not(self, action: str) -> str:
        """Why nothing can be written."""
        return "Nothing can be written as it is chosen now: what is missing stands below."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Writing is greyed out while there is nothing that can be written."""
        if action == "write":
            return True if self.preview is not None else None
        return True

    @on(Input.Submitted, "#path")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.check_action("write", ()):
            self.action_write()

    def action_write(self) -> None:
        """Write the file; a path that cannot be written is told, and all choices stay."""
        path = self.path
        if path is None:
            self.query_one("#path", Input).focus()
            self.say("Type the path of the file first")
            return
        write = partial(sharing_preview.write, self.context, self.order, path)
        self.overtake()
        self.run_long(
            f"Writing {path.name}", lambda progress: write(progress=progress), self._written
        )

    def _written(self, done: Shared) -> None:
        paths = [done.path, *done.others]
        blocks = [Block(foreign_line(f"Wrote {path}", looks.STRONG)) for path in paths]
        blocks += [Block(foreign_line(said), 2, Content("!")) for said in done.warnings[:100]]
        self.query_one("#content", TextPanel).show(blocks)
        self.say(f"Wrote {done.path}")

    def action_leave(self) -> None:
        """Go back; nothing that was chosen is worth a question."""
        self.dismiss(None)
