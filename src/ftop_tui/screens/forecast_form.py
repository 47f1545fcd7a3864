"""The forms around forecasts: usage by quarter end, milestones, and the forecast of the colour.

Each is one small form that saves by itself: what is refused is said in the form, and all that was
typed stays.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import Worker

from ftop_tui.errors import FtopError
from ftop_tui.playbook.days import month_text
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.forecasts import in_force, problems
from ftop_tui.playbook.milestones import order_problem
from ftop_tui.playbook.usage import whole
from ftop_tui.playbook.values import Health
from ftop_tui.screens.base import House
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services import forecasts, milestones, portfolio, tenants
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.forecasts import TenantForecasts, WorkloadForecast
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Asking, Confirm, date_problem
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.tenant_text import opening_content

Typed = Mapping[str, str]
"""What stands in the lines of a form, by the name of each."""


class Line(NamedTuple):
    """One line of a form: its name, its words, what stands in it, what could."""

    name: str
    words: str
    value: str = ""
    hint: str = ""


class Said(NamedTuple):
    """What follows from what is typed: a problem that keeps it from being saved, and a remark."""

    problem: str = ""
    remark: Content = Content("")


class EditForm(Asking[Changes]):
    """Lines to type into; `judge` looks at each key, `save` keeps it and hands back what changed.

    Escape closes at once where nothing was typed, else asks to be pressed again.
    """

    DEFAULT_CSS = """
    EditForm .line { height: 1; }
    EditForm .line > .words { width: 18; height: 1; color: $text-muted; }
    EditForm .line > NoteLine { width: 1fr; }
    EditForm NoteLine:focus { background: $primary $cursor-share; }
    EditForm .remark { height: auto; margin-top: 1; }
    EditForm .keys { height: 1; margin-top: 1; color: $ftop-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", id="edit.save", priority=True, key_display="ctrl+s",
                tooltip="Save what is typed"),
        Binding("escape", "leave", "Close", id="edit.leave", tooltip="Close, change nothing"),
        Binding("down", "app.focus_next", "Next line", id="edit.next", show=False,
                tooltip="To the next line"),
        Binding("up", "app.focus_previous", "Line before", id="edit.before", show=False,
                tooltip="To the line before"),
    ]  # fmt: skip

    def __init__(
        self,
        title: str,
        message: str,
        rows: Sequence[Line],
        judge: Callable[[Typed], Said],
        save: Callable[[Typed, bool], Changes],
        *,
        question: str = "",
    ) -> None:
        super().__init__(title, message)
        self.rows = tuple(rows)
        self.judge = judge
        self.save = save
        self.question = question
        """Asked before the first saving; a yes is handed to `save`."""
        self._warned = False
        self._saving = False

    def compose_answer(self) -> ComposeResult:
        """The lines, what follows from them, the keys."""
        for row in self.rows:
            with Horizontal(classes="line"):
                yield Static(foreign_line(row.words), classes="words")
                yield NoteLine(row.value, placeholder=row.hint, id=row.name)
        yield Static("", classes="remark")
        yield Static("", classes="problem")
        keys = "enter next, then save   ctrl+s save   esc close"
        yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.query_one(NoteLine).focus()
        self._look()

    @property
    def subject(self) -> tuple[str, ...]:
        """The form by its title; the message tells numbers, which change."""
        return (self.heading,)

    @property
    def typed(self) -> Typed:
        """What stands in the lines."""
        return {row.name: self.query_one(f"#{row.name}", NoteLine).value.strip()
                for row in self.rows}  # fmt: skip

    @property
    def changed(self) -> bool:
        """Whether something else stands there than at first."""
        return any(self.typed[row.name] != clean_line(row.value) for row in self.rows)

    def edited(self) -> None:
        """Judge it anew."""
        self._warned = False
        self._look()

    def _look(self) -> Said:
        said = self.judge(self.typed)
        self.query_one(".remark", Static).update(said.remark)
        self.complain(said.problem)
        return said

    def entered(self, line: Input) -> None:
        """On to the next line; from the last it is saved."""
        if line.id == self.rows[-1].name:
            self.accept()
        else:
            self.focus_next(NoteLine)

    def action_save(self) -> None:
        """Save by key."""
        self.accept()

    def accept(self) -> None:
        """Save, unless something keeps it from being saved; that is said."""
        if self._saving or self._look().problem:
            return
        if self.question:
            question = f"{self.question[:1].upper()}{self.question[1:]}"
            self.app.push_screen(Confirm("First the guidance", question), self._answered)
        else:
            self._save(read=False)

    def _answered(self, read: bool | None) -> None:
        if read:
            self._save(read=True)
        else:
            self.complain("Not saved: read the guidance first, then save again.")

    def _save(self, *, read: bool) -> None:
        self._saving = True
        _: Worker[None] = self.run_worker(
            partial(self._keep, read=read), group=WRITING, exit_on_error=False
        )

    async def _keep(self, *, read: bool) -> None:
        try:
            self.dismiss(await asyncio.to_thread(self.save, self.typed, read))
        except FtopError as error:
            self.complain("; ".join(error.details or (error.message,)))
        except Exception as error:  # the app says it in one line, as for every screen
            house: House = self.app  # type: ignore[assignment]
            house.fail(error)
        finally:
            self._saving = False

    def action_leave(self) -> None:
        """Close; where something was typed, only at the second press."""
        if self.changed and not self._warned:
            self._warned = True
            self.complain("Press escape again to close without saving.")
        else:
            self.dismiss(None)


