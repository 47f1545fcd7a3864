"""Typing goes on and nothing typed is lost: kills, a locked store, errors anywhere, odd pastes."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from ftop_tui.app import FtopApp
from ftop_tui.screens import autosave, brief_writing
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.services import demo
from ftop_tui.services.context import Context
from ftop_tui.widgets.note_area import NoteArea
from house import by_hand
from ui.conftest import build
from ui.seeing import lines, press, settle
from ui.terminal import Terminal

from .killing import ROUNDS, is_sound, rounds
from .test_every_screen import FORBIDDEN
from .tour import STOPS, Stop, go, touring

TENANT = "t00000"


@pytest.fixture
def portfolio(empty: Context) -> Context:
    """Twelve customers."""
    build(empty)
    return empty


def _draft(context: Context) -> str:
    with by_hand(context.store) as connection:
        row = connection.execute(
            "SELECT text FROM note WHERE kind = 'entitlement' AND state = 'draft'"
        ).fetchone()
    return str(row[0]) if row else ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are POSIX's")
def test_a_kill_while_lines_are_typed_loses_none_older_than_two_seconds(
    portfolio: Context, tmp_path: Path
) -> None:
    """Promise 1."""
    for dice in list(rounds())[: max(1, ROUNDS // 4)]:
        terminal = Terminal(portfolio, tmp_path)
        terminal.wait_for("1 of 17")
        sent: list[float] = []
        until = time.monotonic() + dice.uniform(2.5, 6)
        while time.monotonic() < until:
            for letter in f"{len(sent):03}\r":
                terminal.key(letter)
            sent.append(time.monotonic())
            time.sleep(dice.uniform(0.02, 0.2))
        killed = time.monotonic()
        assert os.WTERMSIG(terminal.signal(signal.SIGKILL)) == signal.SIGKILL
        os.close(terminal.end)
        is_sound(portfolio)
        kept = [line for line in _draft(portfolio).splitlines() if len(line) == 3]
        assert kept == [f"{n:03}" for n in range(len(kept))]
        assert len(kept) >= sum(killed - at > 2 for at in sent)
        with by_hand(portfolio.store) as connection:
            connection.execute(
                "DELETE FROM note WHERE state = 'draft' AND tenant_id = ?", (TENANT,)
            )


FORMS = {
    "dialog": (
        "escalation_form.EscalationForm('t00000', escalation_form.Offers(), context.today())",
        "Raise an escalation",
        "title",
    ),
    "form": ("tenant_form.TenantForm(None)", "Add a tenant by hand", '"field-TenantId"'),
    "table": ("transfer.PasteScreen()", "Paste a table", "table"),
}
"""What opens it, words that it shows, and the field that the keys go to."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are POSIX's")
@pytest.mark.parametrize("what", FORMS)
def test_a_kill_while_a_dialog_is_typed_into_loses_nothing_older_than_two_seconds(
    portfolio: Context, tmp_path: Path, what: str
) -> None:
    """Promise 1: and it is offered again; a signal then keeps all of it."""
    opens, shows, field = FORMS[what]
    dice = next(iter(rounds()))
    terminal = Terminal(portfolio, tmp_path, opens)
    terminal.wait_for(shows)
    sent: list[float] = []
    until = time.monotonic() + dice.uniform(2.5, 4)
    while time.monotonic() < until:
        for letter in f"{len(sent):03}.":
            terminal.key(letter)
        sent.append(time.monotonic())
        time.sleep(dice.uniform(0.02, 0.2))
    killed = time.monotonic()
    assert os.WTERMSIG(terminal.signal(signal.SIGKILL)) == signal.SIGKILL
    os.close(terminal.end)
    is_sound(portfolio)
    kept = _unfinished(portfolio, field).split(".")
    assert kept[:-1] == [f"{n:03}" for n in range(len(kept) - 1)]
    assert len(kept) >= sum(killed - at > 2 for at in sent) > 0
    again = Terminal(portfolio, tmp_path, opens)
    again.wait_for("taken up again from")
    for letter in "more":
        again.key(letter)
    again.wait_for("more")
    assert os.waitstatus_to_exitcode(again.signal(signal.SIGTERM)) == 143
    os.close(again.end)
    assert _unfinished(portfolio, field) == ".".join([*kept[:-1], f"{kept[-1]}more"])


def _unfinished(context: Context, field: str) -> str:
    """What is typed into a field and not yet taken."""
    with by_hand(context.store) as connection:
        text = f"json_extract(value, '$.fields.{field}')"
        query = f"SELECT {text} FROM meta WHERE name LIKE 'unfinished:%'"  # noqa: S608
        return str(connection.execute(query).fetchone()[0])


