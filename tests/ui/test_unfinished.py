"""What is typed into a dialog and not yet taken is kept, and offered when it opens again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from ftop_tui.app import FtopApp
from ftop_tui.playbook.escalations import Escalation
from ftop_tui.screens import unfinished as keeper
from ftop_tui.screens.asking_days import SnoozeDialog
from ftop_tui.screens.contact_form import ContactForm, contact_offers
from ftop_tui.screens.escalation_form import EntryForm, EscalationForm, Offers, ResolveForm
from ftop_tui.screens.forecast_form import colour_form
from ftop_tui.screens.partner_forms import InputForm
from ftop_tui.screens.pasting import PasteDialog
from ftop_tui.screens.planning_next import StepDialog
from ftop_tui.screens.posting import PostingDialog
from ftop_tui.services import forgetting, portfolio, unfinished
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Dialog, Prompt
from house import by_hand

from .conftest import HOSTILE, TODAY
from .seeing import running, settle, text

TENANT = "t00000"
MAIL = Escalation(
    id="e-t00007", customer_id="c00007", tenant_id="t00007", tenant_name="Contoso", title="Mail",
    tag=None, partner=None, psm=None, raised_by=None, internal=False, raised_on=TODAY,
    resolved_on=None, resolution=None,
)  # fmt: skip

Make = Callable[[Context], Dialog[Any]]


def _prompt(_: Context) -> Prompt:
    return Prompt("What happened?", "An update is due.")


DIALOGS: dict[str, Make] = {
    "prompt": _prompt,
    "snooze": lambda c: SnoozeDialog("Snooze?", c.today(), "Contoso: a note"),
    "step": lambda c: StepDialog("Next", c.today(), "Because.", step="Call", due="+14"),
    "paste": lambda c: PasteDialog(c.pack, c.today(), c.today()),
    "input": lambda c: InputForm("Wide World Importers", c.today()),
    "posting": lambda c: PostingDialog("Contoso, EXO", c.today(), lambda _: ()),
    "colour": lambda c: colour_form(c, portfolio.load(c).ranked[0].facts),
    "escalation": lambda c: EscalationForm(TENANT, Offers(), c.today()),
    "entry": lambda c: EntryForm(c, MAIL, "heard", Offers()),
    "resolve": lambda c: ResolveForm(MAIL, c.today()),
    "contact": lambda c: ContactForm(TENANT, contact_offers(c)),
}


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "QUIET_SECONDS", 0.02)
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0.05)


def kept(context: Context) -> list[tuple[str, str]]:
    """What the store keeps of dialogs."""
    with by_hand(context.store) as connection:
        query = "SELECT name, value FROM meta WHERE name LIKE 'unfinished:%'"
        return connection.execute(query).fetchall()


async def until(holds: Callable[[], object]) -> None:
    for _ in range(300):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


@asynccontextmanager
async def asked(
    context: Context, make: Make = _prompt
) -> AsyncIterator[tuple[FtopApp, Pilot[int], Dialog[Any]]]:
    """The app with a dialog open; on leaving it is dropped as it stands, as by a kill."""
    async with running(context) as (app, pilot):
        dialog = make(context)
        app.push_screen(dialog)
        await settle(pilot)
        yield app, pilot, dialog


async def drop(app: FtopApp) -> None:
    """Take a dialog away as a kill does, neither answered nor called off."""
    app.unfinished._open.clear()
    await app.pop_screen()


async def typed(context: Context, make: Make = _prompt, *keys: str) -> dict[str, str]:
    """Type into a dialog until it is kept, and drop the app; what stood in the dialog."""
    async with asked(context, make) as (_, pilot, dialog):
        await pilot.press(*(keys or tuple("Zyzzyva")))
        await until(lambda: kept(context))
        return dialog.typed_texts


async def counted(context: Context, number: int) -> None:
    """Wait until so many dialogs' texts are kept."""
    await until(lambda: len(kept(context)) == number)


