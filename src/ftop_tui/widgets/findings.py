"""What the linter says of a note: the grade, and each finding with its rule and place."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content, Span
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ftop_tui.playbook.values import Finding, Grade
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.retelling import retell

_SHOWN = 40
"""Characters of the marked words that a finding repeats."""


class Findings(Vertical):
    """The grade on top, a line a finding below; enter or a click on one asks what to do."""

    DEFAULT_CSS = """
    Findings { height: auto; }
    Findings > .grade { height: 1; padding: 0 1; }
    Findings > OptionList {
        height: auto; max-height: 8; border: none; padding: 0 1; background: transparent;
    }
    Findings > OptionList:focus { border: none; }
    """

    class Chosen(Message):
        """The user wants to do something about a finding."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.findings: tuple[Finding, ...] = ()
        self.aside: Mapping[Finding, str] = MappingProxyType({})
        self.grade: Grade | None = None
        self._told: list[tuple[str, Sequence[Span]]] = []

    def compose(self) -> ComposeResult:
        """The two parts."""
        yield Static("", classes="grade")
        yield OptionList(markup=False)

    def show(
        self,
        grade: Grade,
        findings: Sequence[Finding],
        text: str,
        aside: Mapping[Finding, str] = MappingProxyType({}),
    ) -> None:
        """Show a judgement; `aside` gives the writer's reasons for those that may stay."""
        before = self.current
        self.findings, self.aside, self.grade = tuple(findings), aside, grade
        retell(self.query_one(".grade", Static), _headline(grade, self.findings, len(aside)))
        rows = self.query_one(OptionList)
        kept = rows.highlighted
        same = self._same(before)
        told = [_row(f, text, aside.get(f)) for f in self.findings]
        if [(row.plain, row.spans) for row in told] != self._told:
            self._told = [(row.plain, row.spans) for row in told]
            rows.clear_options()
            rows.add_options(map(Option, told))
        rows.display = bool(self.findings)
        if same is not None:
            rows.highlighted = same
        elif self.findings and kept is not None and rows.has_focus:
            rows.highlighted = min(kept, len(self.findings) - 1)

    @property
    def current(self) -> Finding | None:
        """The finding that the keys are about."""
        at = self.query_one(OptionList).highlighted
        return self.findings[at] if at is not None and at < len(self.findings) else None

    @property
    def open(self) -> tuple[Finding, ...]:
        """Those that are not set aside."""
        return tuple(finding for finding in self.findings if finding not in self.aside)

    def step(self, step: int, cursor: int) -> Finding | None:
        """Go to the next open finding or the one before; without a current one, from the cursor.

        It goes round at the ends. None where every finding is set aside, or there is none.
        """
        if not self.open:
            return None
        at = self.query_one(OptionList).highlighted
        if at is None:
            behind = sum(1 for finding in self.findings if finding.start < cursor)
            at = behind - 1 if step > 0 else behind
        around = [(at + step * n) % len(self.findings) for n in range(1, len(self.findings) + 1)]
        found = next(place for place in around if self.findings[place] not in self.aside)
        self.query_one(OptionList).highlighted = found
        return self.findings[found]

    def choose(self, finding: Finding) -> None:
        """Make one of them the current one."""
        self.query_one(OptionList).highlighted = self.findings.index(finding)

    def _same(self, before: Finding | None) -> int | None:
        """Where a finding of the judgement before stands in this one."""
        if before is None:
            return None
        alike = [
            (abs(finding.start - before.start), place)
            for place, finding in enumerate(self.findings)
            if (finding.rule, finding.message) == (before.rule, before.message)
        ]
        return min(alike)[1] if alike else None

    def on_descendant_focus(self) -> None:
        """The first finding is the one that enter takes."""
        rows = self.query_one(OptionList)
        if rows.highlighted is None and self.findings:
            rows.highlighted = 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self.findings[event.option_index]))


def _headline(grade: Grade, findings: Sequence[Finding], aside: int) -> Content:
    count = len(findings) - aside
    words = f"{count} finding{'' if count == 1 else 's'}" + (
        f", {aside} set aside" if aside else ""
    )
    return Content.assemble(
        "Grade  ", looks.grade(grade).full, Content.styled(f"   {words}", looks.MUTED)
    )


def _row(finding: Finding, text: str, reason: str | None) -> Content:
    marked = text[finding.start : finding.end]
    words = f"{marked[:_SHOWN]}…" if len(marked) > _SHOWN else marked
    said = words.strip("[] \n").casefold()
    told = not said or said in finding.message.casefold()
    place = Content("") if told else Content.assemble("  “", foreign_line(words), "”")
    if reason is not None:
        return Content.assemble(
            "- set aside  ", finding.rule, "  ", foreign_line(reason), place
        ).stylize(looks.MUTED)
    return Content.assemble(
        looks.severity(finding.severity).full,
        Content.styled(f"  {finding.rule}  ", looks.STRONG),
        foreign_line(finding.message),
        place.stylize(looks.MUTED),
    )
