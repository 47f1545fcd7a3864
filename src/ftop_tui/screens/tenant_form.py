"""A tenant and its customer by hand: change one, or add one. The opening sentence follows."""

import asyncio
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from ftop_tui.errors import FtopError, InputError, NotFoundError
from ftop_tui.playbook.opening import OpeningParts, opening_sentence, shown_name
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.roles import accountable_role, proposed_level
from ftop_tui.playbook.values import EnterpriseStatus, Health
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.tenant_fields import FIELDS, GROUPS, Field
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services import tenants
from ftop_tui.services.changes import Changes
from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.dialogs import Choice, Confirm
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.keeping import Keeping
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.tenant_text import opening_blocks
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel

_ID = Field("TenantId", "Tenant id", hint="the GUID of the tenant in Microsoft 365")
_WAYS_OUT = (
    ChoiceItem("s", "save", "Save and close"),
    ChoiceItem("d", "drop", "Close without saving"),
    ChoiceItem("b", "back", "Back to the form"),
)


class TenantForm(FtopScreen[str], Keeping[str]):
    """The columns of one tenant; without a tenant id, the form that adds one.

    Only what was changed is written. A value that cannot be held is said at its field, and all that
    was typed stays. Closes with the tenant's id when something was saved.
    """

    CSS_PATH = "tenant_form.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="tenant.save", priority=True,
                tooltip="Save what was changed"),
        Binding("escape", "leave", "Back", id="tenant.leave", tooltip="Close; asks if changed"),
        Binding("down", "app.focus_next", "Next field", id="tenant.next", show=False,
                tooltip="To the next field"),
        Binding("up", "app.focus_previous", "Previous field", id="tenant.previous", show=False,
                tooltip="To the field before"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str | None, column: str | None = None) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self._begins_at = column
        """The column that it was opened for; without one it begins with the first."""
        self.stored: Mapping[str, str] = {}
        self._gone = False
        """The values as they were when the form opened."""
        self.fields = FIELDS if tenant_id else (_ID, *FIELDS)

    def compose(self) -> ComposeResult:
        """The fields on the left, what follows from them on the right."""
        yield StatusLine(id="head")
        with Horizontal(id="parts"):
            with VerticalScroll(id="fields", can_focus=False):
                if self.tenant_id is None:
                    yield from self._row(_ID)
                    yield from self._row(_named("TenantName"))
                for title, fields in GROUPS:
                    yield Static(Content.styled(title.upper(), "bold $ftop-key"), classes="group")
                    for field in fields:
                        if self.tenant_id is not None or field.column != "TenantName":
                            yield from self._row(field)
            yield TextPanel(id="follows")
        yield KeyLine()

    def _row(self, field: Field) -> ComposeResult:
        with Vertical(classes="row", id=f"row-{field.column}"):
            with Horizontal(classes="line"):
                yield Label(Content(field.label), classes="label")
                yield Input(
                    id=f"field-{field.column}",
                    placeholder=field.shown_hint,
                    compact=True,
                    suggester=SuggestFromList(field.choices, case_sensitive=False)
                    if field.choices
                    else None,
                )
            yield Static("", classes="problem")

    def on_mount(self) -> None:
        """Read the record; a new one starts empty."""
        name = "Add a tenant by hand" if self.tenant_id is None else "Tenant"
        self._say_head(Content.styled(name, looks.STRONG))
        if self.tenant_id is None:
            self.stored = dict.fromkeys((field.column for field in self.fields), "")
            self._begin()
            return
        read = partial(tenants.current_values, self.context, self.tenant_id)
        self.run_service(read, self._fill, group="open")

    def _fill(self, values: Mapping[str, str]) -> None:
        self.stored = {
            field.column: clean_line(values.get(field.column, "")) for field in self.fields
        }
        for column, text in self.stored.items():
            self._input(column).value = text
        name = foreign_line(self.stored["TenantName"], looks.STRONG)
        ident = foreign_line(self.tenant_id or "", looks.MUTED)
        self._say_head(name + Content("  ") + ident, name)
        self._begin()

    def _begin(self) -> None:
        self._follow()
        self._input(self._begins_at or self.fields[0].column).focus()
        self.tell_opened()

    def _say_head(self, *variants: Content) -> None:
        self.query_one("#head", StatusLine).show(variants)

    def say_taken_up(self, said: str) -> None:
        """Say in the head that what was typed before stands here again."""
        head = self.query_one("#head", StatusLine)
        tail = Content.styled(f"  {said}", looks.KEY)
        self._say_head(*(variant + tail for variant in head.variants), tail)

    def _input(self, column: str) -> Input:
        return self.query_one(f"#field-{column}", Input)

    # What follows from the values

    @property
    def typed(self) -> dict[str, str]:
        """The text of every field, as it stands."""
        return {field.column: self._input(field.column).value.strip() for field in self.fields}

    @property
    def changes(self) -> dict[str, str]:
        """What differs from the record."""
        if not self.stored:
            return {}
        return {name: text for name, text in self.typed.items() if text != self.stored[name]}

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        event.stop()
        column = (event.input.id or "").removeprefix("field-")
        self._say_at(column, "")
        self._follow()

    def _follow(self) -> None:
        today, pack, typed = self.context.today(), self.context.pack, self.typed
        opening = opening_sentence(opening_parts(typed), today, pack)
        blocks = [
            Block(Content.styled("OPENING SENTENCE", "bold $ftop-key")),
            *opening_blocks(opening, pack),
            BLANK,
            *derived_blocks(typed, pack),
        ]
        self.query_one("#follows", TextPanel).show(blocks, keep_place=True)

    # Saving

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next(Input)

    def action_save(self) -> None:
        """Write what was changed, then close."""
        if not self.changes:
            self.say("Nothing is changed.")
            return
        self.run_service(self._write(), self._saved, group=WRITING)

    def _write(self) -> "partial[Changes]":
        """The call that writes what was changed; made on the screen's thread, run on another."""
        changes = self.changes
        if self.tenant_id is not None:
            return partial(tenants.edit, self.context, self.tenant_id, changes)
        given = {name: text for name, text in changes.items() if text}
        tenant_id, name = given.pop("TenantId", ""), given.pop("TenantName", "")
        for column, value in (("TenantId", tenant_id), ("TenantName", name)):
            if not value:
                return partial(_missing, column)
        return partial(tenants.add, self.context, tenant_id, name, given)

    def _saved(self, changes: Changes) -> None:
        self.announce(changes)
        tenant = next(iter(changes.tenants), self.tenant_id)
        self.dismiss(tenant)

    def failed(self, error: Exception) -> None:
        """A value that cannot be held is said at its field; anything else as everywhere."""
        if self._said_at_fields(error):
            self.say("Not saved: see the marked fields.")
        elif isinstance(error, NotFoundError) and self.stored:
            self._gone = True
            super().failed(NotFoundError(self._told_gone()))
        else:
            super().failed(error)

    def _told_gone(self) -> str:
        """That the tenant is no longer in the store, so that nothing can be saved for it."""
        name = clean_line(self.stored["TenantName"]) or "The tenant"
        return f"{name} was deleted by another program, so this cannot be saved."

    def _said_at_fields(self, error: Exception) -> bool:
        """Mark the fields whose values cannot be held; whether there were any."""
        faults = list(error.details or (error.message,)) if isinstance(error, InputError) else []
        first: str | None = None
        for fault in faults:
            column, _, reason = fault.partition(": ")
            if any(field.column == column for field in self.fields):
                self._say_at(column, reason)
                first = first or column
        if first is not None:
            self._input(first).focus()
        return first is not None

    def _say_at(self, column: str, problem: str) -> None:
        row = self.query_one(f"#row-{column}")
        row.set_class(bool(problem), "-wrong")
        row.query_one(".problem", Static).update(foreign(problem))

    # Leaving

    def action_leave(self) -> None:
        """Close; where something is changed, ask what is to become of it."""
        changes = self.changes
        if not changes:
            self.dismiss(None)
            return
        if self._gone:
            question = Confirm("Leave without saving?", self._told_gone(), yes="Leave", no="Stay",
                               danger=True)  # fmt: skip
            self.app.push_screen(question, self._leave_unsaved)
            return
        noun = "1 field is" if len(changes) == 1 else f"{len(changes)} fields are"
        self.app.push_screen(Choice("Save the changes?", _WAYS_OUT, f"{noun} changed."), self._way)

    def _leave_unsaved(self, sure: bool | None) -> None:
        if sure:
            self.announce(Changes(rank=True))  # the list has not heard yet that the tenant is gone
            self.dismiss(None)

    def _way(self, way: str | None) -> None:
        if way == "save":
            self.action_save()
        elif way == "drop":
            self.dismiss(None)

    async def save_now(self) -> None:
        """The app ends: write what was changed.

        Raises:
            FtopError: it cannot be held as it is.
        """
        if self.changes:
            try:
                changes = await asyncio.to_thread(self._write())
            except FtopError as error:  # said by whoever ends the app; a dialog would be in the way
                self._said_at_fields(error)
                raise
            self.stored = {**self.stored, **self.typed}
            self.tell_taken()
            self.announce(changes)