async def test_every_dialog_takes_up_what_was_typed_when_the_app_was_dropped(
    portfolio: Context,
) -> None:
    before = {}
    async with running(portfolio) as (app, pilot):
        for number, (name, make) in enumerate(DIALOGS.items(), start=1):
            dialog = make(portfolio)
            await app.push_screen(dialog)
            await pilot.press(*"Zy")
            await counted(portfolio, number)
            before[name] = dialog.typed_texts
            assert "Zy" in "".join(before[name].values())
            await drop(app)
    async with running(portfolio) as (app, pilot):
        for left, (name, make) in enumerate(DIALOGS.items(), start=1):
            dialog = make(portfolio)
            await app.push_screen(dialog)
            assert dialog.typed_texts == before[name], name
            await pilot.pause()
            assert "taken up again from " in text(app), name
            await pilot.press("escape")
            await pilot.pause()
            if dialog.is_attached:  # it asks first
                await pilot.press("y" if app.screen is not dialog else "escape")
            await counted(portfolio, len(DIALOGS) - left)
            again = make(portfolio)
            await app.push_screen(again)
            assert "Zy" not in "".join(again.typed_texts.values())
            assert "taken up" not in text(app)
            await drop(app)


async def test_what_enter_took_is_kept_no_longer(portfolio: Context) -> None:
    await typed(portfolio)
    async with asked(portfolio) as (app, pilot, dialog):
        await pilot.press("enter")
        again = _prompt(portfolio)
        await app.push_screen(again)  # at once, before the store has heard of the answer
        assert again.typed_texts == {"line": ""}
        await until(lambda: not kept(portfolio))
        assert not dialog.is_attached


async def test_what_is_answered_is_kept_until_the_answer_is_written(portfolio: Context) -> None:
    await typed(portfolio)
    go_on = asyncio.Event()
    async with asked(portfolio) as (app, pilot, _):
        app.run_worker(go_on.wait(), group="write")
        app.screen.dismiss("Zyzzyva")
        await asyncio.sleep(0.2)
        assert kept(portfolio)
        go_on.set()
        await until(lambda: not kept(portfolio))
        await settle(pilot)


async def test_another_tenant_and_another_question_are_offered_nothing(
    portfolio: Context,
) -> None:
    await typed(portfolio)
    async with running(portfolio) as (app, pilot):
        for make, key in ((_prompt, "down"), (lambda _: Prompt("Another?"), "up")):
            await pilot.press(key)
            await settle(pilot)
            dialog = make(portfolio)
            await app.push_screen(dialog)
            assert dialog.typed_texts == {"line": ""}
            await pilot.press("escape")
            await settle(pilot)
    assert kept(portfolio)


async def test_only_what_was_typed_is_put_back_beside_newer_values(portfolio: Context) -> None:
    def step(due: str) -> Make:
        return lambda c: StepDialog("Next", c.today(), "Because.", step="Call", due=due)

    await typed(portfolio, step("+14"), *"Zyzzyva")
    async with asked(portfolio, step("+30")) as (_, _pilot, dialog):
        assert dialog.typed_texts == {"title": "Zyzzyva", "due": "+30"}


async def test_what_was_typed_back_to_the_beginning_is_kept_no_longer(portfolio: Context) -> None:
    async with asked(portfolio) as (_, pilot, _dialog):
        await pilot.press("a")
        await until(lambda: kept(portfolio))
        await pilot.press("backspace")
        await until(lambda: not kept(portfolio))


async def test_while_keys_go_on_it_is_never_far_behind(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "QUIET_SECONDS", 0.4)
    monkeypatch.setattr(keeper, "BEHIND_SECONDS", 0.5)
    async with asked(portfolio) as (_, pilot, _dialog):
        for _ in range(300):
            await pilot.press("x")
            if kept(portfolio):
                break
    assert kept(portfolio)