# ---------------------------------------------------------------- usage by quarter end


def usage_form(context: Context, found: TenantForecasts, workload: WorkloadForecast) -> EditForm:
    """The forecasts of a workload for the coming quarter ends (RA-07)."""
    tag, paid = workload.tag, workload.paid_units
    now = {month: each for (_, month), each in in_force(workload.forecasts).items()}
    rows = [
        Line(
            f"{month:m%Y%m}",
            month_text(month),
            f"{now[month].active_users}" if month in now else "",
            "active users expected",
        )
        for month in found.quarters
    ]
    units = f"{paid:,} paid units" if paid is not None else "paid units unknown"
    today = context.today()

    def judge(typed: Typed) -> Said:
        values, wrong = _users(typed, found.quarters, tag)
        wrong = wrong or [*problems(values, {tag: paid}, today)]
        shares = [
            f"{month_text(month)} {whole(100 * users / paid)}"
            for (_, month), users in values.items()
            if paid
        ]
        return Said("\n".join(wrong), Content.styled("   ".join(shares), looks.MUTED))

    def save(typed: Typed, read: bool) -> Changes:
        values, _ = _users(typed, found.quarters, tag)
        return forecasts.save(context, found.tenant_id, values, guidance_read=read)

    return EditForm(
        f"Forecast of {tag}, {found.name}",
        f"{units}. Those saved earlier are kept, for judging.",
        rows,
        judge,
        save,
        question=forecasts.GUIDANCE_QUESTION if found.guidance_needed else "",
    )


def _users(
    typed: Typed, months: Sequence[date], tag: str
) -> tuple[dict[tuple[str, date], int], list[str]]:
    """The numbers that are typed, and what is no number."""
    values, wrong = {}, []
    for month in months:
        text = typed[f"{month:m%Y%m}"].replace(",", "").replace(" ", "")
        if text and not (text.isascii() and text.isdigit()):
            wrong.append(f"{month_text(month)}: {text!r} is no number of users")
        elif text:
            values[tag, month] = int(text)
    return values, wrong


# ---------------------------------------------------------------- milestones


def milestone_form(
    context: Context, found: TenantForecasts, workload: WorkloadForecast
) -> EditForm:
    """When each milestone of a workload is due, and who says so (RA-04, FR-08)."""
    tag, percents = workload.tag, context.pack.thresholds.milestones
    known = {each.percent: each for each in workload.milestones}
    rows = [
        Line(
            f"p{percent}",
            f"{percent}% due on",
            day.isoformat() if (day := known[percent].due_on if percent in known else None) else "",
            "YYYY-MM-DD; empty: no date",
        )
        for percent in percents
    ]
    whose = next((each.given_by for each in known.values() if each.given_by), "") or ""
    hint = f"who gave it, such as the PoC of {workload.partner}" if workload.partner else "who"
    rows.append(Line("by", "given by", whose, hint))

    def judge(typed: Typed) -> Said:
        for percent in percents:
            wrong = date_problem(typed[f"p{percent}"], needed=False)
            if wrong:
                return Said(f"{percent}%: {wrong}")
        return Said(order_problem(_dates(typed, percents)) or "", _projected(workload))

    def save(typed: Typed, _: bool) -> Changes:
        dates = _dates(typed, percents)
        by = clean_line(typed["by"])
        return milestones.set_dates(context, found.tenant_id, tag, dates, given_by=by)

    form = EditForm(f"Milestones of {tag}, {found.name}", "", rows, judge, save)
    return form.asking("milestones")


def _dates(typed: Typed, percents: Sequence[int]) -> dict[int, date | None]:
    texts = {percent: typed[f"p{percent}"] for percent in percents}
    return {percent: date.fromisoformat(text) if text else None for percent, text in texts.items()}


def _projected(workload: WorkloadForecast) -> Content:
    lines = [f"{one.percent}%: {one.sentence}" for one in workload.projections]
    return foreign("By the history:\n" + "\n".join(lines), looks.MUTED)


# ---------------------------------------------------------------- the colour


def colour_form(context: Context, facts: TenantFacts) -> EditForm:
    """The forecast of the colour: the owner's word, with the opening sentence (RA-17)."""
    today, pack = context.today(), context.pack
    rows = (
        Line("colour", "Forecast colour", facts.forecast_health or "",
             " / ".join(each.value for each in Health)),
        Line("month", "by the end of", (facts.forecast_month or "")[:7], "YYYY-MM"),
    )  # fmt: skip

    def judge(typed: Typed) -> Said:
        colour, month = Health.read(typed["colour"]), _month(typed["month"])
        wrong = ""
        if typed["colour"] and colour is None:
            wrong = f"{typed['colour']!r} is no colour; there are {', '.join(Health)}."
        elif typed["month"] and month is None:
            wrong = f"{typed['month']!r} is no month; write it as 2027-06."
        meant = facts._replace(
            forecast_health=colour.value if colour else None,
            forecast_month=month.isoformat() if month else None,
        )
        return Said(wrong, opening_content(portfolio.opening_of(meant, today, pack), pack))

    def save(typed: Typed, _: bool) -> Changes:
        values = {"ForecastHealth": clean(typed["colour"]), "ForecastMonth": typed["month"]}
        return tenants.edit(context, facts.tenant_id, values)

    said = "Your own word; it is never computed."
    form = EditForm(f"Forecast of the colour, {facts.name}", said, rows, judge, save)
    return form.asking("colour")


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
