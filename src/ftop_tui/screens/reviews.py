"""Review meetings: whose turn it is, who must nominee, and what their briefs still lack."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.readiness import Readiness
from ftop_tui.playbook.reviews import Hint, Meeting, Nomination
from ftop_tui.screens.exporting import ask_export
from ftop_tui.screens.list_screen import ListScreen, filter_key, muted
from ftop_tui.screens.nominating import choose_and_nominate, write_nomination
from ftop_tui.screens.review_rows import (
    about_nominee,
    agenda_row,
    day_line,
    hint_lines,
    meeting_row,
)
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.services import briefs, portfolio, reviews
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Confirm, date_prompt
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.status_line import StatusLine


class _Read(NamedTuple):
    """What the screen shows: meetings, hints, and all tenants to choose from."""

    meetings: Sequence[Meeting]
    hints: Sequence[Hint]
    portfolio: Portfolio


class ReviewsScreen(ListScreen[None]):
    """Meetings by date, and the agenda of the one under the cursor (RA-15, RA-16, RA-24)."""

    CSS_PATH = "reviews.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = ""
    LIST = "#meetings"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "brief", "Brief", id="reviews.brief",
                tooltip="The brief of the customer under the cursor"),
        Binding("n", "nominate", "Nominate", id="reviews.nominate",
                tooltip="Nominate a customer for this meeting"),
        Binding("o", "other_day", "Other day", id="reviews.other-day", show=False,
                tooltip="Nominate a customer for another day"),
        Binding("w", "withdraw", "Withdraw", id="reviews.withdraw",
                tooltip="Take the nomination under the cursor back"),
        Binding("m", "move", "Move", id="reviews.move",
                tooltip="Move the nomination under the cursor to another meeting"),
        Binding("p", "presented", "Presented", id="reviews.presented",
                tooltip="Mark as presented, or take the mark off"),
        Binding("P", "present", "Presenter", id="reviews.presenter",
                tooltip="One customer a page, to read from in the meeting"),
        Binding("x", "export", "Export", id="reviews.export",
                tooltip="Write the briefs of this meeting to a file"),
        *undo_keys("reviews"),
        filter_key("reviews"),
        Binding("left", "focus_meetings", "Meetings", id="reviews.meetings", show=False,
                tooltip="To the meetings"),
        Binding("right", "focus_agenda", "Agenda", id="reviews.agenda", show=False,
                tooltip="To the agenda"),
        Binding("escape,q", "leave", "Back", id="reviews.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.meetings: Sequence[Meeting] = ()
        self.shown: Sequence[Meeting] = ()
        """Those that fit the filter."""
        self.hints: Sequence[Hint] = ()
        self.readiness: Mapping[str, Readiness] = {}
        """By tenant id, of the meeting that is shown."""
        self._portfolio: Portfolio | None = None
        self._day: date | None = None
        """The day of the meeting that is shown, or is to be at the next look."""

    def compose(self) -> ComposeResult:
        """Head, meetings, agenda, hints, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        with Horizontal(id="reviews"):
            yield KeyList(id="meetings")
            with Vertical(id="right"):
                yield Static("", id="day")
                yield KeyList(id="agenda")
                yield Static("", id="about")
                yield Static("", id="hints")
        yield KeyLine()

    # What is seen.

    def read(self) -> None:
        """Look up the meetings, what FTOP says, and whom one can nominate."""

        def look() -> _Read:
            context = self.context
            return _Read(reviews.calendar(context), reviews.hints(context), portfolio.load(context))

        self.run_service(look, self._fill, group="reviews", exclusive=True)

    def _fill(self, read: _Read) -> None:
        first = self._portfolio is None
        today = self.context.today()
        self.meetings = [m for m in read.meetings if m.nominations or m.day >= today]
        self.hints, self._portfolio = read.hints, read.portfolio
        self.sift()
        if first:
            self.query_one("#agenda" if self._agenda else "#meetings", KeyList).focus()

    def sift(self) -> None:
        """Show the meetings whose day or nominees have the words."""
        today = self.context.today()
        wanted, before = self._day or today, self._nominee
        self.shown = self.fitting(self.meetings, _said)
        coming = (place for place, m in enumerate(self.shown) if m.day >= wanted)
        self.draw(
            [meeting_row(m, today) for m in self.shown],
            muted("No meeting is planned."),
            next(coming, len(self.shown) - 1),
        )
        self._show_meeting(before)

    @property
    def _meeting(self) -> Meeting | None:
        """The meeting under the cursor."""
        return self.under_cursor(self.shown)

    @property
    def _agenda(self) -> Sequence[Nomination]:
        return self._meeting.nominations if self._meeting else ()

    @property
    def _nominee(self) -> Nomination | None:
        """The nomination under the cursor."""
        place = self.query_one("#agenda", KeyList).highlighted
        return self._agenda[place] if place is not None and place < len(self._agenda) else None

    def follow(self) -> None:
        """Show the meeting under the cursor."""
        if self._meeting is not None and self._meeting.day != self._day:
            self._show_meeting()

    @on(OptionList.OptionHighlighted, "#agenda")
    def _nominee_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_nominee()

    def _show_nominee(self) -> None:
        """What is said first of the customer under the cursor."""
        nominee, told = self._nominee, Content("")
        if nominee is not None and self._portfolio is not None:
            wanted = (r for r in self._portfolio.ranked if r.facts.tenant_id == nominee.tenant_id)
            ranked = next(wanted, None)
            if ranked is not None:
                told = about_nominee(ranked, self.context.today(), self.context.pack)
        about = self.query_one("#about", Static)
        about.update(told)
        about.display = bool(told.plain)

    def _show_meeting(self, before: Nomination | None = None) -> None:
        """The agenda at once, what its briefs lack as soon as it is known.

        The cursor stays on the nominee it was on before, where the meeting is the same.
        """
        meeting = self._meeting
        same = meeting is not None and meeting.day == self._day
        self._day = meeting.day if meeting else None
        if not same:
            self.readiness = {}
        self._show_agenda(before.id if before and same else None)
        if meeting is None or not meeting.nominations:
            return
        tenants = [each.tenant_id for each in meeting.nominations]

        def look() -> Mapping[str, Readiness]:
            found = briefs.read_briefs(self.context, tenants, review_day=meeting.day)
            return {brief.tenant_id: brief.readiness for brief in found}

        self.run_service(look, self._ready, group="readiness", exclusive=True)

    def _ready(self, readiness: Mapping[str, Readiness]) -> None:
        self.readiness = readiness
        self._draw_agenda()

    def on_resize(self) -> None:
        """Other widths: what a brief lacks is wrapped anew."""
        self.call_after_refresh(self._draw_agenda)

    def _draw_agenda(self) -> None:
        nominee = self._nominee
        self._show_agenda(nominee.id if nominee else None)

    def _show_agenda(self, keep: str | None) -> None:
        meeting, today = self._meeting, self.context.today()
        rows = self.query_one("#agenda", KeyList)
        rows.clear_options()
        room = rows.content_region.width - rows.scrollbar_size_vertical
        ids = [each.id for each in self._agenda]
        if meeting is not None and self._agenda:
            rows.add_options(
                [
                    Option(agenda_row(meeting, n, self.readiness.get(n.tenant_id), today, room))
                    for n in self._agenda
                ]
            )
            rows.highlighted = ids.index(keep) if keep in ids else 0
        else:
            said = muted("Nobody is nominated. ", "n", " nominates a customer.")
            if meeting is None:
                said = muted("")
            elif meeting.day < today:
                said = muted("Nobody was nominated.")
            rows.add_option(Option(said, disabled=True))
        self.query_one("#day", Static).update(day_line(meeting, today))
        hints = self.query_one("#hints", Static)
        hints.update(hint_lines(self.hints))
        hints.display = bool(self.hints)
        self._show_nominee()
        self._say_head()
        self.refresh_bindings()

    def _say_head(self) -> None:
        today = self.context.today()
        title = Content.styled("Reviews", looks.STRONG)
        coming = next((m for m in self.meetings if m.day >= today and m.nominations), None)
        said = Content("  nobody is nominated")
        if coming is not None:
            due = len(coming.to_present)
            said = Content(f"  next {long_day(coming.day.toordinal())}, {due} to present")
        self.query_one("#head", StatusLine).show([Content.assemble(title, said), title])

    # The keys.

    def why_not(self, action: str) -> str:
        """Why a key is grey."""
        if self._meeting is None:
            return "There is no meeting under the cursor."
        need = _NEEDS.get(action, "")
        if need in {"open", "past"} and self._nominee is None:
            need = "nomination"
        return _WHY_NOT.get(need, "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now is grey."""
        if not self.is_mounted or action not in _NEEDS:
            return super().check_action(action, parameters)
        meeting, nominee, today = self._meeting, self._nominee, self.context.today()
        able = {
            "meeting": meeting is not None and meeting.day >= today,
            "nomination": nominee is not None,
            "open": nominee is not None and not nominee.presented,
            "agenda": bool(self._agenda),
            "past": nominee is not None and meeting is not None and meeting.day <= today,
        }
        return True if able[_NEEDS[action]] else None

    def action_focus_meetings(self) -> None:
        """To the meetings."""
        self.query_one("#meetings", KeyList).focus()

    def action_focus_agenda(self) -> None:
        """To the agenda, where there is one."""
        if self._agenda:
            self.query_one("#agenda", KeyList).focus()

    def choose(self, place: int) -> None:
        """On to its agenda; without any, nominate."""
        if self._agenda:
            self.action_focus_agenda()
        elif self.check_action("nominate", ()):
            self.action_nominate()

    @on(OptionList.OptionSelected, "#agenda")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_brief()

    def action_brief(self) -> None:
        """The brief of the customer under the cursor, for this meeting."""
        # Deferred for start-up speed: opened from here alone.
        from ftop_tui.screens.brief import BriefScreen  # noqa: PLC0415

        if self._nominee is not None:
            self.app.push_screen(BriefScreen(self._nominee.tenant_id, self._day))

    def action_present(self) -> None:
        """The presenter's view of this meeting, from the customer under the cursor on."""
        # Deferred for start-up speed: opened from here alone.
        from ftop_tui.screens.presenter import PresenterScreen  # noqa: PLC0415

        tenants = [each.tenant_id for each in self._agenda]
        start = self.query_one("#agenda", KeyList).highlighted or 0
        self.app.push_screen(PresenterScreen(tenants, review_day=self._day, start=start))

    def action_nominate(self) -> None:
        """Choose a customer for this meeting."""
        if self._meeting is not None:
            self._nominate(self._meeting.day)

    def action_other_day(self) -> None:
        """Nominate for a day outside the rhythm (RA-15)."""
        self.app.push_screen(
            date_prompt(
                "A meeting on which day?", "Leadership may call one off the rhythm."
            ).asking("meeting"),
            lambda text: self._nominate(date.fromisoformat(text.strip())) if text else None,
        )

    def _nominate(self, day: date) -> None:
        taken = next((m.nominations for m in self.meetings if m.day == day), ())
        choose_and_nominate(
            self,
            self._portfolio,
            self.hints,
            day,
            {each.customer_id for each in taken},
            self._go_to,
        )

    def _go_to(self, day: date) -> None:
        """Show that meeting at the next look."""
        self._day = day

    def action_withdraw(self) -> None:
        """Take the nomination back, once asked; undo brings it back."""
        nominee = self._nominee
        if nominee is None:
            return
        question = Confirm(
            f"Withdraw {nominee.name}?", "What was edited of its brief goes with it; undo brings "
            "both back.", yes="Withdraw", no="Keep",
        )  # fmt: skip
        self.app.push_screen(question, lambda yes: self._withdraw(nominee) if yes else None)

    def _withdraw(self, nominee: Nomination) -> None:
        self.write(partial(reviews.withdraw, self.context, nominee.id))

    def action_move(self) -> None:
        """Ask for the other meeting's day; its edited brief goes along."""
        nominee, meeting = self._nominee, self._meeting
        if nominee is None or meeting is None:
            return
        later = next((m.day for m in self.meetings if m.day > meeting.day), None)

        def moved(text: str | None) -> None:
            if text:
                day = date.fromisoformat(text.strip())
                call = partial(reviews.move, self.context, nominee.id, day)
                write_nomination(self, call, lambda: self._go_to(day))

        value = later.isoformat() if later else ""
        dialog = date_prompt(f"Move {nominee.name} to", value=value).asking("meeting")
        self.app.push_screen(dialog, moved)

    def action_presented(self) -> None:
        """Mark as presented, or take the mark off."""
        nominee = self._nominee
        if nominee is not None:
            self.write(
                partial(reviews.mark_presented, self.context, nominee.id, not nominee.presented)
            )

    def action_export(self) -> None:
        """Ask for a file and write the briefs of this meeting to it."""
        ask_export(self, [each.tenant_id for each in self._agenda], self._day)


_NEEDS = {
    "nominate": "meeting",
    "brief": "nomination",
    "withdraw": "open",
    "move": "open",
    "presented": "past",
    "present": "agenda",
    "export": "agenda",
}
"""What each key needs to act."""

_WHY_NOT = {
    "meeting": "That meeting is past; nominate for one to come.",
    "nomination": "Nobody is on the agenda; n nominates a customer.",
    "open": "It was presented already; p takes the mark off.",
    "agenda": "Nobody is on the agenda; n nominates a customer.",
    "past": "The meeting is still to come; what was presented is marked from its day on.",
}
"""Why a key cannot act, by what it needs."""


def _said(meeting: Meeting) -> str:
    """A meeting's day and whom it is about, for words to be looked for in."""
    names = " ".join(each.name for each in meeting.nominations)
    return f"{long_day(meeting.day.toordinal())} {meeting.day.isoformat()} {names}"