@pytest.mark.parametrize("how", ["signal", "error", "quit"])
async def test_every_ending_keeps_the_last_key(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(keeper, "QUIET_SECONDS", 60)
    with pytest.raises(KeyError) if how == "error" else nullcontext():
        async with asked(portfolio, DIALOGS["escalation"]) as (app, pilot, _):
            await pilot.press("a", "b")
            assert not kept(portfolio)
            if how == "signal":
                app.leave(143)
            elif how == "quit":
                await pilot.press("ctrl+q")
            else:
                app.call_later(_break)
            await until(lambda: not app.is_running)
    assert '"title": "ab"' in kept(portfolio)[0][1]
    with by_hand(portfolio.store) as connection:  # and nothing half-typed became a record
        assert connection.execute("SELECT count(*) FROM escalation").fetchone() == (1,)


def _break() -> None:
    raise KeyError


async def test_hostile_text_comes_back_harmless(portfolio: Context) -> None:
    make = DIALOGS["input"]
    async with asked(portfolio, make) as (app, _, dialog):
        place = app.unfinished._place(dialog)
        await drop(app)
        for bad in HOSTILE:
            fields = {"text": bad + "\ud800", "source": bad, "nothing": "x"}
            unfinished.keep(portfolio, place, fields)
            again = make(portfolio)
            await app.push_screen(again)
            assert "taken up again" in text(app)
            area = again.query_one(TextArea).text
            line = again.query_one("#source", Input).value
            assert area
            assert "\n" not in line
            assert not set("\x1b\x00\u202e\ud800\x9b") & set(area + line)
            await drop(app)


async def test_what_cannot_be_read_is_as_if_it_were_not_there(portfolio: Context) -> None:
    async with asked(portfolio) as (app, _, dialog):
        place = app.unfinished._place(dialog)
        await drop(app)
        unfinished.keep(portfolio, place, {"line": "Zyzzyva"})
        assert unfinished.find(portfolio, place)
        for value in (
            "",
            "{",
            "[]",
            '{"at": 1, "fields": 2}',
            '{"fields": {}}',
            '{"at": "x", "fields": {}}',
        ):
            with by_hand(portfolio.store) as connection:
                connection.execute(
                    "UPDATE meta SET value = ? WHERE name LIKE 'unfinished:%'", (value,)
                )
            again = _prompt(portfolio)
            await app.push_screen(again)
            assert again.typed_texts == {"line": ""}
            assert "taken up" not in text(app)
            await drop(app)


async def test_a_store_that_is_locked_is_no_trouble_and_it_is_kept_after(
    portfolio: Context,
) -> None:
    other = sqlite3.connect(portfolio.store, isolation_level=None)
    async with asked(portfolio) as (app, pilot, _):
        with portfolio.writer().looking() as session:
            session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        await pilot.press("a")
        await asyncio.sleep(0.3)
        await pilot.press("b")
        assert not app._notifications
        assert not kept(portfolio)
        other.rollback()
        await until(lambda: any('"ab"' in value for _, value in kept(portfolio)))
    other.close()


async def test_before_the_first_import_nothing_is_kept_and_nothing_is_made(
    context: Context,
) -> None:
    async with asked(context) as (app, pilot, _):
        await pilot.press("a")
        await asyncio.sleep(0.2)
        await pilot.press("ctrl+q")
        await until(lambda: not app.is_running)
    assert app.return_code == 0
    assert not context.store.exists()


async def test_it_says_the_day_where_that_is_another(portfolio: Context) -> None:
    at = datetime(2026, 11, 20, 10, 32).astimezone()
    await typed(replace(portfolio, now=lambda: at))
    async with asked(replace(portfolio, now=lambda: at + timedelta(minutes=3))) as (app, *_):
        assert "taken up again from 10:32   f1 help" in text(app)
    async with asked(replace(portfolio, now=lambda: at + timedelta(days=1))) as (app, *_):
        assert "taken up again from 2026-11-20 10:32   f1 help" in text(app)


async def test_it_goes_with_its_tenant_is_no_step_and_goes_in_time(portfolio: Context) -> None:
    def keep(tenant: str, days: int = 0) -> None:
        now = portfolio.now() - timedelta(days=days)
        place = unfinished.place_of(("a", tenant), tenant)
        unfinished.keep(replace(portfolio, now=lambda: now), place, {"line": "Zyzzyva"})

    def whose() -> set[str]:
        return {name.split(":", 2)[2] for name, _ in kept(portfolio)}

    for tenant in ("t00000", "t00001", "t00002", "", "gone: of old"):
        keep(tenant)
    assert whose() == {"t00000", "t00001", "t00002", ""}
    with by_hand(portfolio.store) as connection:
        assert connection.execute("SELECT verb FROM step").fetchall() == [("test",)]
    forgetting.forget_tenant(portfolio, "t00000")
    assert whose() == {"t00001", "t00002"}
    forgetting.forget_note(portfolio, "n-t00001-enterprise")
    assert whose() == {"t00002"}
    assert b"t00000" not in portfolio.store.read_bytes()
    keep("t00003", days=unfinished.KEPT_DAYS + 1)
    keep("t00004")
    assert whose() == {"t00002", "t00004"}
