"""The presenter's view: one customer a page, big and read-only, fit for a shared screen."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.brief import Brief, Part
from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.values import Health
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services import briefs
from ftop_tui.services.changes import Changes
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel

SHARING = "SHARING: other customers are hidden"
"""What is seen while the screen is fit to be shared."""
_NOBODY = "Nobody is nominated: esc, then n nominates a customer."
_SPREAD = 28
"""A name of no more letters is spaced out, to be read from afar."""


class Page(NamedTuple):
    """A part, or the beginning or rest of one, as it fits on a page."""

    title: str
    lines: tuple[str, ...]
    more: bool = False
    """It goes on from the page before."""


class PresenterScreen(FtopScreen[None]):
    """Pages of one customer after another; nothing can be changed here.

    While sharing, nothing names another customer: no notices, no palette, no list.
    """

    CSS_PATH = "presenter.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n", "customer(1)", "Next customer", id="presenter.next",
                key_display="→", tooltip="The next customer"),
        Binding("left,p", "customer(-1)", "Previous", id="presenter.previous",
                key_display="←", tooltip="The customer before"),
        Binding("down,space,pagedown,j,enter", "page(1)", "Page", id="presenter.page",
                key_display="↓", tooltip="The next page of this customer"),
        Binding("up,pageup,k,backspace", "page(-1)", "Page back", id="presenter.back",
                key_display="↑", tooltip="The page before"),
        Binding("home,g", "edge(0)", "First page", id="presenter.first", show=False,
                tooltip="The first page of this customer"),
        Binding("end,G", "edge(-1)", "Last page", id="presenter.last", show=False,
                tooltip="The last page of this customer"),
        Binding("s", "share", "Share", id="presenter.share",
                tooltip="Hide every other customer's name, for sharing the screen"),
        Binding("escape,q", "leave", "Back", id="presenter.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(
        self, tenant_ids: Sequence[str], *, review_day: date | None = None, start: int = 0
    ) -> None:
        super().__init__()
        self.tenant_ids = tuple(tenant_ids)
        self.review_day = review_day
        self.place = min(max(0, start), max(0, len(self.tenant_ids) - 1))
        self.brief: Brief | None = None
        self.pages: Sequence[Page] = ()
        self.at = 0
        self.sharing = False
        self._had_palette = True

    def compose(self) -> ComposeResult:
        """Head, the customer's band, its page, where one is, keys."""
        yield StatusLine(id="head")
        yield Static("", id="band")
        page = TextPanel(id="page")
        page.can_focus = False  # the arrows turn the pages
        yield page
        yield Static("", id="where")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the first customer."""
        self._had_palette = self.app.use_command_palette
        self._say_head()
        self._read()

    def on_unmount(self) -> None:
        """Give the palette back."""
        self.app.use_command_palette = self._had_palette

    def changed(self, changes: Changes) -> None:
        """Something was written: look again, on the same page."""
        self._read()

    def on_resize(self) -> None:
        """Another height: other pages."""
        self._lay_out()

    def _read(self) -> None:
        if not self.tenant_ids:
            self.query_one("#page", TextPanel).show([Block(Content(_NOBODY))])
            return
        self.run_service(
            partial(
                briefs.brief, self.context, self.tenant_ids[self.place],
                review_day=self.review_day,
            ),
            self._fill,
            group="presenter",
            exclusive=True,
        )  # fmt: skip

    def _fill(self, brief: Brief) -> None:
        self.brief = brief
        health = Health.read(brief.health or "")
        for each in Health:
            self.set_class(each is health, f"-{each.value}")
        self._lay_out()

    def _lay_out(self) -> None:
        """Cut the brief into pages of the present size, and show the one that was shown."""
        if self.brief is None:
            return
        size = self.query_one("#page", TextPanel).scrollable_content_region.size
        self.pages = tuple(pages(self.brief, max(20, size.width), max(6, size.height)))
        self.at = min(self.at, len(self.pages) - 1)
        self._show()

    def _show(self) -> None:
        assert self.brief is not None  # noqa: S101 - called once it is read
        self._say_head()
        self.query_one("#band", Static).update(
            _band(self.brief, self.query_one("#band", Static).content_size.width)
        )
        self.query_one("#page", TextPanel).show(_blocks(self.pages[self.at]))
        self.query_one("#where", Static).update(
            Content.styled(f"Page {self.at + 1} of {len(self.pages)}", looks.MUTED)
        )
        self.refresh_bindings()

    def _say_head(self) -> None:
        """Which customer of how many, never by name; and whether the screen is fit to share."""
        title = Content.styled("Presenter", looks.STRONG)
        count = Content(f"  {self.place + 1} of {len(self.tenant_ids)}")
        share = (
            Content.styled(SHARING, "bold $ftop-green")
            if self.sharing
            else Content.styled("not sharing", looks.MUTED)
        )
        self.query_one("#head", StatusLine).show([title + count, title], share)

    # The keys.

    def why_not(self, action: str) -> str:
        """Why a key is grey: there is no further page or customer."""
        if not self.tenant_ids:
            return "Nobody is nominated for this meeting."
        if action == "page":
            return "There is no further page that way; left and right go to other customers."
        return "There is no further customer that way."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now is grey."""
        if action == "customer" and parameters:
            place = self.place + int(str(parameters[0]))
            return True if 0 <= place < len(self.tenant_ids) else None
        if action == "page" and parameters:
            return True if 0 <= self.at + int(str(parameters[0])) < len(self.pages) else None
        return super().check_action(action, parameters)

    def action_customer(self, step: int) -> None:
        """Another customer, from its first page."""
        self.place = min(max(0, self.place + step), len(self.tenant_ids) - 1)
        self.at = 0
        self._read()

    def action_page(self, step: int) -> None:
        """Another page of this customer."""
        self.at = min(max(0, self.at + step), len(self.pages) - 1)
        self._show()

    def action_edge(self, place: int) -> None:
        """The first or the last page."""
        if self.pages:
            self.at = 0 if place == 0 else len(self.pages) - 1
            self._show()

    def action_share(self) -> None:
        """Make the screen fit to be shared, or take that back.

        Notices are hidden and those that stand are taken away, and the palette, which goes to any
        customer by name, is shut.
        """
        self.sharing = not self.sharing
        self.set_class(self.sharing, "-sharing")
        self.app.use_command_palette = self._had_palette and not self.sharing
        if self.sharing:
            self.app.clear_notifications()
        self._say_head()
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Back to where one was; while sharing, asked first, for all names are there."""
        if not self.sharing:
            self.dismiss(None)
            return
        question = Confirm(
            "Still sharing your screen?",
            "Other customers' names are on the screen that comes next.",
            yes="Go back",
            no="Stay",
            danger=True,
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        self.app.push_screen(question, answered)


def pages(brief: Brief, width: int, height: int) -> Iterator[Page]:
    """The brief cut into pages: parts with nothing in them are left out, long ones go on.

    `width` and `height` are the cells there are for a title and its lines.
    """
    for part in brief.parts:
        if part.empty or not part.text.strip():
            continue
        yield from pages_of(part, width, height - 2)


def pages_of(part: Part, width: int, height: int) -> Iterator[Page]:
    """One part cut into pages of so many cells below the title; no letter of it is lost."""
    lines: list[str] = []
    used, more = 0, False
    for line in part.text.split("\n"):
        if not line.strip():
            continue
        for piece in _pieces(line, width * max(1, height - 1)):
            need = _height(piece, width) + 1  # and the blank line below it
            if lines and used + need > height:
                yield Page(part.title, tuple(lines), more)
                lines, used, more = [], 0, True
            lines.append(piece)
            used += need
    if lines:
        yield Page(part.title, tuple(lines), more)


def _pieces(line: str, room: int) -> Iterator[str]:
    """A line that no page could hold, in pieces."""
    room = max(20, room * 3 // 4)  # words do not fill lines to their end
    for start in range(0, len(line), room):
        yield line[start : start + room]


def _height(line: str, width: int) -> int:
    """How many lines a text takes when it is wrapped at words."""
    return len(Content(line).wrap(max(8, width - 3)))


def _blocks(page: Page) -> Iterator[Block]:
    more = Content.styled("  goes on", looks.MUTED) if page.more else Content("")
    yield Block(Content.assemble(foreign_line(page.title.upper(), "bold $ftop-key"), more))
    for line in page.lines:
        yield BLANK
        if line.startswith("- "):
            yield Block(foreign(line[2:]), 3, Content.styled("•", looks.MUTED))
        else:
            yield Block(foreign(line, looks.STRONG))


def _band(brief: Brief, width: int) -> Content:
    """The customer, large, its colour in word and letter, and the day."""
    name = fit(brief.shown_name, max(8, width)).rstrip()
    spread = "   ".join(" ".join(word) for word in name.upper().split(" "))
    large = spread if len(name) <= _SPREAD and name.isascii() and len(spread) <= width else name
    look = looks.health(brief.health)
    day = brief.review_day or brief.today
    return Content.assemble(
        Content(large).stylize("bold"), "\n\n", look.full,
        Content.styled(f"   {long_day(day.toordinal())}", looks.MUTED),
    )  # fmt: skip