@contextmanager
def _locked(context: Context) -> Iterator[None]:
    """Another program holds the store for writing."""
    other = sqlite3.connect(context.store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


async def _until(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


async def test_while_the_store_is_locked_for_long_typing_goes_on_and_is_stored_after(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1 and 5."""
    monkeypatch.setattr(autosave, "RETRY_SECONDS", 0.1)
    async with touring(portfolio, (120, 40)) as (app, pilot):
        with portfolio.writer().looking() as session:
            session.connection().exec_driver_sql("PRAGMA busy_timeout = 100")
        await app.push_screen(EntitlementScreen(TENANT, "EXO"))
        await settle(pilot)
        with _locked(portfolio):
            await pilot.press(*"before ")
            await _until(lambda: len(app._notifications) > 0)
            await pilot.press(*"after")
            assert isinstance(app.screen, EntitlementScreen)
            assert app.screen.query_one("#text", NoteArea).text == "before after"
            assert _draft(portfolio) == ""
        await _until(lambda: _draft(portfolio) == "before after")
        await settle(pilot)


async def test_a_brief_is_stored_while_keys_go_on(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1: also where no pause is made, and after the store was locked."""
    monkeypatch.setattr(brief_writing, "RETRY_SECONDS", 0.1)
    demo.build(context, 12, 1)
    async with touring(context, (120, 40)) as (app, pilot):
        await go(app, pilot, Stop("BriefScreen", "610000", ("d", "b")))
        await press(pilot, "e")

        def stored() -> str:
            with by_hand(context.store) as connection:
                rows = connection.execute("SELECT text FROM brief_part").fetchall()
            return "".join(text for (text,) in rows)

        began = time.monotonic()
        while "x" not in stored() and time.monotonic() - began < 4:
            await pilot.press("x")
        assert "x" in stored()
        with context.writer().looking() as session:
            session.connection().exec_driver_sql("PRAGMA busy_timeout = 100")
        with _locked(context):
            await pilot.press("y")
            await _until(lambda: len(app._notifications) > 0)
            await pilot.press("z")
        await _until(lambda: "yz" in stored())
        await settle(pilot)


# An exception anywhere


def _in_a_handler(app: FtopApp) -> None:
    app.call_later(_break)


def _in_a_worker(app: FtopApp) -> None:
    app.run_worker(_broken(), exit_on_error=True)


def _in_a_thread(app: FtopApp) -> None:
    app.run_worker(_break, thread=True)


def _in_a_service(app: FtopApp) -> None:
    app.screen.run_service(_break)  # type: ignore[attr-defined]


def _in_a_timer(app: FtopApp) -> None:
    app.screen.set_timer(0.01, _break)


def _break() -> None:
    words = "Zyzzyva's own words"
    raise KeyError(words)


async def _broken() -> None:
    _break()


WHERE = (_in_a_handler, _in_a_worker, _in_a_thread, _in_a_service, _in_a_timer)


@pytest.mark.parametrize("where", WHERE, ids=lambda where: where.__name__.strip("_"))
async def test_an_error_anywhere_keeps_what_was_typed_and_shows_no_text_of_it(
    portfolio: Context, capfd: pytest.CaptureFixture[str], where: Callable[[FtopApp], None]
) -> None:
    """Promise 1 and 7: the draft is stored although the app ends at once."""
    app = FtopApp(portfolio, preload=False)
    with pytest.raises(Exception, match="words"):  # noqa: PT012 - raised on the way out
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await app.push_screen(EntitlementScreen(TENANT, "EXO"))
            await settle(pilot)
            await pilot.press(*"Zyzzyva")
            where(app)
            await pilot.pause(0.3)
    assert _draft(portfolio) == "Zyzzyva"
    assert app.return_code == 1
    said = capfd.readouterr()
    assert "Zyzzyva" not in said.out + said.err
    assert "defect in ftop-tui" in said.err


# Pastes

NASTY = "a\x1b]52;c;aGFjaw==\x07b\x1b[201~c\x1b[2Jd\x00e\x9bf\u202eg\u200bh"
PLACES = tuple(
    stop
    for stop in STOPS
    if stop.screen in {"EntitlementScreen", "SearchScreen", "ContactForm",
                       "ExportScreen", "SnoozeDialog", "InputForm", "PasteDialog"}
    or stop.keys == ("slash", "left_square_bracket", "slash", "right_square_bracket")
)  # fmt: skip


async def test_what_is_pasted_anywhere_is_harmless_however_long(context: Context) -> None:
    """Promise 6: five million characters, and an end of paste within the paste."""
    demo.build(context, 12, 1)
    async with touring(context, (120, 40)) as (app, pilot):
        before = None
        for stop in PLACES:
            await go(app, pilot, stop, before)
            before = stop
            field = app.focused
            if not isinstance(field, Input | TextArea):
                field = next(iter(app.screen.query("NoteArea, TextArea, Input")))
                field.focus()
                await pilot.pause()
            app.post_message(Paste(NASTY))
            await settle(pilot)
            text = field.text if isinstance(field, TextArea) else field.value
            assert "abcdefgh" in text.replace("\n", ""), (stop, text)
            assert not FORBIDDEN.search("".join(lines(app))), stop


@pytest.mark.parametrize("name", ["EntitlementScreen", "PasteScreen"])
async def test_a_paste_of_five_megabytes_ends_and_the_app_answers(
    context: Context, name: str
) -> None:
    """Promise 6."""
    demo.build(context, 12, 1)
    async with touring(context, (120, 40)) as (app, pilot):
        await go(app, pilot, next(stop for stop in STOPS if stop.screen == name))
        app.post_message(Paste(("word " * 20 + "\n") * 50_000))
        began = time.process_time()
        await pilot.pause()
        await pilot.press("x")
        assert time.process_time() - began < 20
        area = app.screen.query_one(TextArea)
        assert len(area.text) > 50_000 * 101
