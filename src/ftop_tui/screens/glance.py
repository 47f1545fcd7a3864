"""The portfolio at a glance: how many are in which band and colour, and a heat row a customer."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.values import Band, EntitlementStatus, Health
from ftop_tui.playbook.wording import reason
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services import glancing
from ftop_tui.services.changes import Changes
from ftop_tui.services.glancing import Glance
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.glance_list import NONE, GlanceList, heads
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.strips import UNKNOWN, Share, bar, counted, dated_strip

_LEAD = 8
_BAR = 14
"""Cells that a bar needs, to stand behind its words and not below them."""


class GlanceScreen(FtopScreen[str]):
    """All customers on a page; enter closes with a tenant, for the list to go to it."""

    CSS_PATH = "glance.tcss"
    AUTO_FOCUS = "#customers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.help", "Help", id="glance.help", key_display="?",
                tooltip="What the keys do"),
        Binding("escape,q,y", "leave", "Back", id="glance.leave", key_display="esc",
                tooltip="Back to the list"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.glance: Glance | None = None

    def compose(self) -> ComposeResult:
        """Head, bars, names of the columns, customers, what is known of one, legend, keys."""
        yield StatusLine(id="head")
        yield Static("", id="bars")
        yield Static("", id="columns")
        yield GlanceList(id="customers")
        yield Static("", id="about")
        yield Static(_legend(), id="legend")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        context = self.context
        self.run_long(
            "Reading the portfolio",
            lambda progress: glancing.read(context, progress=progress),
            self._show,
            off=self.action_leave,
            overtakes=True,
        )

    def changed(self, changes: Changes) -> None:
        """Something was written: read it anew."""
        if changes.rank:
            self._read()

    def on_resize(self) -> None:
        """Other widths."""
        self.call_after_refresh(self._draw_heads)

    def _read(self) -> None:
        self.run_service(
            lambda: glancing.read(self.context), self._show, group="glance", exclusive=True
        )

    def _show(self, glance: Glance) -> None:
        self.glance = glance
        title = Content.styled("At a glance", looks.STRONG)
        many = len(glance.rows)
        said = f"  {many:,} customer{'' if many == 1 else 's'}, {len(glance.tags)} workloads"
        self.query_one("#head", StatusLine).show([title + Content(said), title])
        self.query_one(GlanceList).show(glance.rows, glance.months)
        self._draw_heads()

    def _draw_heads(self) -> None:
        """The bars and the names of the columns, for the present width."""
        if self.glance is None:
            return
        shown = self.query_one(GlanceList)
        width = shown.scrollable_content_region.width
        names = heads(self.glance.tags, width) if self.glance.rows else Content("")
        self.query_one("#columns", Static).update(names)
        self.query_one("#bars", Static).update(_bars(self.glance, max(_LEAD + _BAR, width - 2)))

    @on(GlanceList.Highlighted)
    def _highlighted(self, event: GlanceList.Highlighted) -> None:
        event.stop()
        row, glance = self.query_one(GlanceList).current, self.glance
        if row is None or glance is None:
            told = Content.styled("No customer is here yet.", looks.MUTED)
            self.query_one("#about", Static).update(told)
            return
        facts, months = row.winner, glance.months(row)
        name = shown_name(facts.brand, facts.customer, facts.name) or facts.name
        why = reason(row.ranked.assessment, glance.portfolio.today.toordinal())
        first = Content.assemble(
            foreign_line(name, looks.STRONG), "  ", looks.health(row.health).full,
            Content.styled("  Enterprise status ", looks.MUTED),
            looks.enterprise(facts.status).full, "  ",
            looks.band(row.band).content, "  ", foreign_line(why),
        )  # fmt: skip
        said = Content("\n").join([first, dated_strip(months)])
        self.query_one("#about", Static).update(said)

    @on(GlanceList.Chosen)
    def _chosen(self, event: GlanceList.Chosen) -> None:
        event.stop()
        row = self.query_one(GlanceList).current
        if row is not None:
            self.dismiss(row.ranked.facts.tenant_id)

    def action_leave(self) -> None:
        """Back to the list, where it was."""
        self.dismiss(None)


def _bars(glance: Glance, width: int) -> Content:
    bands = [Share(looks.band(band), glance.bands[band]) for band in Band]
    colours = [Share(looks.health(each), glance.colours[each]) for each in (*Health, None)]
    lines = []
    for name, shares in (("Bands", bands), ("Health", colours)):
        said = Content.styled(f"{name:<{_LEAD}}", looks.MUTED) + counted(shares)
        if not glance.rows:
            lines.append(said + Content.styled("none", looks.MUTED))
            continue
        left = width - said.cell_length
        if left >= _BAR:
            lines.append(Content.assemble(said, "  ", bar(shares, left)))
        else:
            lines += [said, Content(" " * _LEAD) + bar(shares, width - _LEAD)]
    return Content("\n").join(lines)


def _short(word: str) -> str:
    """A status in one of its words, for the legend."""
    return word.removeprefix("Status ").partition("/")[0]


def _legend() -> Content:
    """What the letters and marks of a row say."""
    told = [
        Content.styled(looks.entitlement(each).letter, looks.entitlement(each).style)
        + Content.styled(f" {_short(looks.entitlement(each).word)}", looks.MUTED)
        for each in EntitlementStatus
    ]
    told.append(
        Content.assemble(
            Content.styled("▄", looks.KEY), Content.styled(" usage", looks.MUTED),
        )
    )  # fmt: skip
    told.append(Content.styled(f"{NONE} none", looks.MUTED))
    if UNKNOWN != NONE:
        told.append(Content.styled(f"{UNKNOWN} month not known", looks.MUTED))
    return Content("  ").join(told)
