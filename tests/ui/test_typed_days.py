"""A day that cannot be read is a text as any other: kept as it is typed, and offered again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Static

from ftop_tui.playbook.notes import OverallBody, field_names, with_fields
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.overall import OverallScreen
from ftop_tui.screens.typed_days import WRITE_IT
from ftop_tui.services import notes
from ftop_tui.services.checking import warnings_before_posting
from ftop_tui.services.context import Context
from ftop_tui.widgets.note_line import NoteLine

from .forms import FormApp, settle

Form = tuple[Callable[[], Screen[Any]], NoteKind, str | None, str, str]
FORMS: dict[str, Form] = {
    "enterprise": (
        partial(EnterpriseScreen, "t00000"), NoteKind.ENTERPRISE, None, "next_update", "limit",
    ),
    "entitlement": (
        partial(EntitlementScreen, "t00000", "TEAMS"),
        NoteKind.ENTITLEMENT, "TEAMS", "due_date", "missing",
    ),
    "overall": (
        partial(OverallScreen, "t00000"), NoteKind.OVERALL, None, "action_date", "day-problem",
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("typed", ["2026-12-05t5", "27.11.2026"])
async def test_a_day_that_is_none_stands_there_again(
    portfolio: Context, form: str, typed: str
) -> None:
    make, kind, tag, field, told = FORMS[form]
    await _type(portfolio, make, field, typed)
    app = FormApp(portfolio, make)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = app.screen.query_one(f"#{field}", NoteLine)
        assert line.value == typed
        assert WRITE_IT in str(app.screen.query_one(f"#{told}", Static).render())
        draft = notes.open_draft(portfolio, kind, "t00000", tag)
        assert any(typed in said for said in warnings_before_posting(portfolio, draft))
        line.value = "2026-12-05"
        await settle(pilot)
        assert WRITE_IT not in str(app.screen.query_one(f"#{told}", Static).render())
        await pilot.press("escape")
        await settle(pilot)
    body: Any = notes.open_draft(portfolio, kind, "t00000", tag).body
    assert (getattr(body, field).isoformat(), body.unread) == ("2026-12-05", "")


async def test_what_is_no_day_is_harmless_when_it_stands_there_again(portfolio: Context) -> None:
    draft = notes.open_draft(portfolio, NoteKind.OVERALL, "t00000")
    hostile = OverallBody(unread="a\x1b[31mb\u202ec")
    notes.save_draft(portfolio, draft.with_body(hostile))
    app = FormApp(portfolio, FORMS["overall"][0])
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        value = app.screen.query_one("#action_date", NoteLine).value
        assert value
        assert value.isprintable()


def test_a_day_given_by_name_takes_its_place(portfolio: Context) -> None:
    pack, body = portfolio.pack, OverallBody(unread="27.11.2026")
    day = date(2026, 11, 27)
    assert with_fields(body, [("action-date", "2026-11-27")], pack) == OverallBody(action_date=day)
    assert with_fields(body, [("text", "a")], pack) == replace(body, text="a")
    assert all("unread" not in field_names(kind, pack) for kind in NoteKind)


async def _type(context: Context, make: Callable[[], Screen[Any]], field: str, text: str) -> None:
    """Type a text into a field of a form, and leave it."""
    app = FormApp(context, make)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = app.screen.query_one(f"#{field}", NoteLine)
        line.value = ""
        line.focus()
        await pilot.press(*text)
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
