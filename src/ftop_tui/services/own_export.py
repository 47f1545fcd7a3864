"""The portfolio for ourselves: tables that import again as unchanged, or one document; pure.

Health and Enterprise status are two fields wherever they stand (ES-08).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from ftop_tui.exchange.cells import ERRORS
from ftop_tui.exchange.export_tables import LONGEST_CELL, OutTable, parts, too_long
from ftop_tui.exchange.portfolio import PORTFOLIO
from ftop_tui.exchange.tables import Cell, shown
from ftop_tui.exchange.workloads import WORKLOADS
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.playbook.stored import json_of
from ftop_tui.playbook.usage import OwnFigures
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, Health, Phase, Priority
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.services.importing.tenants import CLOCK_COLUMNS, CUSTOMER_COLUMNS, TENANT_COLUMNS
from ftop_tui.store.exports import Row

Made = TypeVar("Made")

_TOLD_EVERY = 100

MOST_NOTE = 50_000
"""Characters of a note that import takes."""

_READ: Mapping[str, Callable[[str], Any]] = {
    "health": Health.read,
    "group_1": Health.read,
    "group_2": Health.read,
    "group_3": Health.read,
    "forecast_health": Health.read,
    "status": EnterpriseStatus.read,
    "priority": Priority.read,
    "phase": Phase.read,
}
_YES_NO = frozenset({"winner_marked", "assigned", "telemetry_blocked"})
_NOTE_HEADER = (
    "NoteId", "Kind", "Tenant", "Name", "Tag", "State", "PostedOn", "UpdatedAt", "Source",
    "Anyway", "Text",
)  # fmt: skip


@dataclass
class Whole:
    """The rows of the tables that an export is made of."""

    rows: Mapping[str, list[Row]]

    def winners(self) -> dict[str, str]:
        """The winner tenant of each customer (ES-02)."""
        found: dict[str, list[WinnerCandidate]] = defaultdict(list)
        for row in self.rows["tenant"]:
            found[row["customer_id"]].append(
                WinnerCandidate(row["id"], bool(row["winner_marked"]), row["users"])
            )
        return {customer: winner_of(members) for customer, members in found.items()}

    def last_days(self) -> dict[tuple[str, str], date]:
        """The latest day of each customer's clock, posted notes counted, as import sees it."""
        found: dict[tuple[str, str], date] = {}
        days = [(r["customer_id"], r["kind"], r["day"]) for r in self.rows["record"]]
        days += [
            (n["customer_id"], n["kind"], n["posted_on"])
            for n in self.rows["note"]
            if n["kind"] == "enterprise" and n["state"] == "posted"
        ]
        for customer, kind, day in days:
            if day is not None:
                found[customer, kind] = max(day, found.get((customer, kind), day))
        return found

    def posted_texts(self) -> dict[tuple[str, str], str]:
        """The latest posted entitlement text of each workload; rows come in posting order."""
        return {
            (note["tenant_id"], note["tag"]): note["text"]
            for note in self.rows["note"]
            if note["kind"] == "entitlement" and note["state"] == "posted"
        }


def tables_of(
    whole: Whole,
    pack: Pack,
    today: date,
    *,
    for_excel: bool = False,
    progress: Progress = unheard,
) -> tuple[list[OutTable], list[str]]:
    """Portfolio, workloads and notes as tables, and what could not be put into them."""
    warnings: list[str] = []
    names = {row["id"]: row["name"] for row in whole.rows["tenant"]}
    tables = [
        OutTable(
            PORTFOLIO.name,
            tuple(column.name for column in PORTFOLIO.columns),
            list(_told(_portfolio(whole, today, warnings), whole, "tenant", progress, 0.0, 0.2)),
            frozenset({"ForecastMonth"}),
        ),
        OutTable(
            WORKLOADS.name,
            tuple(column.name for column in WORKLOADS.columns),
            list(
                _told(
                    _workloads(whole, pack, names, warnings, for_excel=for_excel),
                    whole,
                    "workload",
                    progress,
                    0.2,
                    0.8,
                )
            ),
        ),
        _notes(whole, names, for_excel=for_excel, progress=progress),
    ]
    return tables, warnings


def _told(
    rows: Iterable[Made], whole: Whole, table: str, progress: Progress, first: float, last: float
) -> Iterator[Made]:
    """Rows made of those of a table; how many there are is told as a part of the whole."""
    return counted(rows, len(whole.rows[table]), between(progress, first, last), _TOLD_EVERY)


def _portfolio(whole: Whole, today: date, warnings: list[str]) -> Iterator[list[Cell]]:
    """A row a tenant; the customer's columns stand on its winner's row alone, as import reads."""
    winners, last = whole.winners(), whole.last_days()
    customers = {row["id"]: row for row in whole.rows["customer"]}
    for tenant in whole.rows["tenant"]:
        customer = customers[tenant["customer_id"]]
        values: dict[str, Cell] = {"TenantId": tenant["id"], "TPID": customer["tpid"]}
        for stored, head in TENANT_COLUMNS.values():
            values[head] = _yes_no(stored, tenant[stored])
        if winners[customer["id"]] == tenant["id"]:
            for stored, head in CUSTOMER_COLUMNS.values():
                values[head] = _known(stored, head, customer, tenant["name"], warnings)
            for kind, head in CLOCK_COLUMNS.values():
                day = last.get((customer["id"], kind))
                if day is not None and day > today:
                    warnings.append(f"{shown(tenant['name'])}: {head} {day} lies ahead: left out")
                    day = None
                values[head] = day
        yield [values.get(column.name) for column in PORTFOLIO.columns]


