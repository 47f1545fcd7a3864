"""Doctor: a sound store has nothing to tell; each thing made wrong by hand is named with a cure."""

import sys
from collections.abc import Callable
from sqlite3 import Connection

import pytest

from ftop_tui.services import backups, doctor
from ftop_tui.services.context import Context
from house import FABRIKAM, by_hand


def found(context: Context) -> list[str]:
    """The checks that found something."""
    return [finding.check for finding in doctor.examine(context)]


def test_a_store_in_good_order_and_none_at_all_have_no_findings(
    empty: Context, context: Context
) -> None:
    assert doctor.examine(empty) == []
    empty.store.unlink()
    assert doctor.examine(context) == []
    assert not context.store.exists()


def _unknown_colour(connection: Connection) -> None:
    connection.execute("UPDATE customer SET health = 'mauve'")
    connection.execute("UPDATE tenant_facts SET health = 'mauve'")


def _stale(connection: Connection) -> None:
    connection.execute("UPDATE tenant_facts SET escalations = 3")


def _orphan(connection: Connection) -> None:
    connection.execute("INSERT INTO workload (tenant_id, tag) VALUES ('nobody', 'EXO')")


def _broken_body(connection: Connection) -> None:
    _note(connection, "{no json", "2026-11-01")


def _future(connection: Connection) -> None:
    _note(connection, "{}", "2027-01-01")


def _unsearchable(connection: Connection) -> None:
    _note(connection, "{}", "2026-11-01")
    connection.execute(
        "INSERT INTO note_search (note_search, rowid, text) SELECT 'delete', number, text FROM note"
    )


def _note(connection: Connection, body: str, day: str) -> None:
    connection.execute(
        "INSERT INTO note (id, kind, customer_id, tenant_id, state, body, text, created_at, "
        "updated_at, posted_on, source, version) SELECT 'n', 'overall', customer_id, id, 'posted', "
        "?, 'text', '2026-11-01', '2026-11-01', ?, 'app', 1 FROM tenant WHERE id = ?",
        (body, day, FABRIKAM),
    )


def _no_day(connection: Connection) -> None:
    connection.execute("UPDATE customer SET next_update = '2026-02-30'")


def _no_number(connection: Connection) -> None:
    connection.execute("UPDATE tenant SET users = 'many'")


def _two_winners(connection: Connection) -> None:
    connection.execute("UPDATE tenant SET winner_marked = 1")


def _nobody(connection: Connection) -> None:
    connection.execute("UPDATE customer SET fm = NULL, fta = NULL, s_rank = 1500")
    connection.execute("UPDATE tenant_facts SET fm = NULL, fta = NULL, s_rank = 1500")


@pytest.mark.parametrize(
    ("make_wrong", "check"),
    [
        (_unknown_colour, "values"),
        (_stale, "facts"),
        (_orphan, "foreign-keys"),
        (_broken_body, "notes"),
        (_future, "notes"),
        (_unsearchable, "search"),
        (_no_day, "values"),
        (_no_number, "values"),
        (_two_winners, "winner"),
        (_nobody, "accountable"),
    ],
)
def test_what_is_wrong_is_named(
    stocked: Context, make_wrong: Callable[[Connection], None], check: str
) -> None:
    """ES-02 and FR-14 among them."""
    was = found(stocked)
    assert check not in was
    with by_hand(stocked.store) as connection:
        make_wrong(connection)
    assert check in found(stocked)


@pytest.mark.skipif(sys.platform == "win32", reason="modes and users of POSIX")
def test_a_store_that_others_can_read_is_told_of(stocked: Context) -> None:
    stocked.store.chmod(0o644)
    assert "permissions" in found(stocked)


def test_a_backup_that_is_not_as_it_was_written_is_told_of(stocked: Context) -> None:
    path = backups.backup(stocked)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert "backups" in found(stocked)


def test_damaged_pages_are_told_of_and_the_rest_is_still_checked(stocked: Context) -> None:
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE tenant SET winner_marked = 1")
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_note_place'"
        (root,) = connection.execute(query).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(stocked.store.read_bytes())
    data[(root - 1) * size : (root - 1) * size + 40] = b"\xff" * 40
    stocked.store.write_bytes(data)
    assert {"integrity", "winner"} <= set(found(stocked))
