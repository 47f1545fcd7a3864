"""Help: what the playbook says of the place one was at, the keys there, words, marks and filter."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from ftop_tui.playbook.guidance import Guidance
from ftop_tui.playbook.query import KEYS
from ftop_tui.playbook.values import Band, Health
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services.guiding import guidance
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Dialog
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.legend import legend
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel

BANDS = {
    Band.BREACH: "the Enterprise note has passed its limit, or a quarter was missed",
    Band.LATE: "an update is past due and within its limit, or there is no note at all",
    Band.DUE: "an update is soon due, an event was flagged, or an Exec Summary was requested",
    Band.BLOCKED: "a health workload is blocked, or an escalation is open",
    Band.WATCH: "all the rest",
}
HEALTHS = {
    Health.RED: "lowest usage, most to win",
    Health.YELLOW: "an update every 14 days, as for Red",
    Health.GREEN: "an update each quarter",
    Health.BLUE: "best; an update each quarter",
}
_KEY_WIDTH = 14


class HelpScreen(FtopScreen[None]):
    """One page to scroll. What it says of keys is read from the screen itself."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "leave", "Back", id="help.leave", tooltip="Back"),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self.about = about
        self.focus_was = about.focused

    def compose(self) -> ComposeResult:
        """Head, page, keys."""
        yield StatusLine(id="head")
        yield TextPanel(id="help")
        yield KeyLine()

    def on_mount(self) -> None:
        """Write the page."""
        title = Content.styled("Help", looks.STRONG)
        about, told = (
            self.about,
            guidance(
                self.context.paths.pack,
                places(self.about, self.focus_was),
                _factor_rules(self.about),
            ),
        )
        if isinstance(about, Dialog):
            title = Content.assemble(title, "  ", foreign_line(about.heading))
            page = [*_guidance(told), *_keys(about)]
        else:
            page = [
                *_first(about, self.focus_was, told),
                *_bands(),
                *_colours(),
                *_marks(),
                *_filter(),
                *_good_to_know(),
            ]
        self.query_one("#head", StatusLine).show([title])
        self.query_one("#help", TextPanel).show(page)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)


def _heading(text: str) -> Block:
    return Block(Content.styled(text, "bold $ftop-key"))


def _entry(lead: Content, text: str) -> Block:
    return Block(Content(text), _KEY_WIDTH, lead)


def places(about: Screen[object], focused: Widget | None) -> list[str]:
    """The names of the place that has the focus, nearest first: its field, then the screen.

    A dialog that asks several things says by its topic which of them this is.
    """
    screen = type(about).__name__
    if isinstance(about, Dialog) and about.topic:
        return [f"{screen}.{about.topic}", screen]
    nodes = [focused, *focused.ancestors] if focused is not None else []
    ids = [node.id.removesuffix("-field").removesuffix("-line") for node in nodes if node.id]
    return [*(f"{screen}.{name}" for name in ids), screen]


def _factor_rules(about: Screen[object]) -> list[str]:
    """The rules behind the rank of the tenant under the cursor, on the list."""
    ranked = getattr(about, "current", None)
    assessment = getattr(ranked, "assessment", None)
    return [factor.rule for factor in assessment.factors] if assessment is not None else []


def _first(about: Screen[object], focused: Widget | None, told: Guidance | None) -> Iterator[Block]:
    """Of a field its guidance comes before the keys; of a whole screen the keys come first."""
    parts = [_guidance(told), _keys(about)]
    if not isinstance(focused, Input | TextArea):
        parts.reverse()
    for part in parts:
        yield from part


def _guidance(found: Guidance | None) -> Iterator[Block]:
    """What the playbook says, or the user's own pack in its place."""
    if found is None:
        return
    yield _heading(foreign_line(found.title).plain.upper())
    yield Block(foreign(found.text))
    for source, rules in groupby(found.rules, lambda rule: rule.source):
        for rule in rules:
            yield _entry(Content.styled(rule.id, looks.KEY), rule.says)
        yield Block(Content.styled(source, looks.MUTED), _KEY_WIDTH)
    yield BLANK


def _keys(about: Screen[object]) -> Iterator[Block]:
    yield _heading("KEYS")
    for key, said in about.ALSO if isinstance(about, Dialog) else ():
        yield _entry(Content.styled(key, looks.KEY), said)
    told: set[str] = set()
    for binding, tooltip in _in_order(about):
        if binding.id and tooltip and binding.id not in told:
            told.add(binding.id)
            yield _entry(Content.styled(shown_keys(about, binding), looks.KEY), tooltip)
    yield BLANK


def _in_order(about: Screen[object]) -> list[tuple[Binding, str]]:
    """The keys in the order in which they are written down, wherever the user has moved them."""
    found = [(node, binding, tip) for node, binding, _, tip in about.active_bindings.values()]
    nodes = list(dict.fromkeys(node for node, _, _ in found))
    ids = {
        node: [b.id for bindings in node._bindings.key_to_bindings.values() for b in bindings]
        for node in nodes
    }
    found.sort(
        key=lambda one: (
            nodes.index(one[0]),
            ids[one[0]].index(one[1].id) if one[1].id in ids[one[0]] else -1,
        )
    )
    return [(binding, tip) for _, binding, tip in found]


def shown_keys(about: Screen[object], binding: Binding) -> str:
    """The keys of a binding as one reads them; a binding of several keys has come apart.

    Where there are several, each is told by itself: what the line of keys shows for all is one.
    """
    same = [
        other
        for _, other, _, _ in about.active_bindings.values()
        if other.id and other.id == binding.id
    ]
    if len(same) > 1:
        same = [replace(other, key_display=None) for other in same]
    return " ".join(dict.fromkeys(about.app.get_key_display(other) for other in same))


def _bands() -> Iterator[Block]:
    yield _heading("BANDS, most urgent first; points order tenants within one")
    for band, meaning in BANDS.items():
        yield _entry(looks.band(band).full, meaning)
    yield BLANK


def _colours() -> Iterator[Block]:
    yield _heading("HEALTH, the customer's colour by usage; not the Enterprise status")
    for health, meaning in HEALTHS.items():
        yield _entry(looks.health(health).full, meaning)
    yield BLANK


def _marks() -> Iterator[Block]:
    yield _heading("MARKS, each a letter with its word and colour")
    yield from legend(_KEY_WIDTH)
    yield BLANK


def _filter() -> Iterator[Block]:
    yield _heading("FILTER: words are looked for in names, TPIDs, tags, people and partners; also")
    for key, meaning in KEYS.items():
        yield _entry(Content.styled(key, looks.KEY), meaning)
    yield BLANK


def _good_to_know() -> Iterator[Block]:
    yield _heading("GOOD TO KNOW")
    for said in (
        "A draft is saved as you type, and only a posted note resets a clock.",
        "Posted means: it stands in FTOP, and you marked it so here.",
        "Every change can be undone with u, one after the other, after a restart too.",
        "What the screens do, the command line does as well: ftop-tui --help",
    ):
        yield Block(Content(said), 2, Content.styled("·", looks.MUTED))
