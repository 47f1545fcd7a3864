"""A field of a note: its name above, whether it was touched since, below it what is amiss."""

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from ftop_tui.playbook.values import Finding
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line


class FieldName(Widget):
    """The name left and the mark right; one below the other where they do not fit."""

    DEFAULT_CSS = """
    FieldName { height: auto; width: 1fr; padding: 0 1; }
    """

    mark: reactive[str] = reactive("", layout=True)

    def __init__(self, words: Content) -> None:
        super().__init__()
        self.words = words

    def _gap(self, width: int) -> int:
        """The cells between the two; negative where they do not fit."""
        return width - self.words.cell_length - len(self.mark)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, or two."""
        return 2 if self.mark and self._gap(width) < 2 else 1

    def render(self) -> Content:
        """Name and mark."""
        gap = self._gap(self.content_size.width)
        between = " " * gap if gap >= 2 else "\n"
        mark = Content.styled(self.mark, f"italic {looks.MUTED}")
        return Content.assemble(self.words, between, mark) if self.mark else self.words


class NoteField(Vertical):
    """Frames what is typed into; the frame's id is the field's name with `-field` behind it.

    A line of prompts, dim, tells what belongs there. A `part` of a section stands close to its
    neighbours, its name dim.
    """

    DEFAULT_CSS = """
    NoteField { height: auto; margin-bottom: 1; }
    NoteField.-part { margin-bottom: 0; }
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
        self.top = FieldName(name.stylize_before(looks.MUTED if part else looks.STRONG))
        self.inputs = inputs
        self.prompts = tuple(prompts)
        self.since: date | None = None
        self.findings: tuple[Finding, ...] = ()

    def compose(self) -> ComposeResult:
        """Name, prompts, what is typed into, findings."""
        yield self.top
        if self.prompts:
            yield Static(foreign_line(" ".join(self.prompts)), classes="prompts")
        yield from self.inputs
        yield Static("", classes="findings")

    def untouched(self, since: date | None) -> None:
        """Say that the field holds what it did on a day, or nothing."""
        if since != self.since:
            self.since = since
            self.top.mark = f"not touched since {since.isoformat()}" if since else ""

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