def _named(column: str) -> Field:
    return next(field for field in FIELDS if field.column == column)


def _missing(column: str) -> Changes:
    raise InputError(f"{column}: needed to add a tenant")


def opening_parts(typed: Mapping[str, str]) -> OpeningParts:
    """The parts of the opening sentence that the fields give; what cannot be read is unknown."""
    return OpeningParts(
        name=shown_name(typed["BrandName"], typed["CustomerName"], typed["TenantName"]),
        overall_health=Health.read(typed["Health"]),
        group_1=Health.read(typed["Group1Health"]),
        group_2=Health.read(typed["Group2Health"]),
        group_3=Health.read(typed["Group3Health"]),
        forecast_health=Health.read(typed["ForecastHealth"]),
        forecast_month=_month(typed["ForecastMonth"]),
    )


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None


def _number(text: str) -> int | None:
    plain = text.replace(",", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None


def derived_blocks(typed: Mapping[str, str], pack: Pack) -> list[Block]:
    """What follows from the fields: who is accountable, and the flag's level (ES-01, RA-12)."""
    role = accountable_role(_number(typed["SRank"]), pack)
    proposed = proposed_level(_number(typed["Users"]), pack)
    level = _number(typed["EnterpriseLevel"].lower().removeprefix("level"))
    lines = [
        ("Accountable", f"{role.word} by rank" if role else "none derived from the rank", "ES-01"),
        ("Flag level", f"Level {proposed} by users" if proposed else "unknown: no users", "RA-12"),
    ]
    blocks = [Block(Content.styled("FOLLOWS FROM THE FIELDS", "bold $ftop-key"))]
    for name, text, rule in lines:
        tail = Content.styled(f" {rule}", looks.MUTED)
        blocks.append(Block(Content(text) + tail, 13, Content.styled(name, looks.MUTED)))
    if proposed and level and proposed != level:
        said = f"The flag says Level {level}, the user count asks for Level {proposed}."
        blocks.append(Block(Content.styled(said, looks.MISSING), 13))
    health, status = looks.health(typed["Health"]), looks.enterprise(typed["EnterpriseStatus"])
    both = Content.assemble(health.full, "  by usage;  ", status.full, "  is the owner's judgement")
    blocks += [
        BLANK,
        Block(Content.styled("HEALTH IS NOT ENTERPRISE STATUS", "bold $ftop-key")),
        Block(both + Content.styled(" ES-08", looks.MUTED)),
    ]
    meaning = EnterpriseStatus.read(typed["EnterpriseStatus"])
    if meaning:
        blocks.append(Block(Content(pack.enterprise.status[meaning]), 2))
    return blocks
