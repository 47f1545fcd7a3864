"""This week: all that is due by day, over all customers, to be worked through by keyboard alone."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.days import fiscal_quarter, long_day
from ftop_tui.playbook.plan import Activity, Suggestion
from ftop_tui.playbook.week import Item, Sort, Week, late_plans
from ftop_tui.screens import ways
from ftop_tui.screens.asking_days import HINT, SnoozeDialog, Until, ask_day, read_when
from ftop_tui.screens.list_screen import SAY_WHO, ListScreen, filter_key, muted
from ftop_tui.screens.planning_next import ask_next
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.screens.week_answers import OPENS, TEXTS, key_words
from ftop_tui.services import week as weekly
from ftop_tui.services.changes import Changes
from ftop_tui.services.plan_reading import next_steps
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Prompt
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.week_list import WeekList
from ftop_tui.widgets.week_load import WeekLoad
from ftop_tui.widgets.week_rows import only, said_of, week_rows

_AHEAD = (7, 14, 30)
_STEPS = frozenset({Sort.STEP, Sort.AWARENESS})
_WHY_NOT = {
    "wake": "It is not asleep: only what was snoozed can be woken.",
    "toggle_mine": SAY_WHO,
    "widen": "That is as far as This week looks: 7 days to the end of the quarter.",
}
"""Why a key cannot act, by its action."""


class WeekScreen(ListScreen[None]):
    """Overdue first, then day by day; each item done, moved or snoozed by one key."""

    CSS_PATH = "week.tcss"
    AUTO_FOCUS = "#items"
    LIST = "#items"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", "Done", id="week.done",
                tooltip="Record as done: the line below says what that means"),
        Binding("m", "move", "Move", id="week.move",
                tooltip="Have it done on another day; a clock gets a planned day and goes on"),
        Binding("z", "snooze", "Snooze", id="week.snooze",
                tooltip="Hide it from This week until a day, with a reason"),
        Binding("w", "wake", "Wake", id="week.wake", show=False,
                tooltip="Show it again, or forget its snooze"),
        Binding("s", "toggle_snoozed", "Snoozed", id="week.snoozed",
                tooltip="Show what is snoozed, or what is due"),
        Binding("plus,equals_sign", "widen(1)", "Days", id="week.widen", key_display="+",
                tooltip="Look further ahead: 14 days, 30, to the end of the quarter"),
        Binding("minus", "widen(-1)", "Fewer", id="week.narrow", key_display="-", show=False,
                tooltip="Look less far ahead"),
        Binding("o", "toggle_mine", "Mine/all", id="week.mine", show=False,
                tooltip="Show only my own customers, or all"),
        Binding("p", "plan", "Plan", id="week.plan", show=False,
                tooltip="Open the plan of the customer"),
        *undo_keys("week"),
        filter_key("week"),
        Binding("question_mark", "app.help", "Help", id="week.help", key_display="?",
                tooltip="What the keys do"),
        Binding("escape,q", "leave", "Back", id="week.leave", key_display="esc",
                tooltip="Take the marks off, or go back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.days = weekly.USUAL
        self.only_mine = False
        self.snoozed = False
        self.week: Week | None = None
        self._next: Mapping[str, Activity] = {}

    def compose(self) -> ComposeResult:
        """Head, items, what can be done with one, notes a day, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        yield WeekList(id="items")
        yield Static("", id="about")
        yield WeekLoad(id="load")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin as the settings say."""
        self.only_mine = self.context.settings.starts_mine
        self.days = self.context.settings.week_days

    @property
    def items(self) -> WeekList:
        """The rows."""
        return self.query_one("#items", WeekList)

    def read(self) -> None:
        """Look up what is due, and what comes next on the plans."""
        context, days, mine = self.context, self.days, self.only_mine

        def look() -> tuple[Week, Mapping[str, Activity]]:
            return weekly.week(context, days=days, mine=mine), next_steps(context)

        self.run_service(look, self._show, group="week", exclusive=True)

    def _show(self, found: tuple[Week, Mapping[str, Activity]]) -> None:
        self.week, self._next = found
        self.query_one("#load", WeekLoad).show(self.week.load)
        self.sift()

    def sift(self) -> None:
        """Show what is due, or snoozed, as far as it fits the filter."""
        if self.week is None:
            return
        shown = only(self.week, lambda items: self.fitting(items, said_of), snoozed=self.snoozed)
        self.items.empty = self.nothing(self._nothing_due())
        self.items.show(week_rows(shown, snoozed=self.snoozed), self.week.today)
        self._say()

    def _nothing_due(self) -> Content:
        if self.snoozed:
            return muted("Nothing is snoozed. ", self.key_of("week.snoozed"), " shows what is due.")
        if not self.context.store.exists():
            return muted("There is no tenant yet. ", "esc", " goes to the list, where i imports.")
        more = f"; {self.key_of('week.mine')} shows all customers" if self.only_mine else ""
        said = f"Nothing is due within {self.days} days. "
        return muted(said, self.key_of("week.widen"), f" looks further ahead{more}.")

    def walk(self, step: int) -> None:
        """Move the cursor while one types."""
        self.items.action_move(step)

    @on(WeekList.Highlighted)
    def _highlighted(self, event: WeekList.Highlighted) -> None:
        event.stop()
        self._say()

    def on_resize(self) -> None:
        """Another width: other words."""
        self._say()

    def _say(self) -> None:
        if self.week is None:
            return
        self._say_head(self.week)
        self.query_one("#about", Static).update(self._about())
        self.refresh_bindings()

    def _say_head(self, week: Week) -> None:
        today, year = week.today.toordinal(), self.context.pack.year
        quarter = fiscal_quarter(today, label=year.label, first_month=year.first_month)
        title = Content.styled("This week", looks.STRONG)
        when = f"  {long_day(today)} · {quarter}  next {self.days} days"
        count = len(week.items)
        parts = [f"  {count} item{'' if count == 1 else 's'}"]
        parts += [f"{len(week.overdue)} overdue"] if week.overdue else []
        parts += [f"{len(week.snoozed)} snoozed"] if week.snoozed else []
        whose = "mine" if self.only_mine else "all customers"
        counted = ", ".join(parts)
        marked = len(self.items.marked)
        marks = Content.styled(f"  {marked} marked", looks.KEY) if marked else Content("")
        self.query_one("#head", StatusLine).show(
            [
                Content.assemble(title, when, counted, marks),
                Content.assemble(title, f"  {self.days} days", counted, marks),
                Content.assemble(title, marks),
            ],
            Content.styled(f"{whose} ", looks.MUTED),
        )

    def _about(self) -> Content:
        """What the keys mean for the row under the cursor, and what is known of it."""
        item = self.items.current
        if item is None:
            return Content("")
        keys = key_words(item.sort, self.size.width - 2, asleep=item.until is not None)
        return Content.assemble(keys, "\n", foreign_line(self._known(item), looks.MUTED))

    def _known(self, item: Item) -> str:
        said = [item.customer or item.name]
        if item.due is not None:
            said.append(f"due {item.due.isoformat()}")
        if item.planned is not None:
            late = ", after it is due" if item.plan_is_late else ""
            said.append(f"planned for {item.planned.isoformat()}{late}")
        if item.woken is not None:
            said.append(f"woken: {item.woken}")
        if item.until is not None:
            said.append(f"snoozed until {item.until.isoformat()}: {item.reason}")
        step = self._next.get(item.customer_id)
        if step is not None:
            by = f" by {step.due_on.isoformat()}" if step.due_on else ""
            said.append(f"next on the plan: {step.title}{by}")
        return " · ".join(said)

    # What can be done

    def why_not(self, action: str) -> str:
        """Why a key is grey: there is no item, or no setting that it needs."""
        return _WHY_NOT.get(action, "There is no item to do that with.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that has nothing to act on is greyed out."""
        if not self.is_mounted or self.week is None:
            return True
        chosen = self.items.chosen
        if action in {"done", "move", "snooze", "plan"} and not chosen:
            return None
        if action == "wake":
            asleep = any(item.until or item.woken is not None for item in chosen)
            return True if asleep else None
        if action == "toggle_mine" and not self.context.settings.me:
            return None
        if action == "widen":
            return True if self._wider(int(str(parameters[0]))) != self.days else None
        return True

    def _change(self, call: Callable[[], Changes], then: Callable[[], object] = bool) -> None:
        def after(changes: Changes) -> None:
            self.items.clear_marks()
            then()

        self.write(call, after)

    def action_done(self) -> None:
        """Record the chosen items as done; one step of a plan asks for the next (RA-04)."""
        chosen = self.items.chosen
        then: Callable[[], object] = bool
        if len(chosen) == 1 and chosen[0].sort in _STEPS:
            then = partial(self._ask_next, chosen[0])
        self._change(partial(weekly.done, self.context, chosen), then)

    def _ask_next(self, item: Item) -> None:
        from ftop_tui.services import plans  # noqa: PLC0415 - deferred for start-up speed

        key = item.ref or item.sort.key

        def ask(suggestion: Suggestion | None) -> None:
            ask_next(self, item.customer_id, suggestion)

        self.run_service(partial(plans.following, self.context, item.customer_id, key), ask)

    def action_move(self) -> None:
        """Ask for the day on which the chosen items are to be done."""
        chosen, today = self.items.chosen, self.context.today()
        first = chosen[0].planned or chosen[0].due or today
        warned = late_plans(chosen, max(today, first))
        message = f"{self._few(chosen)}\nWrite it as {HINT}."
        if warned:
            message += "\nWhat is overdue stays so: a planned day moves no clock."
        dialog = ask_day("Do it on which day?", message, today, value=max(first, today).isoformat())
        dialog.asking("move")

        def moved(text: str | None) -> None:
            day = read_when(text, today) if text else None
            if day is not None:
                self._change(partial(weekly.move, self.context, chosen, day))

        self.app.push_screen(dialog, moved)

    def action_snooze(self) -> None:
        """Ask until when the chosen items are hidden, and why."""
        chosen = self.items.chosen
        dialog = SnoozeDialog("Snooze until when?", self.context.today(), self._few(chosen))

        def snoozed(until: Until | None) -> None:
            if until is not None:
                from ftop_tui.services.snoozes import snooze  # noqa: PLC0415 - deferred: the ORM

                self._change(partial(snooze, self.context, chosen, until.day, until.reason))

        self.app.push_screen(dialog, snoozed)

    def action_wake(self) -> None:
        """Show the chosen items again."""
        from ftop_tui.services.snoozes import wake  # noqa: PLC0415 - deferred: the ORM

        asleep = [item for item in self.items.chosen if item.until or item.woken is not None]
        self._change(partial(wake, self.context, asleep))

    @staticmethod
    def _few(chosen: Sequence[Item]) -> str:
        """The chosen items in a few lines."""
        shown = [f"{item.name}: {item.sort.word}" for item in chosen[:5]]
        more = [f"and {len(chosen) - 5} more"] if len(chosen) > 5 else []
        return "\n".join([*shown, *more])

    @on(WeekList.Chosen)
    def _chosen(self, event: WeekList.Chosen) -> None:
        event.stop()
        item = event.item
        if item.sort in TEXTS:
            self._ask_text(item)
        else:
            OPENS[item.sort](self.app, item.tenant_id)

    def _ask_text(self, item: Item) -> None:
        """Customer Progress and Perspective are written in FTOP; here is kept what was said."""
        dialog = Prompt(
            f"{item.sort.word} of {item.name}", "What you wrote in FTOP; may be empty.", ok="Record"
        ).asking(item.sort.key)

        def record(text: str) -> Changes:
            from ftop_tui.services import records  # noqa: PLC0415 - deferred: the ORM

            return records.record(self.context, item.tenant_id, item.sort.key, text=text)

        def answered(text: str | None) -> None:
            if text is not None:
                self._change(partial(record, text))

        self.app.push_screen(dialog, answered)

    # What is shown

    def _ladder(self) -> list[int]:
        quarter = weekly.days_to_quarter_end(self.context.today())
        return sorted({*_AHEAD, quarter, self.days} - {0})

    def _wider(self, by: int) -> int:
        ladder = self._ladder()
        place = ladder.index(self.days) + by
        return ladder[max(0, min(len(ladder) - 1, place))]

    def action_widen(self, by: int) -> None:
        """Look further ahead, or less far: 7, 14, 30 days, or to the quarter's end."""
        self.days = self._wider(by)
        self.house.keep("week_days", self.days)
        self.read()

    def action_toggle_mine(self) -> None:
        """Only my customers, or all."""
        self.only_mine = not self.only_mine
        self.house.keep("mine", self.only_mine)
        self.read()

    def action_toggle_snoozed(self) -> None:
        """What is snoozed, or what is due."""
        self.snoozed = not self.snoozed
        self.items.marked.clear()
        self.read()

    def action_plan(self) -> None:
        """The plan of the customer under the cursor."""
        if self.items.current is not None:
            ways.plan(self.app, self.items.current.tenant_id)

    def action_leave(self) -> None:
        """Take the marks off, then the filter; without any go back."""
        if self.items.marked:
            self.items.clear_marks()
        else:
            super().action_leave()
