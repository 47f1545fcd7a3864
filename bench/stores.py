"""Stores of every size, made once by the product's own schema and kept in a cache.

Small ones are the demo portfolio as it is. Large ones are the demo portfolio's rows over and over
under new names, seventeen workloads a tenant and a hundred notes a tenant, written by plain SQL
past the models; then the product draws the tenants' facts.
"""

import hashlib
import inspect
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from bench import words
from ftop_tui.bootstrap import make_context
from ftop_tui.playbook.notes import EntitlementBody, NoteBody, OverallBody
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.services import demo
from ftop_tui.services.context import Context
from ftop_tui.store import facts
from ftop_tui.store.bodies import to_json
from ftop_tui.store.schema import FILE_NAME

TODAY = "2026-11-21"
SEED = 1
_FORM = 1
"""Raise it when this module or `words` makes stores differently."""

_COPIED = ("customer", "tenant", "workload", "usage", "subscription", "record", "contact",
           "escalation", "escalation_entry", "forecast", "milestone", "activity")  # fmt: skip
_IDS = frozenset({"id", "customer_id", "tenant_id", "escalation_id"})
"""Columns whose values must be other ones in each copy."""

_PATTERN_CUSTOMERS = 300
_DAYS = 900
"""Notes lie so many days back."""

_OFF = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000")


class Size(NamedTuple):
    """How large a store is; `tenants` 0 takes the demo portfolio as it is."""

    name: str
    customers: int = 0
    tenants: int = 0
    notes: int = 0
    """A tenant's."""
    usage: bool = False
    """Whether each workload has its months of usage."""


class Store(NamedTuple):
    """A store's file, and how many bytes of text its notes hold."""

    path: Path
    text_bytes: int


SIZES = {
    "small": Size("small", customers=50),
    "middle": Size("middle", customers=1500),
    "stress": Size("stress", tenants=10_000, notes=100),
    "wide": Size("wide", tenants=10_000, notes=10, usage=True),
}


def house(folder: Path) -> Context:
    """The services' house on a folder, as the program makes it; nothing of the user's is read."""
    return make_context(
        data_dir=str(folder), today=TODAY, environment={"FTOP_TUI_CONFIG_DIR": str(folder)}
    )


def copy(source: Path, target: Path) -> None:
    """Copy a store at rest; at once, where the file system can."""
    subprocess.run(  # noqa: S603 - our own arguments
        ["cp", "--reflink=auto", str(source), str(target)],  # noqa: S607
        check=True,
    )


