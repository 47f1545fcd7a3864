"""Two programs on one store: no update is lost, no key waits, first starts do not collide."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.errors import StoreError
from ftop_tui.services import backups, portfolio, tenants
from ftop_tui.services.context import Context
from ftop_tui.store.schema import VERSION
from house import FABRIKAM, by_hand

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


@pytest.mark.parametrize("damaged", [True, False])
def test_what_is_written_after_another_program_restored_is_in_the_store(
    stocked: Context, damaged: bool
) -> None:
    """Promise 5: not in the file that the restore moved aside."""
    kept = backups.backup(stocked)
    tenants.edit(stocked, FABRIKAM, {"Users": "7"})
    if damaged:
        with stocked.store.open("r+b") as file:
            file.write(b"\0" * 4096)
    else:
        stocked.store.unlink()
    for tail in ("-wal", "-shm"):
        stocked.store.with_name(stocked.store.name + tail).unlink(missing_ok=True)
    process = start(stocked, "restore", str(kept))
    _, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    tenants.edit(stocked, FABRIKAM, {"Priority": "high"})
    with by_hand(stocked.store) as connection:
        query = "SELECT t.users, c.priority FROM tenant t JOIN customer c ON c.id = t.customer_id"
        row = connection.execute(f"{query} WHERE t.id = ?", (FABRIKAM,)).fetchone()
    assert row[0] != 7
    assert row[1] == "high"


def test_what_cannot_be_in_the_store_is_not_said_to_be(stocked: Context) -> None:
    """Promise 5: it is gone, or a restore brought one that must be upgraded first."""
    tenants.edit(stocked, FABRIKAM, {"Users": "7"})
    aside = stocked.store.with_name("aside")
    stocked.store.rename(aside)
    with pytest.raises(StoreError, match="no longer there"):
        stocked.writer().remember("a", "b")
    shutil.copyfile(aside, stocked.store)
    with by_hand(stocked.store) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION - 1}")
    with pytest.raises(StoreError, match="earlier version"):
        tenants.edit(stocked, FABRIKAM, {"Users": "8"})


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
