"""A tour through every screen and dialog, over the demo's customers, hostile or not.

Each stop is a way of keys from the home screen, with the cursor on one customer.
"""

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from itertools import count
from pkgutil import iter_modules
from typing import Any, NamedTuple, cast

from textual.pilot import Pilot
from textual.screen import Screen

from ftop_tui import screens, widgets
from ftop_tui.app import FtopApp
from ftop_tui.errors import ConflictError, StoreError
from ftop_tui.progress import Work
from ftop_tui.screens.conflict import ConflictDialog
from ftop_tui.screens.home import HomeScreen
from ftop_tui.services.context import Context
from ftop_tui.store import facts
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.dialogs import Choice, Confirm, ErrorDialog, Prompt, TextDialog
from ftop_tui.widgets.working import Working
from house import by_hand
from ui.conftest import HOSTILE
from ui.seeing import press, settle


class Stop(NamedTuple):
    """A screen by its class, the TPID of the customer under the cursor, and the keys."""

    screen: str
    tpid: str
    keys: tuple[str, ...]
    make: Callable[[], Screen[Any]] | None = None
    """A dialog that only trouble opens is made by hand."""


FABRIKAM, LITWARE = "610000", "610008"
_H0, _H1, _H3 = HOSTILE[0], HOSTILE[1], HOSTILE[3]


def _stops() -> Iterator[Stop]:
    f, p = FABRIKAM, LITWARE
    yield Stop("HomeScreen", f, ())
    yield Stop("HomeScreen", f, ("slash", "left_square_bracket", "slash", "right_square_bracket"))
    yield Stop("CommandPalette", f, ("colon", "left_square_bracket", "slash"))
    yield Stop("HelpScreen", f, ("question_mark",))
    yield Stop("MovedScreen", f, ("m",))
    yield Stop("Prompt", f, ("m", "d"))
    yield Stop("Choice", f, ("r",))
    yield Stop("Choice", f, ("d",))
    yield Stop("Prompt", f, ("exclamation_mark",))
    yield Stop("TenantForm", f, ("t",))
    yield Stop("TenantForm", f, ("a",))
    yield Stop("ImportScreen", f, ("i",))
    yield Stop("PasteScreen", f, ("v",))
    yield Stop("SearchScreen", f, ("f", "x"))
    yield Stop("GlanceScreen", f, ("y",))
    yield from (
        Stop("EntitlementScreen", f, ("e",)),
        Stop("TemplatePicker", f, ("e", "f4")),
        Stop("PostingDialog", f, ("e", "f8")),
        Stop("WalkScreen", f, ("e", "f7")),
        Stop("EnterpriseScreen", f, ("s",)),
        Stop("PasteDialog", f, ("s", "f3")),
        Stop("ExecSummaryScreen", f, ("x",)),
        Stop("OverallScreen", f, ("l",)),
        Stop("HistoryScreen", f, ("h", "s")),
        Stop("BriefScreen", f, ("d", "b")),
        Stop("PresenterScreen", f, ("d", "b", "P")),
        Stop("PlanScreen", f, ("d", "p")),
        Stop("StepDialog", f, ("d", "p", "a")),
        Stop("EscalationsScreen", f, ("d", "e")),
        Stop("EscalationForm", f, ("d", "e", "n")),
        Stop("EntryForm", f, ("d", "e", "p")),
        Stop("ResolveForm", f, ("d", "e", "x")),
        Stop("ContactsScreen", f, ("d", "c")),
        Stop("ContactForm", f, ("d", "c", "n")),
        Stop("ForecastsScreen", f, ("d", "f")),
        Stop("EditForm", f, ("d", "f", "e")),
        Stop("PartnersScreen", p, ("d", "r")),
        Stop("InputForm", p, ("d", "r", "i")),
        Stop("ExportScreen", f, ("d", "x")),
        Stop("ReviewsScreen", f, ("b",)),
        Stop("CustomerChoice", f, ("b", "n")),
        Stop("WeekScreen", f, ("w",)),
        Stop("SnoozeDialog", f, ("w", "z")),
    )
    error = StoreError(_H1, details=HOSTILE)
    clash = ConflictError(_H3, details=HOSTILE)
    items = [ChoiceItem("x", "x", name, name) for name in HOSTILE]
    yield from (
        Stop("ErrorDialog", f, (), lambda: ErrorDialog(error)),
        Stop("TextDialog", f, (), lambda: TextDialog(_H3, _H1, details=HOSTILE)),
        Stop("ConflictDialog", f, (), lambda: ConflictDialog(clash, "\n".join(HOSTILE))),
        Stop("Working", f, (), lambda: Working(_H3, Work(), unseen=False)),
        Stop("Confirm", f, (), lambda: Confirm(_H1, _H3, yes=_H0, no=_H1, details=HOSTILE)),
        Stop("Prompt", f, (), lambda: Prompt(_H1, _H3, value=_H0, placeholder=_H1, ok=_H0)),
        Stop("Choice", f, (), lambda: Choice(_H1, items, _H3)),
    )


