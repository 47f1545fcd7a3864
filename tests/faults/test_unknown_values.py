"""Values of a newer version, one in each column of a vocabulary or a day, hide nothing else."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import demo, notes, portfolio
from ftop_tui.services.context import Context
from ftop_tui.store import examining, sound
from house import FABRIKAM, RunCli, by_hand, make_house
from ui.seeing import lines, press

from .killing import ROUNDS
from .tour import back, touring

FUTURE = "from-the-future"
EDGES = ("9999-12-31", "0001-01-01")
COLUMNS = (
    "customer.health", "customer.group_1", "customer.group_2", "customer.group_3",
    "customer.forecast_health", "customer.status", "customer.priority", "customer.phase",
    "customer.stricter_why", "workload.status", "workload.tag", "usage.source", "usage.tag",
    "note.kind", "note.state", "note.tag", "record.kind", "contact.section", "contact.role",
    "escalation_entry.sort", "escalation.tag", "activity.sort", "activity.phase",
    "milestone.tag", "forecast.tag", "partner_step.step", "subscription.state", "snooze.what",
)  # fmt: skip
COMMANDS = (
    ("list",), ("show", "610000"), ("show", "610003"), ("week", "--days", "400"), ("moved",),
    ("why", "610000"), ("brief",), ("brief", "610000"), ("export", "-o", "{}/a.json"),
    ("export", "-o", "{}/a.csv"), ("export", "-o", "{}/a.xlsx"), ("calendar", "-o", "{}/a.ics"),
    ("brief", "610000", "-o", "{}/a.pptx"), ("plan", "610000"), ("contact", "list", "610000"),
    ("escalation", "list", "610000"), ("forecast", "show", "610000"), ("partner", "list"),
    ("milestone", "list", "610000"), ("review", "list"), ("note", "list", "610000"),
    ("search", "the"), ("doctor",), ("next",), ("glance",), ("opening", "610000"),
    ("note", "list"), ("escalation", "list"), ("contact", "list"), ("milestone", "list"),
    ("set", "610000", "Health=green"), ("record", "610000", "enterprise"), ("backup",),
    ("note", "add", "610000", "--kind", "overall"), ("contact", "verify", "--all", "610000"),
)  # fmt: skip


OUTSIDE = tuple(
    ("export", "--audience", audience, *partner, "-o", f"{{}}/a.{form}")
    for audience, partner in (("partner", ("--partner", "Trey Research")), ("customer", ()))
    for form in ("json", "csv", "xlsx")
)


ODD = ("abc", b"\xff\x00", 3.7, "1e400", -5, str(2**63), 7 * 10**15)
"""What is no count and neither yes nor no, as SQLite keeps it; of a text only the bytes."""
DERIVED = "tenant_facts"
PARTS = ("missed", "contacts", "peaks", "dated", "frp_data", "no_dibs", "blocked", "tags")
TORN = ("[broken", "null", "5", 5, b"\xff", "[]", "[[1], {}]", json.dumps(list(range(99))))


def _columns(connection: sqlite3.Connection, *kinds: str) -> Iterator[tuple[str, str, list[int]]]:
    """The columns of some kinds that are no keys, with the numbers of some of their rows."""
    for table, name in examining.columns_of(connection, *kinds):
        key = connection.execute(
            "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2 AND pk UNION ALL "
            'SELECT 1 FROM pragma_foreign_key_list(?1) WHERE "from" = ?2',
            (table, name),
        ).fetchone()
        ours = not table.startswith(("note_search", "alembic", "facts_history", "meta", "step"))
        if ours and key is None and (table, name) != ("note", "number"):
            rows = connection.execute(f"SELECT rowid FROM {table}").fetchall()  # noqa: S608
            yield table, name, [row for (row,) in rows[:: max(1, len(rows) // 24)]]


def _scribble(connection: sqlite3.Connection) -> None:
    """Write what is none into every column of numbers and of yes or no."""
    for table, name, rows in _columns(connection, "INTEGER", "BOOLEAN"):
        values = [v for v in ODD if table != DERIVED or not isinstance(v, bytes)]
        for place, row in enumerate(rows):
            if name != "winner" or place == 5:  # without any, nobody is found by the TPID
                connection.execute(
                    f"UPDATE OR IGNORE {table} SET {name} = ? WHERE rowid = ?",  # noqa: S608
                    (values[place % len(values)], row),
                )


def _scrawl(connection: sqlite3.Connection) -> None:
    """Write bytes into every column of texts."""
    for number, (table, name, rows) in enumerate(_columns(connection, "VARCHAR")):
        if rows and table != DERIVED:
            connection.execute(
                f"UPDATE {table} SET {name} = ? WHERE rowid = ?",  # noqa: S608
                (b"caf\xe9 [/EXO]", rows[number * 5 % len(rows)]),
            )


def _tear(connection: sqlite3.Connection) -> None:
    """Break what holds several parts in one text: of the facts, of earlier ones, of a note."""
    torn = ("x", "EXO:40:", ":::", "EXO:4x:738000", "EXO:40:99999999", "-5", "1 x", "EXO:x")
    tenants = [row for (row,) in connection.execute("SELECT rowid FROM tenant_facts")]
    for number, name in enumerate(PARTS):
        for place, value in enumerate(torn):
            row = tenants[(number + place) % len(tenants)]
            connection.execute(f"UPDATE tenant_facts SET {name} = ? WHERE rowid = ?", (value, row))  # noqa: S608
    for place, odd in enumerate(TORN):
        connection.execute(
            "INSERT OR REPLACE INTO facts_history (tenant_id, day, facts) "
            "SELECT id, date('2026-11-01', ?), ? FROM tenant WHERE rowid % 3",
            (f"+{place * 2} days", odd),
        )


@pytest.fixture(scope="module")
def _later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, with one row of each vocabulary's column as a newer version might write it.

    And with what is none in every column of numbers, of yes or no and of texts.
    """
    folder = tmp_path_factory.mktemp("later")
    house = make_house(folder)
    demo.build(house, 12, 1)
    with by_hand(house.store) as connection:
        for place, column in enumerate(COLUMNS):
            table, _, name = column.partition(".")
            rows = connection.execute(f"SELECT rowid FROM {table} WHERE {name} IS NOT NULL")  # noqa: S608
            found = rows.fetchall()
            row = found[place % len(found)]
            connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (FUTURE, *row))  # noqa: S608
        for place, (table, name) in enumerate(examining.columns_of(connection, "DATE")):
            rows = connection.execute(f"SELECT rowid FROM {table} WHERE {name} IS NOT NULL")  # noqa: S608
            found = rows.fetchall()
            if found:
                row = found[place * 7 % len(found)]
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (FUTURE, *row))  # noqa: S608
        for name in ("health", "status", "phase", "priority", "renewals", "forecast_month"):
            connection.execute(
                f"UPDATE tenant_facts SET {name} = ? WHERE tpid = '610003'",  # noqa: S608
                (FUTURE,),
            )
        _tear(connection)
        _scribble(connection)
        _scrawl(connection)
    return folder


