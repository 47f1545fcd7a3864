"""A text in the store that is no UTF-8: shown as far as it can be read, named, told to nobody."""

import sqlite3
from pathlib import Path

import pytest

from ftop_tui.services.context import Context
from ftop_tui.store.schema import unusable
from house import RunCli, by_hand
from ui.seeing import lines

from .test_unknown_values import COMMANDS
from .tour import touring

WORD = "SECRETWORD"
ODD = b"SECRETWORD a\xffb"
COLUMNS = (
    "note.text", "contact.name", "escalation.title", "workload.partner", "customer.name",
    "tenant.name", "tenant_facts.name", "workload.business_reason",
)  # fmt: skip


@pytest.fixture
def odd(busy: Context) -> Context:
    """A store with a byte that is no UTF-8 in one row of each of some columns."""
    with by_hand(busy.store) as connection:
        for place in COLUMNS:
            table, _, name = place.partition(".")
            (row,) = connection.execute(
                f"SELECT max(rowid) FROM {table} WHERE {name} IS NOT NULL"  # noqa: S608
            ).fetchone()
            assert row, place
            connection.execute(
                f"UPDATE {table} SET {name} = cast(? AS text) WHERE rowid = ?",  # noqa: S608
                (ODD, row),
            )
    return busy


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_text_that_is_no_utf8_hides_nothing_else(
    odd: Context, run_cli: RunCli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Promise 4; and 7: no message quotes it."""
    result = run_cli(*(word.format(tmp_path) for word in command))
    assert result.status in {0, 1}, result
    assert WORD not in result.error
    assert "unexpected" not in result.error
    if command == ("note", "list"):
        assert "a\ufffdb" in result.text


def test_doctor_names_table_row_and_column_of_it_and_not_what_it_says(
    odd: Context, run_cli: RunCli
) -> None:
    """Promise 4."""
    result = run_cli("doctor")
    with by_hand(odd.store) as connection:
        (note,) = connection.execute("SELECT id FROM note ORDER BY rowid DESC").fetchone()
    assert f"text of note {note} is no UTF-8" in result.text
    for place in COLUMNS:
        table, _, name = place.partition(".")
        assert f"{name} of {table} " in result.text
    assert [line for line in result.text.splitlines() if WORD in line and "UTF-8" in line] == []


@pytest.mark.parametrize(
    ("place", "named"),
    [("customer.phase", "phase of customer"), ("note.posted_on", "posted_on of note"),
     ("tenant.users", "users of tenant")],
)  # fmt: skip
def test_doctor_names_a_code_day_or_number_that_is_no_utf8_once_and_never_quotes_it(
    busy: Context, run_cli: RunCli, place: str, named: str
) -> None:
    """Promise 7."""
    table, _, column = place.partition(".")
    with by_hand(busy.store) as connection:
        connection.execute(
            f"UPDATE {table} SET {column} = cast(? AS text) "  # noqa: S608
            f"WHERE rowid = (SELECT max(rowid) FROM {table})",
            (ODD,),
        )
    text = run_cli("doctor").text
    assert len([line for line in text.splitlines() if named in line]) == 1
    assert WORD not in text


@pytest.mark.parametrize("place", ["note.text", "customer.phase", "note.posted_on", "tenant.users"])
def test_doctor_names_bytes_in_the_place_of_another_value_and_never_quotes_them(
    busy: Context, run_cli: RunCli, place: str
) -> None:
    """Promise 7: they may be a customer's text."""
    table, _, column = place.partition(".")
    with by_hand(busy.store) as connection:
        connection.execute(
            f"UPDATE {table} SET {column} = ? "  # noqa: S608
            f"WHERE rowid = (SELECT max(rowid) FROM {table})",
            (WORD.encode(),),
        )
        (row,) = connection.execute(f"SELECT id FROM {table} ORDER BY rowid DESC").fetchone()  # noqa: S608
    text = run_cli("doctor").text
    told = [line for line in text.splitlines() if f"{column} of {table} {row} is no " in line]
    assert len(told) == 1, text
    assert WORD not in text


def test_an_edit_beside_it_leaves_its_bytes_as_they_are(odd: Context, run_cli: RunCli) -> None:
    """Promise 4: what is shown for it is not written back."""
    with by_hand(odd.store) as connection:
        (tenant,) = connection.execute("SELECT id FROM tenant ORDER BY rowid DESC").fetchone()
    assert run_cli("set", tenant, "Health=green", "Users=7").status == 0
    with by_hand(odd.store) as connection:
        query = "SELECT cast(name AS blob), users FROM tenant WHERE id = ?"
        assert connection.execute(query, (tenant,)).fetchone() == (ODD, 7)


async def test_the_list_shows_it_among_the_others(odd: Context) -> None:
    """Promise 4."""
    async with touring(odd, (120, 40)) as (app, _pilot):
        assert len(app.screen_stack[0].portfolio.ranked) == 14
        assert lines(app)


@pytest.mark.parametrize(
    "said",
    [f"Could not decode to UTF-8 column 'text' with text '{WORD}'", f'no such column: "{WORD}"',
     f'fts5: syntax error near "{WORD}"', f"CHECK constraint failed: x = '{WORD}'"],
)  # fmt: skip
def test_what_sqlite_says_of_a_store_is_told_without_what_it_may_quote(said: str) -> None:
    """Promise 7."""
    told = unusable(Path("/a/store"), sqlite3.OperationalError(said))
    assert WORD not in told.message
