"""Findings in the Entitlement form: shown, gone through by key, fixed, set aside, moved."""

from collections.abc import Mapping
from types import MappingProxyType

from textual import on
from textual.widgets import OptionList

from ftop_tui.playbook.lint import replaced
from ftop_tui.playbook.lint.ignored import IgnoredFinding, set_aside, those_aside
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import Finding
from ftop_tui.screens.note_screen import NoteScreen
from ftop_tui.services import judging
from ftop_tui.services.changes import Changes
from ftop_tui.services.note_forms import to_overall
from ftop_tui.text import clean_line
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.dialogs import Choice, Prompt
from ftop_tui.widgets.findings import Findings
from ftop_tui.widgets.note_area import NoteArea

_FOR_OVERALL = frozenset({"EN-01", "EN-12", "EN-15"})
"""Findings on words that have their place in an Overall note."""
_OF_FINDINGS = {
    "finding": "There is no open finding to go to.",
    "fix": "No open finding has a rewrite.",
    "fix_all": "No open finding has a rewrite that keeps the meaning.",
    "aside": "There is no finding to set aside.",
}
"""The keys that act on findings, and why each is grey."""


class FindingScreen(NoteScreen):
    """The part of the form that acts on findings (EN-16): its `Findings` list, its area `text`."""

    _kept: Mapping[Finding, IgnoredFinding] = MappingProxyType({})
    _can: frozenset[str] = frozenset()

    @property
    def note(self) -> EntitlementBody:
        """What is typed."""
        body = self.body
        assert isinstance(body, EntitlementBody)  # noqa: S101 - the kind of this form
        return body

    def _show_judgement(self) -> None:
        """Grade and findings, made anew from what is typed.

        A finding on the whole text underlines nothing: there is no place to point at.
        """
        assert self.opened is not None  # noqa: S101 - called once it is read
        assert self.saver is not None  # noqa: S101
        note, tag = self.note, self.tag or ""
        judged = judging.judge(self.context, tag, note, self.opened.others)
        self._kept = those_aside(judged.findings, note.text, self.saver.draft.ignored)
        reasons = {finding: kept.reason for finding, kept in self._kept.items()}
        findings = self.query_one(Findings)
        findings.show(judged.grade, judged.findings, note.text, reasons)
        pointing = [finding for finding in findings.open if not self._is_on_all(finding)]
        self.query_one("#text", NoteArea).mark(pointing)
        self._show_keys()

    def _is_on_all(self, finding: Finding) -> bool:
        return (finding.start, finding.end) == (0, len(self.note.text))

    @on(OptionList.OptionHighlighted)
    def _show_keys(self) -> None:
        """The keys of the findings follow what there is to do, without a repaint at every key."""
        findings, is_safe = self.query_one(Findings), judging.linter(self.context).is_safe
        can = frozenset(
            action
            for action, is_possible in {
                "finding": bool(findings.open),
                "fix": any(finding.suggestion is not None for finding in findings.open),
                "fix_all": any(is_safe(finding) for finding in findings.open),
                "aside": bool(findings.findings),
            }.items()
            if is_possible
        )
        if can != self._can:
            self._can = can
            self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """Why a key of the findings is grey."""
        return _OF_FINDINGS.get(action) or super().why_not(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a finding that they could act on, the keys are grey."""
        if action in _OF_FINDINGS:
            return True if action in self._can else None
        return super().check_action(action, parameters)

    @on(Findings.Chosen)
    def _finding_chosen(self, event: Findings.Chosen) -> None:
        event.stop()
        finding = event.finding
        choices = [ChoiceItem("g", "go", "Go to its place in the text")]
        if finding.suggestion is not None:
            rewrite = f"“{finding.suggestion}”" if finding.suggestion else "leave it out"
            choices.insert(0, ChoiceItem("r", "rewrite", "Rewrite", rewrite))
        if self._aside(finding) is None:
            choices.append(ChoiceItem("a", "aside", "Set aside", "with a reason"))
        else:
            choices.append(ChoiceItem("b", "back", "Take back", "it counts again"))
        if finding.rule in _FOR_OVERALL and self._words(finding).strip():
            choices.append(ChoiceItem("o", "overall", "Move to an Overall note"))
        self.app.push_screen(
            Choice(finding.rule, choices, finding.message),
            lambda choice: self._treat(finding, choice),
        )

    def _words(self, finding: Finding) -> str:
        return self.note.text[finding.start : finding.end]

    def action_finding(self, step: int) -> None:
        """To the next finding or the one before, its words selected in the text."""
        self.catch_up()
        area = self.query_one("#text", NoteArea)
        finding = self.query_one(Findings).step(step, area.cursor_offset)
        if finding is not None:
            self._go(finding)

    def _go(self, finding: Finding) -> None:
        """What holds for the whole text selects nothing: the next key would replace it all."""
        area = self.query_one("#text", NoteArea)
        area.focus()
        if not self._is_on_all(finding):
            area.select_span(finding.start, finding.end)

    def action_fix(self) -> None:
        """The rewrite of the finding one is at; from elsewhere it only goes to one that has one."""
        self.catch_up()
        findings = self.query_one(Findings)
        finding = findings.current
        if finding is not None and finding not in self._kept and finding.suggestion is not None:
            self._treat(finding, "rewrite")
            return
        fixable = [f for f in findings.open if f.suggestion is not None]
        cursor = self.query_one("#text", NoteArea).cursor_offset
        nearest = next((f for f in fixable if f.end >= cursor), fixable[0])
        findings.choose(nearest)
        self._go(nearest)

    def action_fix_all(self) -> None:
        """All rewrites that keep the meaning, as one edit."""
        self.catch_up()
        found = self.query_one(Findings).open
        area = self.query_one("#text", NoteArea)
        area.rewrite(judging.linter(self.context).made_safe(self.note.text, found))
        area.focus()

    def action_aside(self) -> None:
        """Ask why the finding one is at may stay, or take that back; without one, go to one."""
        self.catch_up()
        finding = self.query_one(Findings).current
        if finding is None:
            self.action_finding(1)
        else:
            self._treat(finding, "aside" if self._aside(finding) is None else "back")

    def _aside(self, finding: Finding) -> IgnoredFinding | None:
        return self._kept.get(finding)

    def _treat(self, finding: Finding, choice: str | None) -> None:
        area = self.query_one("#text", NoteArea)
        match choice:
            case "rewrite":
                area.rewrite(replaced(self.note.text, finding))
                area.focus()
            case "go":
                self._go(finding)
            case "overall":
                self._move_to_overall(finding)
            case "aside":
                self.app.push_screen(
                    Prompt("Set aside", f"Why may it stay? {finding.message}", check=_reason),
                    lambda reason: self._set_aside(finding, reason),
                )
            case "back":
                known = self._aside(finding)
                assert self.saver is not None  # noqa: S101
                self._ignore(tuple(i for i in self.saver.draft.ignored if i != known))
            case _:
                pass

    def _move_to_overall(self, finding: Finding) -> None:
        """News and surplus detail belong in Overall notes (EN-12, EN-15)."""
        words = self._words(finding).strip()
        without = replaced(self.note.text, finding._replace(suggestion=""))

        def moved(_: Changes) -> None:
            self.query_one("#text", NoteArea).rewrite(without.strip())
            self.query_one("#text", NoteArea).focus()

        self.write(lambda: to_overall(self.context, self.tenant_id, words), moved)

    def _set_aside(self, finding: Finding, reason: str | None) -> None:
        if reason is not None:
            assert self.saver is not None  # noqa: S101
            added = set_aside(finding, self.note.text, clean_line(reason))
            self._ignore((*self.saver.draft.ignored, added))

    def _ignore(self, ignored: tuple[IgnoredFinding, ...]) -> None:
        assert self.saver is not None  # noqa: S101
        self.saver.ignore(ignored)
        self.repaint()


def _reason(text: str) -> str | None:
    return None if text.strip() else "Give the reason."
