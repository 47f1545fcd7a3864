"""A field of a note: its name above, whether it was touched since, below it what is amiss."""

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ftop_tui.playbook.values import Finding
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line

_LONG_NAME = 32
"""Cells from which on a name needs its line for itself."""


class NoteField(Vertical):
    """Frames what is typed into; the frame's id is the field's name with `-field` behind it.

    A line of prompts, dim, tells what belongs there.
    """

    DEFAULT_CSS = """
    NoteField { height: auto; margin-bottom: 1; }
    NoteField.-part { margin-bottom: 0; }
    NoteField > .top { height: 1; background: transparent; padding: 0; }
    NoteField > .top > .name { width: auto; height: 1; padding: 0 1; color: $text-muted; }
    NoteField .since {
        width: 1fr; height: 1; padding: 0 1; color: $ftop-muted; text-align: right;
        text-style: italic; text-wrap: nowrap; text-overflow: ellipsis;
    }
    NoteField .since.below { display: none; text-align: left; }
    NoteField.-untouched .since.below { display: block; }
    NoteField > .prompts { height: auto; padding: 0 1; color: $ftop-muted; }
    NoteField > .findings { height: auto; padding: 0 1; display: none; }
    NoteField.-found > .findings { display: block; }
    """

    def __init__(
        self, field: str, name: Content, *inputs: Widget, prompts: Sequence[str] = (),
        part: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(id=f"{field}-field", classes="-part" if part else None)
        self.field = field
        self.words = name
        self.inputs = inputs
        self.prompts = tuple(prompts)
        self.since: date | None = None
        self.findings: tuple[Finding, ...] = ()

    @property
    def _long(self) -> bool:
        """Whether the name leaves no room beside it; the mark stands below then."""
        return self.words.cell_length > _LONG_NAME

    def compose(self) -> ComposeResult:
        """Name, prompts, what is typed into, findings."""
        with Horizontal(classes="top"):
            yield Static(self.words, classes="name")
            if not self._long:
                yield Static("", classes="since")
        if self._long:
            yield Static("", classes="since below")
        if self.prompts:
            yield Static(foreign_line(" ".join(self.prompts)), classes="prompts")
        yield from self.inputs
        yield Static("", classes="findings")

    def untouched(self, since: date | None) -> None:
        """Say that the field holds what it did on a day, or nothing."""
        if since != self.since:
            self.since = since
            self.set_class(since is not None, "-untouched")
            words = f"not touched since {since.isoformat()}" if since else ""
            self.query_one(".since", Static).update(Content(words))

    def say(self, findings: Sequence[Finding]) -> None:
        """Show what is amiss, a line each, the rule's id with it."""
        if tuple(findings) == self.findings:
            return
        self.findings = tuple(findings)
        self.set_class(bool(self.findings), "-found")
        lines = [
            Content.assemble(
                looks.severity(finding.severity).full,
                Content.styled(f"  {finding.rule}  ", looks.STRONG),
                foreign_line(finding.message),
            )
            for finding in self.findings
        ]
        self.query_one(".findings", Static).update(Content("\n").join(lines))