STOPS = tuple(_stops())


def every_screen() -> set[str]:
    """The name of each screen and dialog that there is; what others are built on is none."""
    for package in (screens, widgets):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    return {
        kind.__name__
        for kind in _kinds(Screen)
        if kind.__module__.startswith("ftop_tui.") and not kind.__subclasses__()
    }


def _kinds(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


async def go(app: FtopApp, pilot: Pilot[int], stop: Stop, before: Stop | None = None) -> None:
    """Open a stop's screen: from that of the stop before where it leads on, else from home."""
    keys = stop.keys
    if before and before.keys and not before.make and _leads_on(before, stop):
        keys = stop.keys[len(before.keys) :]
    else:
        await back(app, pilot)
        home = cast("HomeScreen", app.screen)
        ranked = next(r for r in home.portfolio.ranked if r.facts.tpid == stop.tpid)
        home.go_to(ranked.facts.tenant_id)
        if stop.make is not None:
            app.push_screen(stop.make())
            await settle(pilot)
    await press(pilot, *keys)
    if stop.screen == "CommandPalette":
        await pilot.pause(0.1)  # its providers answer in their own time
    assert type(app.screen).__name__ == stop.screen, (stop, app.screen)


def _leads_on(before: Stop, stop: Stop) -> bool:
    return before.tpid == stop.tpid and stop.keys[: len(before.keys)] == before.keys


async def back(app: FtopApp, pilot: Pilot[int]) -> None:
    """Leave everything, as it is, for the home screen."""
    while len(app.screen_stack) > 1:
        app.pop_screen()
    app.clear_notifications()
    home = cast("HomeScreen", app.screen)
    home.action_clear()
    await settle(pilot)


@asynccontextmanager
async def touring(context: Context, size: tuple[int, int]) -> AsyncIterator[Any]:
    """The app on a context, with a way to hold each stop against what must be true there."""
    app = FtopApp(context, preload=False)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield app, pilot


# The store, written by hand


_OURS = re.compile(
    r"(^|_)(id|tpid|kind|state|tag|sort|section|source|part|step|what|month|day|at|on|until|undone"
    r"|verb|year|merge_key|version_num|name_key)$|^(created|updated|posted)_at$"
)
_VOCABULARY = {
    ("customer", "health"), ("customer", "group_1"), ("customer", "group_2"),
    ("customer", "group_3"), ("customer", "forecast_health"), ("customer", "status"),
    ("customer", "priority"), ("customer", "phase"), ("customer", "stricter_why"),
    ("workload", "status"), ("activity", "phase"),
}  # fmt: skip
_DERIVED = {"tenant_facts", "facts_history", "step", "alembic_version"}


def text_columns(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Each table with each of its columns that hold somebody's words."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if table in _DERIVED or table.startswith(("sqlite_", "note_search")):
            continue
        for _, column, sort, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            ours = _OURS.search(column) or (table, column) in _VOCABULARY
            if sort == "VARCHAR" and not ours:
                yield table, column


def poison(context: Context) -> None:
    """Write a hostile text into every text column of every row, and draw the facts anew."""
    turn = count()

    def bad(value: object) -> object:
        return HOSTILE[next(turn) % len(HOSTILE)] if isinstance(value, str) else value

    with by_hand(context.store) as connection:
        for table, column in text_columns(connection):
            rows = connection.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()  # noqa: S608
            for row, value in rows:
                if column in {"body", "ignored"}:
                    told: object = json.dumps(_deep(json.loads(value), bad)) if value else None
                elif (table, column) == ("partner", "name"):
                    told = f"{bad('')} {row}"  # no two have one name
                else:
                    told = bad(value or "")
                connection.execute(
                    f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?',  # noqa: S608
                    (told, row),
                )
    with context.writer().looking() as session:
        ids = [row[0] for row in session.connection().exec_driver_sql("SELECT id FROM customer")]
        facts.refresh(session, ids, context.today())


_BODY_OURS = {
    "status", "reason", "objectives", "author_role", "blocker_kind", "l2", "l3", "engagement",
    "deployment",
}  # fmt: skip


def _deep(value: object, bad: Callable[[object], object], name: str = "") -> object:
    """The same document with every text but codes and dates made hostile."""
    if isinstance(value, dict):
        return {key: _deep(inner, bad, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_deep(inner, bad, name) for inner in value]
    if name in _BODY_OURS or (isinstance(value, str) and re.match(r"\d{4}-\d\d", value)):
        return value
    return bad(value)
