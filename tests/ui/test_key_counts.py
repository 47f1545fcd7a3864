"""How many keys each of the daily tasks takes from the list, cursor on the tenant.

What is typed as text is not counted; every other key is.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import OptionList

from ftop_tui.app import FtopApp
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.screens.home import HomeScreen
from ftop_tui.services import clipboard, reviews
from ftop_tui.services import portfolio as reading
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Workload
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.template_picker import TemplatePicker

from .forms import rows
from .seeing import press, running, settle, text


class Counted:
    """A person at the keyboard, whose keys are counted."""

    def __init__(self, app: FtopApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot, self.keys = app, pilot, 0

    async def press(self, *keys: str) -> None:
        """Press keys that count."""
        self.keys += len(keys)
        await press(self.pilot, *keys)

    async def type(self, words: str) -> None:
        """Type text, which does not count."""
        await self.pilot.press(*("space" if letter == " " else letter for letter in words))
        await settle(self.pilot)

    @property
    def screen(self) -> str:
        """What is open."""
        return type(self.app.screen).__name__


async def listed(pilot: Pilot[int]) -> None:
    """Wait until the palette lists what it found, and goes on listing the same."""
    before: list[str] = []
    for _ in range(50):
        await pilot.pause(0.2)
        options = pilot.app.screen.query_one(OptionList)
        found = [str(option.prompt) for option in options.options]
        if found and found == before:
            return
        before = found


@asynccontextmanager
async def at(context: Context, tenant_id: str) -> AsyncIterator[Counted]:
    """The list with its cursor on a tenant."""
    async with running(context) as (app, pilot):
        cast("HomeScreen", app.screen).go_to(tenant_id)
        await settle(pilot)
        yield Counted(app, pilot)


async def test_the_most_urgent_notes_form_is_open_after_one_key(portfolio: Context) -> None:
    async with at(portfolio, "t00003") as person:
        await person.press("enter")
        assert person.screen == "EnterpriseScreen"
        assert person.keys == 1


async def test_a_blocked_note_on_a_given_workload_from_a_template_with_three_slots(
    portfolio: Context,
) -> None:
    """EN-07: EXO, which is in progress until now."""
    async with at(portfolio, "t00003") as person:
        await person.press("E", "1", "f5", "f4", "2")
        await person.type("the bank feature gap")
        await person.press("tab")
        await person.type("no journaling")
        await person.press("tab")
        await person.type("legal hold")
        area = person.app.screen.query_one("#text", NoteArea)
        assert area.text == (
            "Unable to deploy because of the bank feature gap and no journaling due to legal hold."
        )
        await person.press("escape")
        assert person.screen == "HomeScreen"
        assert person.keys <= 8
    found = rows(portfolio, "SELECT tag, text FROM note WHERE kind = 'entitlement'")
    assert found[0][0] == "EXO"
    assert "Unable to deploy because of the bank feature gap" in found[0][1]
    body = rows(portfolio, "SELECT body FROM note WHERE kind = 'entitlement'")[0][0]
    assert "blocked" in body


@pytest.mark.parametrize("status", [None, *EntitlementStatus])
async def test_a_blocked_note_takes_no_more_keys_whatever_the_workloads_status_was(
    portfolio: Context, status: EntitlementStatus | None
) -> None:
    """EN-07: the lines of the other statuses stand below one's own, and bring their status."""
    with portfolio.writer().unit("test") as unit:
        row = unit.session.get(Workload, ("t00003", "EXO"))
        assert row is not None
        row.status = status.value if status else None
        unit.session.add(row)
    async with at(portfolio, "t00003") as person:
        await person.press("E", "1", "f4")
        picker = person.app.screen
        assert isinstance(picker, TemplatePicker)
        wanted = "Unable to deploy because of [primary issue]"
        place = next(n for n, t in enumerate(picker.lines) if t.line.startswith(wanted))
        await person.press("123456789abcdefghilm"[place])
        await person.type("x")
        await person.press("tab")
        await person.type("y")
        await person.press("tab")
        await person.type("z")
        await person.press("escape")
        assert person.screen == "HomeScreen"
        assert person.keys <= 8
    ((text_of, body),) = rows(portfolio, "SELECT text, body FROM note WHERE kind = 'entitlement'")
    assert "Unable to deploy because of x and y due to z." in text_of
    assert "blocked" in body


async def test_the_opening_sentence_is_copied_by_one_key(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RA-17."""
    copied: list[str] = []

    def copy(words: str) -> bool:
        copied.append(words)
        return True

    monkeypatch.setattr(clipboard, "copy_natively", copy)
    async with at(portfolio, "t00000") as person:
        await person.press("c")
        assert copied[0].startswith("Customer Fabrikam's overall health is Red")
        assert person.keys == 1


async def test_the_open_note_is_marked_as_posted_today_by_two_keys(portfolio: Context) -> None:
    async with at(portfolio, "t00003") as person:
        await person.press("l")
        await person.type("They start with mail in March.")
        person.keys = 0
        await person.press("f8", "enter")
        assert person.keys == 2
    found = rows(portfolio, "SELECT state, posted_on FROM note WHERE tenant_id = 't00003' "
                 "AND kind = 'overall'")  # fmt: skip
    assert found == [("posted", "2026-11-21")]


async def test_this_weeks_brief_is_in_a_file_after_four_keys(
    portfolio: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RA-15: the meeting that comes next, under the name that is offered."""
    monkeypatch.chdir(tmp_path)
    reviews.nominate(portfolio, "t00000", date(2026, 11, 26))
    async with at(portfolio, "t00000") as person:
        await person.press("b", "x", "enter")
        await person.pilot.pause(0.3)
        await settle(person.pilot)
        assert person.keys <= 4
    assert "Fabrikam" in (tmp_path / "brief-2026-11-26.md").read_text("utf-8")


async def test_an_event_is_flagged_by_two_keys(portfolio: Context) -> None:
    """RA-06."""
    async with at(portfolio, "t00003") as person:
        await person.press("exclamation_mark")
        await person.type("merger")
        await person.press("enter")
        assert person.keys == 2
        assert reading.find(reading.load(portfolio), "t00003").facts.event_text == "merger"


async def test_a_call_is_logged_by_three_keys(portfolio: Context) -> None:
    """OS-11: a lifecycle note of today, posted."""
    async with at(portfolio, "t00003") as person:
        await person.press("l")
        await person.type("They ask for a plan by March.")
        await person.press("f8", "enter")
        assert person.keys <= 3
    found = rows(portfolio, "SELECT state, text FROM note WHERE tenant_id = 't00003' "
                 "AND kind = 'overall'")  # fmt: skip
    assert found[0][0] == "posted"
    assert "They ask for a plan by March." in found[0][1]


@pytest.mark.parametrize(
    ("words", "screen", "shown"),
    [
        ("wingt", "HomeScreen", "Wingtip Toys"),
        ("plan", "PlanScreen", "Lucerne"),
        ("reviews", "ReviewsScreen", ""),
        ("what moved", "MovedScreen", ""),
    ],
)
async def test_any_tenant_screen_or_action_is_two_keys_and_a_few_letters_away(
    portfolio: Context, words: str, screen: str, shown: str
) -> None:
    async with at(portfolio, "t00010") as person:
        await person.press("colon")
        assert person.screen == CommandPalette.__name__
        await person.type(words)
        await listed(person.pilot)
        await person.press("enter")
        await person.pilot.pause(0.2)
        await settle(person.pilot)
        assert person.screen == screen
        assert shown in text(person.app)
        assert person.keys == 2
