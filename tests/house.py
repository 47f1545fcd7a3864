"""What the tests share: a house in a temporary folder with a clock of its own, and a short CLI."""

import io
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from json import loads
from pathlib import Path
from typing import Any

from ftop_tui.bootstrap import make_context
from ftop_tui.cli.framework import OpenApp, run
from ftop_tui.exchange.parsed import Source
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.services import portfolio, transfer
from ftop_tui.services.context import Context
from ftop_tui.services.transfer import Plan
from ftop_tui.store.opening import open_writer

TODAY = date(2026, 11, 21)
SAMPLES = Path(__file__).parent / "exchange" / "samples"
FABRIKAM = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001"
WOODGROVE = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0002"
FABRIKAM_LAB = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0003"
SEARCH_TABLES = {
    "note_search", "note_search_config", "note_search_data", "note_search_docsize",
    "note_search_idx",
}  # fmt: skip
"""The full-text index, which no model describes."""
DERIVED = {"step", "facts_history", "alembic_version"} | SEARCH_TABLES
"""Tables that an undo does not bring back to what they were."""


def make_house(folder: Path, today: str | None = None, **environment: str) -> Context:
    """A context on `folder/data` whose clock ticks a second a look; nothing real is read."""
    places = {"FTOP_TUI_CONFIG_DIR": str(folder / "config"), **environment}
    data = environment.get("FTOP_TUI_DATA_DIR", str(folder / "data"))
    context = make_context(
        data_dir=data, today=TODAY.isoformat() if today is None else today, environment=places
    )
    morning = datetime.combine(context.today(), datetime.min.time(), UTC) + timedelta(hours=8)
    seconds = count()

    def now() -> datetime:
        return morning + timedelta(seconds=next(seconds))

    def writer() -> Any:
        return open_writer(context.store, context.today, now)

    return replace(context, now=now, writer=cache(writer))


def on(context: Context, day: str | date) -> Context:
    """The same house on another day, as after a restart."""
    folder = context.paths.config_dir.parent
    return make_house(folder, str(day), FTOP_TUI_DATA_DIR=str(context.paths.data_dir))


def import_text(context: Context, *tables: str, **options: Any) -> Plan:
    """Import tables given as CSV, in one call."""
    sources = [
        Source(f"{letter}.csv", table.encode())
        for letter, table in zip("abcdef", tables, strict=False)
    ]
    tenant = options.pop("tenant", None)
    parsed = transfer.read_files(context, sources, tenant=tenant)
    return transfer.apply(context, parsed, **options)


def import_samples(context: Context) -> Plan:
    """Import all five sample files in one call."""
    names = ("portfolio", "workloads", "license_usage", "subscriptions", "service_users")
    sources = [Source(str(SAMPLES / f"{name}.csv")) for name in names]
    return transfer.apply(context, transfer.read_files(context, sources, tenant=FABRIKAM))


def facts_of(context: Context, tenant_id: str) -> TenantFacts:
    """What is known of a tenant now."""
    found = {r.facts.tenant_id: r.facts for r in portfolio.load(context).ranked}
    return found[tenant_id]


def warned(planned: Plan, rule: str | None = None) -> list[str]:
    """What was warned of, all of it or by one rule."""
    return [w.message for w in planned.warnings if rule is None or w.rule == rule]


def counted(planned: Plan) -> dict[str, dict[str, int]]:
    """The counts that are not nil."""
    return {
        outcome: {kind: n for kind, n in getattr(planned, outcome).items() if n}
        for outcome in ("created", "updated", "unchanged")
    }


def portfolio_table(*lines: str, columns: str = "") -> str:
    """A portfolio of these lines; `columns` are the heads of what stands behind the users."""
    return "\n".join((f"TenantId,TenantName,TPID,WinnerTenant,Users{columns}", *lines)) + "\n"


def note_table(text: str, tenant: str = FABRIKAM, tag: str = "EXO") -> str:
    """FTOP's text of one workload, as a table."""
    return f'TenantId,Workload,Note\n{tenant},{tag},"{text}"\n'


@contextmanager
def by_hand(store: Path) -> Iterator[sqlite3.Connection]:
    """The store's file opened behind the app's back."""
    connection = sqlite3.connect(store)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def dump(store: Path, *without: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for some tables."""
    with by_hand(store) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = sorted(name for (name,) in tables if name not in without)
        return {
            name: sorted(connection.execute(_all_of(connection, name)).fetchall(), key=repr)
            for name in names
        }


def _all_of(connection: sqlite3.Connection, table: str) -> str:
    """A query of a table's rows without the numbers that SQLite gives to notes."""
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    told = ", ".join(f'"{name}"' for name in columns if (table, name) != ("note", "number"))
    return f'SELECT {told} FROM "{table}"'  # noqa: S608 - from the schema


@dataclass(frozen=True)
class Result:
    """What a command line came to."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        """What was printed."""
        return self.stdout.decode()

    @property
    def error(self) -> str:
        """What was complained of."""
        return self.stderr.decode()

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return loads(self.stdout)


RunCli = Callable[..., Result]


def run_in(
    folder: Path, arguments: tuple[str, ...], stdin: bytes = b"", **environment: str
) -> Result:
    """Carry out a command line in this process, on `folder/data` and the tests' day."""

    def make(*, data_dir: str | None = None, today: str | None = None) -> Context:
        places = {"FTOP_TUI_DATA_DIR": data_dir} if data_dir else {}
        return make_house(folder, today, **{**environment, **places})

    streams = sys.stdin, sys.stdout, sys.stderr
    out, complaints = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "ascii")
    sys.stdout, sys.stderr = io.TextIOWrapper(out, "ascii"), io.TextIOWrapper(complaints, "utf-8")
    try:
        status = _run(arguments, make)
        sys.stdout.flush()
        sys.stderr.flush()
        return Result(status, out.getvalue(), complaints.getvalue())
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams


def _run(arguments: tuple[str, ...], make: Any) -> int:
    try:
        outcome = run(arguments, make)
    except SystemExit as ending:
        return int(ending.code or 0)
    assert not isinstance(outcome, OpenApp), "the app would have opened"
    return outcome