@pytest.fixture
def later(context: Context, _later: Path) -> Context:
    """A store that a newer version wrote into."""
    shutil.copytree(_later / "data", context.paths.data_dir)
    return context


@pytest.mark.parametrize("command", [*COMMANDS, *OUTSIDE], ids=" ".join)
def test_an_unknown_value_hides_nothing_else(
    later: Context, run_cli: RunCli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Promise 4: one row of a newer version costs no other row."""
    result = run_cli(*(word.format(tmp_path) for word in command))
    assert result.status in {0, 1}, result
    assert "unexpected" not in result.error


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, with the first day there is or the last in every column of days, in turn."""
    folder = tmp_path_factory.mktemp("edges")
    house = make_house(folder)
    demo.build(house, 12, 1)
    with by_hand(house.store) as connection:
        for table, name in examining.columns_of(connection, "DATE"):
            found = f"SELECT rowid FROM {table} WHERE {name} IS NOT NULL"  # noqa: S608
            for place, (row,) in enumerate(connection.execute(found).fetchall()):
                connection.execute(
                    f"UPDATE OR IGNORE {table} SET {name} = ? WHERE rowid = ?",  # noqa: S608
                    (EDGES[place % 2], row),
                )
        for name in ("perspective", "progress", "forecast", "enterprise"):
            connection.execute(f"UPDATE tenant_facts SET {name} = {date.max.toordinal()}")  # noqa: S608
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_day_at_either_end_of_time_hides_nothing_else(
    context: Context, edges: Path, run_cli: RunCli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Promise 4: some programs write 9999-12-31 for "never"."""
    shutil.copytree(edges / "data", context.paths.data_dir)
    result = run_cli(*(word.format(tmp_path) for word in command))
    assert result.status in {0, 1}, result
    assert "unexpected" not in result.error


def test_every_tenant_is_in_the_list_and_in_the_export(
    later: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4."""
    assert len(run_cli("list", "--json").json) == 14
    assert run_cli("export", "-o", str(tmp_path / "a.json")).status == 0
    document = json.loads((tmp_path / "a.json").read_bytes())
    assert len(document["tenants"]) == 14


def test_facts_that_are_drawn_anew_from_it_can_be_ranked(later: Context, run_cli: RunCli) -> None:
    """Promise 4: nothing of it spreads."""
    with by_hand(later.store) as connection:
        connection.execute(
            "UPDATE note SET posted_on = '2026-10-01' WHERE posted_on = ?", (FUTURE,)
        )
    ids = [each["tenant_id"] for each in run_cli("list", "--json").json]
    for tenant_id in ids:
        assert run_cli("set", tenant_id, "BusinessReason=Growth").status == 0
    odd = " OR ".join(sound.ODD_FACT.values())
    with by_hand(later.store) as connection:
        assert not connection.execute(f"SELECT name FROM tenant_facts WHERE {odd}").fetchall()  # noqa: S608
    assert len(run_cli("list", "--json").json) == len(ids)


def test_a_large_list_begins_as_its_whole_does(
    later: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 4: whichever facts are read for its beginning alone."""
    monkeypatch.setattr(portfolio, "_AT_ONCE", 0)
    assert portfolio.beginning(later, 5).ranked[:5] == portfolio.load(later).ranked[:5]


async def test_no_screen_stumbles_over_an_unknown_value(later: Context) -> None:
    """Promise 4."""
    async with touring(later, (120, 40)) as (app, pilot):
        ranked = app.screen_stack[0].portfolio.ranked
        assert len(ranked) == 14
        tpids = ("610000",) if ROUNDS == 4 else [each.facts.tpid for each in ranked]
        for keys in ("w", "b", "t", "db", "dp", "dc", "e", "x"):
            for tenant in (each.facts.tenant_id for each in ranked if each.facts.tpid in tpids):
                await back(app, pilot)
                app.screen.go_to(tenant)
                await press(pilot, *keys)
                assert app._exception is None, (keys, tenant)
                assert lines(app)


def test_doctor_names_what_is_no_number(later: Context, run_cli: RunCli) -> None:
    """Promise 4: in each column of each table."""
    said = [each["message"] for each in run_cli("doctor", "--json").json["findings"]]
    with by_hand(later.store) as connection:
        places = list(_columns(connection, "INTEGER", "BOOLEAN", "VARCHAR"))
    for table, name, rows in places:
        found = any(each.startswith(f"{name} of {table} ") for each in said)
        assert found or not rows or table == DERIVED, (table, name)


def test_an_edit_leaves_what_is_no_number_beside_it(later: Context, run_cli: RunCli) -> None:
    """Promise 4: it is never written over silently, and setting it anew mends it."""
    with by_hand(later.store) as connection:
        winner = "SELECT tenant_id FROM tenant_facts WHERE tpid = '610000' AND winner"
        connection.execute(f"UPDATE tenant SET users = 'abc', level = 3 WHERE id IN ({winner})")  # noqa: S608
    stored = f"SELECT users, level FROM tenant WHERE id IN ({winner})"  # noqa: S608
    assert run_cli("set", "610000", "EnterpriseLevel=4").status == 0
    assert run_cli("undo").status == 0
    assert run_cli("redo").status == 0
    with by_hand(later.store) as connection:
        assert connection.execute(stored).fetchall() == [("abc", 4)]
    assert run_cli("set", "610000", "Users=700").status == 0
    with by_hand(later.store) as connection:
        assert connection.execute(stored).fetchall() == [(700, 4)]


@pytest.mark.parametrize("empty", ["customer.tpid", "tenant.name"])
def test_an_empty_text_where_there_must_be_one_keeps_nothing_from_being_set(
    context: Context, run_cli: RunCli, empty: str
) -> None:
    """Promise 4."""
    demo.build(context, 3, 1)
    tenant_id = run_cli("list", "--json").json[0]["tenant_id"]
    table, _, name = empty.partition(".")
    with by_hand(context.store) as connection:
        key = "customer_id" if table == "customer" else "id"
        whose = f"SELECT {key} FROM tenant WHERE id = ?"  # noqa: S608
        connection.execute(f"UPDATE {table} SET {name} = '' WHERE id = ({whose})", (tenant_id,))  # noqa: S608
    assert run_cli("set", tenant_id, "Industry=Toys").status == 0
    assert run_cli("set", tenant_id, "TPID=610077", "TenantName=Tailspin").status == 0
    assert run_cli("show", "610077", "--json").json["name"] == "Tailspin"


def test_an_export_has_an_empty_cell_for_it_which_imports_as_unchanged(
    context: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4: and nothing of what stands there is lost."""
    demo.build(context, 3, 1)
    with by_hand(context.store) as connection:
        _scribble(connection)
        before = connection.execute("SELECT * FROM tenant").fetchall()
    assert run_cli("export", "-o", str(tmp_path / "a.csv")).status == 0
    assert run_cli("import", str(tmp_path / "a.csv")).status in {0, 1}
    with by_hand(context.store) as connection:
        assert connection.execute("SELECT * FROM tenant").fetchall() == before


def test_what_was_before_and_cannot_be_read_is_named_and_passed_over(
    context: Context, run_cli: RunCli
) -> None:
    """Promise 4: then what came next says what was."""
    demo.build(context, 3, 1)
    told = [run_cli("moved", "--since", "2026-01-01").text, run_cli("glance").text]
    days = "SELECT DISTINCT day FROM facts_history ORDER BY day LIMIT 1"
    with by_hand(context.store) as connection:
        (day,) = connection.execute(days).fetchone()
        for place, value in enumerate(TORN[:5]):
            connection.execute(
                "INSERT INTO facts_history (tenant_id, day, facts) SELECT id, date(?, ?), ? "
                "FROM tenant",
                (day, f"-{place + 1} days", value),
            )
    assert [run_cli("moved", "--since", "2026-01-01").text, run_cli("glance").text] == told
    assert "facts of facts_history " in run_cli("doctor").text


@pytest.mark.parametrize("torn", ["x", b"\0", b"", b"x\x9c", 5, b"x\x9c\x03\0\0\0\0\x01"])
def test_a_step_that_cannot_be_read_is_named_and_keeps_nothing_from_being_written(
    stocked: Context, run_cli: RunCli, torn: object
) -> None:
    """Promise 4."""
    draft = notes.open_draft(stocked, NoteKind.OVERALL, FABRIKAM)
    draft = notes.save_draft(stocked, replace(draft, body=OverallBody(text="One")))
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE step SET changes = ?", (torn,))
    assert "changes of step 1 cannot be read" in run_cli("doctor").text
    refused = run_cli("undo")
    assert refused.status == 3
    assert "can no longer be read" in refused.error
    notes.save_draft(stocked, replace(draft, body=OverallBody(text="Two")))
    assert run_cli("undo").status == 0
    assert run_cli("note", "show", draft.id).text == "One\n"


@pytest.mark.parametrize("torn", ["{broken", "[1,2]", '{"text":[1]}', "5"])
def test_a_note_whose_fields_cannot_be_read_is_named_shown_and_can_be_forgotten(
    stocked: Context, run_cli: RunCli, torn: str
) -> None:
    """Promise 4."""
    draft = notes.open_draft(stocked, NoteKind.OVERALL, FABRIKAM)
    draft = notes.save_draft(stocked, replace(draft, body=OverallBody(text="The text of it")))
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE note SET body = ? WHERE id = ?", (torn, draft.id))
    told = run_cli("doctor")
    assert told.status == 1
    assert f"body of note {draft.id} cannot be read" in told.text
    assert run_cli("note", "show", draft.id).text == "The text of it\n"
    assert run_cli("note", "edit", draft.id, "--field", "text=Other").status == 3
    assert run_cli("forget", "--note", draft.id, "--yes").status == 0
    assert "cannot be read" not in run_cli("doctor").text
