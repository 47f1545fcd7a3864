"""Two programs on one store: no update is lost, no key waits, first starts do not collide."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from house import by_hand

from .killing import tenant_id

COMMAND = [sys.executable, "-m", "ftop_tui", "--today", "2026-11-21", "--data-dir"]


def start(context: Context, *arguments: str) -> "subprocess.Popen[str]":
    """The program in a process of its own."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [*COMMAND, str(context.paths.data_dir), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "FTOP_TUI_CONFIG_DIR": str(context.paths.config_dir)},
    )


def test_two_first_starts_at_once_share_one_store(context: Context, tmp_path: Path) -> None:
    """Promise 5."""
    running = []
    for number in range(3):
        table = tmp_path / f"{number}.csv"
        table.write_text(f"TenantId,TenantName\n{tenant_id(number)},Contoso {number}\n")
        running.append(start(context, "import", str(table)))
    for process in running:
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
    names = [ranked.facts.name for ranked in portfolio.load(context).ranked]
    assert sorted(names) == ["Contoso 0", "Contoso 1", "Contoso 2"]


def test_no_update_of_many_writers_is_lost(stocked: Context) -> None:
    """Promise 5."""
    tenant = portfolio.load(stocked).ranked[0].facts.tenant_id
    running = [start(stocked, "record", tenant, "event", "--text", f"event {n}") for n in range(6)]
    for process in running:
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
    with by_hand(stocked.store) as connection:
        rows = connection.execute("SELECT text FROM record WHERE kind = 'event'").fetchall()
    assert {f"event {n}" for n in range(6)} <= {text for (text,) in rows}


async def test_while_another_program_locks_the_store_keys_are_answered(stocked: Context) -> None:
    """Promise 5: reading waits for nobody."""
    other = sqlite3.connect(stocked.store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        app = FtopApp(stocked, preload=False)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            began = time.monotonic()
            await pilot.press("j", "k", "slash", *"fab")
            await asyncio.wait_for(pilot.pause(), 2)
            assert time.monotonic() - began < 3
            assert app.screen.query_one("#filter-text", Input).value == "fab"
    finally:
        other.rollback()
        other.close()