def made(cache: Path, size: Size) -> Store:
    """The store of that size from the cache, where it is kept for this schema; else made now."""
    fingerprint = _fingerprint(cache)
    folder = cache / "stores" / f"{fingerprint}-{'-'.join(map(str, size))}"
    told = folder / "text-bytes"
    if not told.exists():
        for outdated in (cache / "stores").glob("*"):
            if not outdated.name.startswith((fingerprint, "building-")):
                shutil.rmtree(outdated, ignore_errors=True)
        building = Path(tempfile.mkdtemp(prefix="building-", dir=_folder(cache / "stores")))
        bytes_of_text = _make(building, size)
        (building / told.name).write_text(str(bytes_of_text))
        shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    return Store(folder / FILE_NAME, int(told.read_text()))


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _fingerprint(cache: Path) -> str:
    """What the stores in the cache depend on: schema, how facts are drawn, and `_FORM`."""
    with tempfile.TemporaryDirectory(dir=_folder(cache)) as folder:
        context = house(Path(folder))
        context.writer()
        with closing(sqlite3.connect(context.store)) as connection:
            schema = "\n".join(
                str(sql) for (sql,) in connection.execute("SELECT sql FROM sqlite_master")
            )
    parts = (schema, inspect.getsource(facts), str(_FORM))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _make(folder: Path, size: Size) -> int:
    """Make it, at rest in one file; how many bytes of text its notes hold."""
    context = house(folder)
    if size.tenants:
        with tempfile.TemporaryDirectory(dir=folder) as pattern:
            demo.build(house(Path(pattern)), min(_PATTERN_CUSTOMERS, size.tenants), SEED)
            context.writer()
            with closing(sqlite3.connect(context.store, isolation_level=None)) as connection:
                _multiply(connection, Path(pattern) / FILE_NAME, size, context)
        _draw_facts(context)
    else:
        demo.build(context, size.customers, SEED)
    with closing(sqlite3.connect(context.store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        total = connection.execute("SELECT total(length(CAST(text AS BLOB))) FROM note").fetchone()
    for leftover in folder.glob(f"{FILE_NAME}-*"):
        leftover.unlink()
    return int(total[0])


# Rows over and over


def _multiply(connection: sqlite3.Connection, pattern: Path, size: Size, context: Context) -> None:
    for pragma in _OFF:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS pattern", (str(pattern),))
    connection.execute("BEGIN")
    for table in ("partner", "review"):
        connection.execute(f"INSERT INTO {table} SELECT * FROM pattern.{table}")  # noqa: S608
    for number in count():
        have = connection.execute("SELECT count(*) FROM tenant").fetchone()[0]
        if have >= size.tenants:
            break
        _copy_once(connection, number, size, size.tenants - have)
    _all_workloads(connection, context)
    _notes(connection, size, context)
    connection.execute("COMMIT")
    connection.execute("DETACH pattern")
    connection.execute("PRAGMA journal_mode = WAL")


def _copy_once(connection: sqlite3.Connection, number: int, size: Size, most: int) -> None:
    """Every row of the pattern that belongs to its first so many tenants, under new ids."""
    chosen = "SELECT customer_id FROM pattern.tenant ORDER BY customer_id LIMIT ?"
    tenants = "SELECT id FROM pattern.tenant ORDER BY customer_id LIMIT ?"
    for table in (each for each in _COPIED if size.usage or each != "usage"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        where = _belongs(table, columns).format(customers=chosen, tenants=tenants)
        rows = connection.execute(f"SELECT * FROM pattern.{table} WHERE {where}", (most,))  # noqa: S608
        marks = ", ".join("?" * len(columns))
        change = _renamer(table, columns, number)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", map(change, rows))  # noqa: S608


def _belongs(table: str, columns: list[str]) -> str:
    """Which rows of a table are of the chosen customers, as SQL."""
    if table in {"customer", "tenant"}:
        return f"id IN ({{{table}s}})"
    if table == "escalation_entry":
        cases = "SELECT id FROM pattern.escalation WHERE customer_id IN ({customers})"
        return f"escalation_id IN ({cases})"
    owner = "customer" if "customer_id" in columns else "tenant"
    return f"{owner}_id IN ({{{owner}s}})"


def _renamer(
    table: str, columns: list[str], number: int
) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """How a row of the pattern becomes one of copy `number`."""
    ids = [place for place, name in enumerate(columns) if name in _IDS]
    named = columns.index("name") if table in {"customer", "tenant"} else None
    tpid = columns.index("tpid") if table == "customer" else None

    def change(row: tuple[Any, ...]) -> tuple[Any, ...]:
        new = list(row)
        for place in ids:
            if new[place] is not None:
                new[place] = _other_id(new[place], number)
        if named is not None and new[named] and number:
            new[named] = words.renamed(new[named], number)
        if tpid is not None and new[tpid]:
            new[tpid] = str(int(new[tpid]) + number * 1_000_000)
        return tuple(new)

    return change


def _other_id(known: str, number: int) -> str:
    """The UUID that stands for this one in a copy."""
    if not re.fullmatch(r"[0-9a-f-]{36}", known):
        return f"{known}-{number}"
    return str(UUID(int=UUID(known).int ^ (number * 0x9E3779B97F4A7C15 << 62) % (1 << 126)))


def _all_workloads(connection: sqlite3.Connection, context: Context) -> None:
    """Give every tenant the workloads that it lacks, so that each has all of them."""
    connection.execute("CREATE TEMP TABLE tag (tag TEXT)")
    connection.executemany("INSERT INTO tag VALUES (?)", [(tag,) for tag in context.pack.by_tag])
    connection.execute(
        "INSERT INTO workload (tenant_id, tag, status) SELECT t.id, g.tag, 'unknown' "
        "FROM tenant t CROSS JOIN tag g WHERE NOT EXISTS "
        "(SELECT 1 FROM workload w WHERE w.tenant_id = t.id AND w.tag = g.tag)"
    )


# Notes


def _notes(connection: sqlite3.Connection, size: Size, context: Context) -> None:
    """So many posted notes a tenant, oldest first, as they come in life."""
    tenants = connection.execute("SELECT id, customer_id FROM tenant ORDER BY id").fetchall()
    if not size.notes:
        return
    columns = (
        "id", "kind", "customer_id", "tenant_id", "tag", "state", "body", "text", "created_at",
        "updated_at", "posted_on", "posted_at", "source", "version",
    )  # fmt: skip
    marks = ", ".join("?" * len(columns))
    made_up = _note_rows(tenants, list(context.pack.by_tag), size)
    connection.executemany(
        f"INSERT INTO note ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
        made_up,
    )


def _note_rows(
    tenants: list[tuple[str, str]], tags: list[str], size: Size
) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(SEED)  # noqa: S311 - made-up data, no secret
    last = date.fromisoformat(TODAY)
    number = 0
    for turn in range(size.notes):
        day = (last - timedelta(days=(size.notes - 1 - turn) * _DAYS // size.notes + 3)).isoformat()
        at = f"{day}T09:00:00+00:00"
        for tenant_id, customer_id in tenants:
            text = words.note(chance, number)
            tag = tags[number % len(tags)] if number % 3 else None
            body: NoteBody = OverallBody(text=text)
            if tag:
                body = EntitlementBody(status=EntitlementStatus.IN_PROGRESS, text=text)
            yield (
                str(UUID(int=chance.getrandbits(128), version=4)), body.kind.value, customer_id,
                tenant_id, tag, "posted", to_json(body, text), text, at, at, day, at, "app", 1,
            )  # fmt: skip
            number += 1


def _draw_facts(context: Context) -> None:
    with context.writer().bulk("bench") as unit:
        session = unit.session
        ids = session.connection().exec_driver_sql("SELECT id FROM customer").scalars().all()
        facts.refresh(session, list(ids), context.today())
