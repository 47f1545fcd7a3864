"""A customer's plan by lifecycle phase: steps once and recurring, and the year's priorities.

RA-02 to RA-04. Completing a step asks for the next one; a milestone of usage that was crossed since
the last planning stands on top and asks as well.
"""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.plan import (
    AWARENESS,
    Crossed,
    Line,
    Plan,
    PriorityLink,
    State,
    after_crossing,
)
from ftop_tui.screens import ways
from ftop_tui.screens.asking_days import HINT, read_when
from ftop_tui.screens.list_screen import ListScreen, filter_key, muted
from ftop_tui.screens.planning_next import ask_next
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services.changes import Changes
from ftop_tui.services.plan_reading import of_tenant
from ftop_tui.services.plan_terms import plan_terms
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Prompt
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.plan_list import PlanList, entries, said_of, standing
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel


class PlanScreen(ListScreen[None]):
    """The steps left, what is known of one right; a line on top for each milestone crossed."""

    CSS_PATH = "plan.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = "#steps"
    LIST = "#steps"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", "Done", id="plan.done",
                tooltip="Complete the step; what comes next is asked for"),
        Binding("a", "add", "Add", id="plan.add", tooltip="Put a step of your own on the plan"),
        Binding("m", "move", "Date", id="plan.move", tooltip="Give the step a due date, or none"),
        Binding("l", "link", "Link", id="plan.link",
                tooltip="Link awareness to the priority under the cursor; empty takes it off"),
        Binding("x", "drop", "Drop", id="plan.drop",
                tooltip="Take the step off the plan, or the link off the priority"),
        Binding("n", "crossed", "Milestone", id="plan.crossed",
                tooltip="Plan what comes after the milestone that was crossed"),
        Binding("i", "ignore", "Ignore", id="plan.ignore", show=False,
                tooltip="The milestone that was crossed asks for no further step"),
        Binding("c", "contacts", "Contacts", id="plan.contacts", show=False,
                tooltip="The customer's contacts"),
        *undo_keys("plan"),
        filter_key("plan"),
        Binding("question_mark", "app.help", "Help", id="plan.help", key_display="?",
                tooltip="What the keys do"),
        Binding("escape,q", "leave", "Back", id="plan.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.plan: Plan | None = None

    def compose(self) -> ComposeResult:
        """Head, milestones crossed, steps and what is known of one, keys."""
        yield StatusLine(id="head")
        yield Static("", id="notice")
        yield FilterLine()
        with Container(id="body"):
            yield PlanList(id="steps")
            yield TextPanel(id="about")
        yield KeyLine()

    def read(self) -> None:
        """Look the plan up; with a write a clock may have moved, or a step."""
        look = partial(of_tenant, self.context, self.tenant_id)
        self.run_service(look, self._show, group="plan", exclusive=True)

    @property
    def steps(self) -> PlanList:
        """The rows."""
        return self.query_one("#steps", PlanList)

    @property
    def line(self) -> Line | None:
        """The step under the cursor."""
        entry = self.steps.entry
        return entry if isinstance(entry, Line) else None

    @property
    def priority(self) -> PriorityLink | None:
        """The priority under the cursor."""
        entry = self.steps.entry
        return entry if isinstance(entry, PriorityLink) else None

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self._say_head(plan)
        self._say_crossed(plan)
        self.sift()

    def sift(self) -> None:
        """Show the steps and priorities that fit the filter."""
        if self.plan is None:
            return
        today = self.context.today()
        shown = self.fitting(entries(self.plan), lambda entry: said_of(entry, today))
        self.steps.empty = self.nothing(muted("The plan is empty. ", "a", " adds a step."))
        self.steps.show_plan(self.plan, today, shown)
        self.follow()

    def _say_head(self, plan: Plan) -> None:
        title = Content.styled("Plan", looks.STRONG)
        name = foreign_line(plan.name)
        phase = plan.phase.word if plan.phase else "no phase set"
        done = sum(line.state is State.DONE for line in plan.lines)
        steps = sum(line.state is not State.CLOCK for line in plan.lines)
        right = Content.styled(f"~ a clock says when   {plan.year} ", looks.MUTED)
        self.query_one("#head", StatusLine).show(
            [
                Content.assemble(title, "  ", name, f"  {phase}  {done} of {steps} steps done"),
                Content.assemble(title, "  ", name),
                title,
            ],
            right,
        )

    def _say_crossed(self, plan: Plan) -> None:
        """The milestones crossed since the last planning (RA-04)."""
        self.set_class(bool(plan.crossed), "-notice")
        rows = [
            Content.assemble(foreign_line(each.tenant_name), ": ", each.crossing.sentence)
            for each in plan.crossed[:2]
        ]
        more = f"  {len(plan.crossed) - 2} more" if len(plan.crossed) > 2 else ""
        keys = Content.assemble(
            Content.styled("n", looks.KEY), " plans what comes next · ",
            Content.styled("i", looks.KEY), f" asks for nothing{more}",
        )  # fmt: skip
        self.query_one("#notice", Static).update(Content("\n").join([*rows, keys]))

    def follow(self) -> None:
        """Show what is known of the step under the cursor."""
        self.query_one("#about", TextPanel).show(self._page())
        self.refresh_bindings()

    def _page(self) -> list[Block]:
        link, line = self.priority, self.line
        if link is not None:
            none = muted("Nothing is linked; ", "l", " links it.")
            said = foreign(link.text) if link.text else none
            return [Block(foreign_line(link.priority, looks.STRONG)), BLANK, Block(said)]
        if line is None:
            return []
        blocks = [
            Block(foreign_line(line.title, looks.STRONG)),
            Block(muted(f"{line.rule} · {line.phase.word} · {_HOW_OFTEN[line.every]}")),
            Block(foreign_line(standing(line, self.context.today())[0])),
        ]
        if line.state is State.DONE and line.due_on is not None:
            blocks.append(Block(Content(f"to be refreshed by {line.due_on.isoformat()}")))
        if line.state is State.CLOCK:
            blocks.append(Block(muted("Its clock says when. Record it, or use This week.")))
        return [*blocks, BLANK, Block(foreign(line.text))] if line.text else blocks

    # What can be done

    def why_not(self, action: str) -> str:
        """Why a key is grey: it needs another row, or a milestone that was crossed."""
        if action in {"crossed", "ignore"}:
            return "No milestone was crossed since the last planning."
        if action == "link":
            return "Only a priority is linked: they stand at the end of the list."
        if action == "drop":
            return "The playbook's own steps stay; only what was planned or linked is dropped."
        if self.line is not None and self.line.state is State.CLOCK:
            return "A clock says when: record it from the list with r, or in This week."
        if self.line is not None:
            return "The step is done already."
        return "Go to a step first."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that has nothing to act on is greyed out."""
        if not self.is_mounted or self.plan is None:
            return True
        line, link = self.line, self.priority
        able = {
            "done": (line is not None and line.state is State.OPEN) or _is_awareness(line),
            "move": line is not None and line.state is State.OPEN,
            "drop": bool((line and line.activity_id) or (link and link.text)),
            "link": link is not None,
            "crossed": bool(self.plan.crossed),
            "ignore": bool(self.plan.crossed),
        }
        return True if able.get(action, True) else None

    def choose(self, place: int) -> None:
        """Enter: a priority is linked, a step completed."""
        if self.priority is not None:
            self.action_link()
        elif self.check_action("done", ()):
            self.action_done()

    def action_done(self) -> None:
        """Complete the step under the cursor; awareness is asked for its text (RA-02)."""
        line = self.line
        if line is None:
            return
        if not _is_awareness(line):
            self._complete(line, "")
            return
        dialog = Prompt(
            line.title, "What the owner has to know of this customer; may be empty.",
            value=" ".join(line.text.split()), ok="Documented",
        ).asking("awareness")  # fmt: skip
        self.app.push_screen(
            dialog, lambda text: self._complete(line, text) if text is not None else None
        )

    def _complete(self, line: Line, text: str) -> None:
        from ftop_tui.services import plans  # noqa: PLC0415 - deferred for start-up speed: the ORM

        customer_id = self._customer

        def completed(done: plans.Completed) -> None:
            self.announce(done.changes)
            for warning in done.warnings:
                self.say(f"{warning[:1].upper()}{warning[1:]}.")
            why = f"{line.title} is done"
            ask_next(self, customer_id, done.suggestion, why=why)

        self.run_service(
            partial(plans.complete, self.context, customer_id, line.key, text=text),
            completed,
            group=WRITING,
        )

    @property
    def _customer(self) -> str:
        return self.plan.customer_id if self.plan else ""

    def action_add(self) -> None:
        """Ask for a step of one's own."""
        ask_next(self, self._customer, None, why="A step of your own")

    def action_crossed(self) -> None:
        """Plan what comes after the first milestone that was crossed (RA-04)."""
        crossed = self._first_crossed()
        if crossed is not None:
            suggestion = after_crossing(crossed, plan_terms(self.context))
            why = crossed.crossing.sentence
            ask_next(self, self._customer, suggestion, why=why, answers=crossed)

    def action_ignore(self) -> None:
        """The first milestone that was crossed asks for no further step."""
        crossed = self._first_crossed()
        if crossed is not None:
            from ftop_tui.services import plans  # noqa: PLC0415 - deferred: the ORM

            self.write(partial(plans.answer, self.context, self._customer, crossed))

    def _first_crossed(self) -> Crossed | None:
        return self.plan.crossed[0] if self.plan and self.plan.crossed else None

    def action_move(self) -> None:
        """Ask for the step's due date."""
        line, today = self.line, self.context.today()
        if line is None:
            return

        def check(text: str) -> str | None:
            if not text.strip() or read_when(text, today) is not None:
                return None
            return f"Write the day as {HINT}; empty for none."

        def moved(text: str | None) -> None:
            if text is not None:
                from ftop_tui.services import plans  # noqa: PLC0415 - deferred: the ORM

                day = read_when(text, today) if text.strip() else None
                self.write(partial(plans.move, self.context, self._customer, line.key, day))

        value = line.due_on.isoformat() if line.due_on else "+14"
        dialog = Prompt("Due on which day?", line.title, value=value, placeholder=HINT, check=check)
        self.app.push_screen(dialog, moved)

    def action_link(self) -> None:
        """Ask for the awareness that bears on the priority under the cursor (RA-03)."""
        link = self.priority
        if link is not None:
            dialog = Prompt(
                f"Awareness for: {link.priority}", "Empty takes the link off.", value=link.text
            ).asking("priority")
            keep = partial(self._link, link.priority)
            self.app.push_screen(dialog, lambda text: keep(text) if text is not None else None)

    def _link(self, priority: str, text: str) -> None:
        from ftop_tui.services import plans  # noqa: PLC0415 - deferred: the ORM

        self.write(partial(plans.link_priority, self.context, self._customer, priority, text))

    def action_drop(self) -> None:
        """Take the step off the plan, or the link off the priority."""
        from ftop_tui.services import plans  # noqa: PLC0415 - deferred: the ORM

        call: Callable[[], Changes]
        if self.priority is not None:
            priority = self.priority.priority
            call = partial(plans.link_priority, self.context, self._customer, priority, "")
        elif self.line is not None:
            call = partial(plans.drop, self.context, self._customer, self.line.key)
        else:
            return
        self.write(call)

    def action_contacts(self) -> None:
        """The contacts of the customer."""
        ways.contacts(self.app, self.tenant_id)


_HOW_OFTEN = {
    "once": "once",
    "refresh": "refreshed from time to time",
    "year": "each fiscal year",
    "clock": "recurring",
}


def _is_awareness(line: Line | None) -> bool:
    return line is not None and line.key == AWARENESS