def _yes_no(stored: str, value: Any) -> Cell:
    if stored in _YES_NO:
        return None if value is None else bool(value)
    kept: Cell = value
    return kept


def _known(stored: str, head: str, row: Row, name: str, warnings: list[str]) -> Cell:
    """A value in its words; one that this version does not know is left out and told of."""
    value: Cell = row[stored]
    read = _READ.get(stored)
    if read is None or value is None:
        return value
    found = read(str(value))
    if found is None:
        warnings.append(f"{shown(name)}: {head} {shown(value)} is not known: left out")
        return None
    word: str = found.word
    return word


def _workloads(
    whole: Whole, pack: Pack, names: Mapping[str, str], warnings: list[str], *, for_excel: bool
) -> Iterator[list[Cell]]:
    posted = whole.posted_texts()
    order = {tenant_id: place for place, tenant_id in enumerate(names)}
    rows = sorted(
        whole.rows["workload"],
        key=lambda row: (order[row["tenant_id"]], pack.tag_order.get(row["tag"], len(order))),
    )
    for row in rows:
        name = names[row["tenant_id"]]
        if row["tag"] not in pack.tag_order:
            warnings.append(f"{shown(name)}: the workload {shown(row['tag'])} is not known")
            continue
        status = EntitlementStatus.read(row["status"] or "")
        if status is None and row["status"]:
            warnings.append(
                f"{shown(name)}: {row['tag']}: the status {shown(row['status'])} is not known"
            )
        note = posted.get((row["tenant_id"], row["tag"]))
        place = f"{shown(name)}: the note on {row['tag']}"
        yield [
            row["tenant_id"], row["tag"], status.word if status else None, row["primary_rm"],
            row["paid_units"], row["active_users"],
            _note_cell(note, place, warnings, for_excel=for_excel),
            row["due_date"], row["intent"], row["business_reason"], row["success_owner"],
        ]  # fmt: skip


def _note_cell(text: str | None, place: str, warnings: list[str], *, for_excel: bool) -> str | None:
    """The text where the column can hold it and import would take it; else it is told of."""
    if text is None:
        return None
    where = "; the notes hold it"
    if len(text) > MOST_NOTE:
        warnings.append(f"{place} has more than {MOST_NOTE:,} characters: left out{where}")
        return None
    if for_excel and too_long(text):
        warnings.append(
            f"{place} has more than the {LONGEST_CELL:,} characters of a cell: left out of "
            "workloads; the sheet notes holds it in parts"
        )
        return None
    if text.strip().upper() in ERRORS:
        warnings.append(f"{place} reads like an error of Excel: left out{where}")
        return None
    return text


def _notes(
    whole: Whole, names: Mapping[str, str], *, for_excel: bool, progress: Progress
) -> OutTable:
    """Every note and draft, for reading; a text that no cell holds goes on in the next column."""
    rows: list[list[Cell]] = []
    for note in _told(whole.rows["note"], whole, "note", progress, 0.8, 1.0):
        head: list[Cell] = [
            note["id"], note["kind"], note["tenant_id"], names.get(note["tenant_id"]), note["tag"],
            note["state"], note["posted_on"], note["updated_at"], note["source"], note["anyway"],
        ]  # fmt: skip
        rows.append([*head, *(parts(note["text"]) if for_excel else [note["text"]])])
    width = max((len(row) for row in rows), default=len(_NOTE_HEADER))
    more = tuple(f"Text{n}" for n in range(2, width - len(_NOTE_HEADER) + 2))
    filled = [row + [None] * (width - len(row)) for row in rows]
    return OutTable("notes", (*_NOTE_HEADER, *more), filled)


def document(whole: Whole, today: date, progress: Progress = unheard) -> Mapping[str, Any]:
    """Everything as one document: tenants, workloads with their months, notes, records."""
    winners = whole.winners()
    customers = {row["id"]: row for row in whole.rows["customer"]}
    usage: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _told(whole.rows["usage"], whole, "usage", progress, 0.0, 0.4):
        usage[row["tenant_id"], row["tag"]].append(_without(row, "tenant_id", "tag"))
    return {
        "made_on": today,
        "audience": "internal",
        "tenants": [
            _tenant(row, customers[row["customer_id"]], winners) for row in whole.rows["tenant"]
        ],
        "workloads": [
            {**row, "usage": usage[row["tenant_id"], row["tag"]]}
            for row in _told(whole.rows["workload"], whole, "workload", progress, 0.4, 0.6)
        ],
        "notes": [
            {**_without(row, "version", *OwnFigures._fields), "body": _body(row["body"]),
             "ignored": _body(row["ignored"])}
            for row in _told(whole.rows["note"], whole, "note", progress, 0.6, 1.0)
        ],
        "records": list(whole.rows["record"]),
    }  # fmt: skip


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _body(text: str | None) -> Any:
    return json_of(text, text) if text else None


def _tenant(tenant: Row, customer: Row, winners: Mapping[str, str]) -> Row:
    """A tenant with its customer's columns, named as `list` names them where it has them."""
    own = {name: _yes_no(name, value) for name, value in tenant.items()}
    theirs = _without(customer, "id", "name", "status", "created_on")
    return {
        "tenant_id": own.pop("id"),
        "name": own.pop("name"),
        "customer": customer["name"],
        "winner": winners[tenant["customer_id"]] == tenant["id"],
        **theirs,
        "enterprise_status": customer["status"],
        **own,
    }
