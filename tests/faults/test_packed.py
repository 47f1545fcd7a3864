"""Columns that hold a small packed text of ours, with something else in it: nothing is hidden."""

import shutil
import zlib
from pathlib import Path

import pytest

from ftop_tui.services import demo, moved, unfinished
from ftop_tui.services.context import Context
from ftop_tui.store import examining
from house import DERIVED, RunCli, by_hand, dump, make_house, run_in
from ui.seeing import lines

from .tour import touring

BAD = (
    "x", "", "[broken", '{"text":null', "null", "5", "[1,2]",
    '{"risks":5,"status":[1],"text":null}', b"\0", b"x\x9c", 5, 1.5, "9" * 400,
    "25:25:9999999", "[" * 9000,
)  # fmt: skip
WORD = "ZqxSecret"
_OF_ONE = "tpid = '610008' AND winner"
"""A tenant with a partner."""
PLACES = (
    *(
        ("tenant_facts", name, _OF_ONE)
        for name in (
            "missed", "contacts", "peaks", "dated", "frp_data", "renewals", "blocked", "no_dibs",
            "tags", "partners",
        )
    ),
    ("facts_history", "facts", "facts IS NOT NULL"),
    ("step", "changes", "id = (SELECT max(id) FROM step WHERE NOT undone)"),
    ("step", "changes", "undone"),
    *(
        ("note", "body", f"number = (SELECT max(number) FROM note WHERE kind = '{kind}' {state})")  # noqa: S608
        for kind in ("enterprise", "exec-summary", "overall", "entitlement")
        for state in ("AND state = 'posted'", "AND state = 'draft'")
    ),
    ("note", "ignored", "ignored IS NOT NULL"),
    ("brief_part", "text", "part LIKE '%:base'"),
    ("meta", "value", "1"),
    ("snooze", "what", "1"),
)  # fmt: skip
"""Table, column and row; those of `LENIENT` may hold any text."""
LENIENT = {"renewals", "blocked", "no_dibs", "tags", "partners", "what"}
COMMANDS = (
    ("list",), ("show", "610008"), ("why", "610008"), ("week", "--days", "400"), ("moved",),
    ("moved", "--since", "2026-01-01"), ("glance",), ("next",), ("search", "the"),
    ("note", "list"), ("export", "-o", "{}/a.json"), ("export", "-o", "{}/a.xlsx"),
    ("export", "--audience", "customer", "-o", "{}/c.json"), ("undo", "--list"), ("brief",),
    ("brief", "610008"), ("plan", "610008"), ("partner", "list"), ("opening", "610008"),
    ("set", "610008", "Health=green"),
)  # fmt: skip


@pytest.fixture(scope="module")
def _whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with something in each of the columns."""
    folder = tmp_path_factory.mktemp("packed")
    house = make_house(folder)
    demo.build(house, 12, 1)
    moved.mark_seen(house)
    unfinished.keep(house, unfinished.place_of(("why",), None), {"reason": "typed"})
    for call in (
        ("set", "610008", "BusinessReason=Growth"),
        ("set", "610003", "Users=7"),
        ("undo",),
    ):
        assert run_in(folder, call).status == 0
    with by_hand(house.store) as connection:
        connection.execute("UPDATE note SET ignored = '[]' WHERE state = 'draft'")
        connection.execute("INSERT INTO meta VALUES ('walk n', '{}')")
        query = "SELECT id FROM nomination WHERE customer_id = "
        (nomination,) = connection.execute(
            query + f"(SELECT customer_id FROM tenant_facts WHERE {_OF_ONE})"  # noqa: S608
        ).fetchone()
        for part, text in (("health", "edited"), ("health:base", "{}")):
            connection.execute("INSERT INTO brief_part VALUES (?, ?, ?)", (nomination, part, text))
    return folder


def _write(store: Path, value: object, *places: tuple[str, str, str]) -> None:
    """Put a value into one row of each of these columns, or into all that there are."""
    with by_hand(store) as connection:
        for table, column, where in places or PLACES:
            done = connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE {where}",  # noqa: S608 - our own names
                (value,),
            )
            assert done.rowcount or where.endswith("'draft')"), (table, column, where)


@pytest.fixture
def whole(context: Context, _whole: Path) -> Context:
    """A store with something in each of the columns."""
    shutil.copytree(_whole / "data", context.paths.data_dir)
    return context


@pytest.fixture(params=BAD, ids=lambda value: ascii(value)[:12])
def odd(request: pytest.FixtureRequest, whole: Context) -> tuple[Context, object]:
    """The same with one value in all of them."""
    _write(whole.store, request.param)
    return whole, request.param


def test_what_cannot_be_unpacked_hides_nothing_else(
    odd: tuple[Context, object], run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4: in whichever column, for whichever command."""
    for command in COMMANDS:
        result = run_cli(*(word.format(tmp_path) for word in command))
        assert result.status in {0, 1}, (command, result)
        assert "unexpected" not in result.error
    assert len(run_cli("list", "--json").json) == 14
    tenants = {each["tenant_id"] for each in run_cli("list", "--json").json}
    known = {each["tenant_id"] for each in run_cli("moved", "--since", "2026-01-01", "--json").json}
    assert known <= tenants


def test_doctor_names_what_cannot_be_unpacked(odd: tuple[Context, object], run_cli: RunCli) -> None:
    """Promise 4: by table, row and column."""
    _, bad = odd
    fine = set(LENIENT)
    if bad == "":
        fine |= {"missed", "contacts", "peaks", "dated", "frp_data", "ignored"}
    if bad in (5, "5"):
        fine |= {"contacts"}  # a day, and the facts are named as stale
    if str(bad).endswith("}"):
        fine |= {"body"}  # of some kinds it is one
    said = [each["message"] for each in run_cli("doctor", "--json").json["findings"]]
    for table, column, _ in PLACES:
        named = any(f"{column} of {table} " in each for each in said)
        assert named or column in fine, (table, column, said)
    assert any("facts behind the rank are stale" in each for each in said)


def test_any_change_of_the_tenant_draws_what_cannot_be_unpacked_anew(
    odd: tuple[Context, object], run_cli: RunCli
) -> None:
    """Promise 4: also where the odd value stands in the very facts that are drawn."""
    assert run_cli("set", "610008", "Users=5").status == 0
    said = [each["message"] for each in run_cli("doctor", "--json").json["findings"]]
    assert [each for each in said if "tenant_facts" in each or "are stale" in each] == []


@pytest.mark.parametrize("bad", ["x", "[1,2]", b"\0"])
async def test_the_app_starts_with_what_cannot_be_unpacked(whole: Context, bad: object) -> None:
    """Promise 4."""
    _write(whole.store, bad)
    async with touring(whole, (120, 40)) as (app, _pilot):
        assert len(app.screen_stack[0].portfolio.ranked) == 14
        assert lines(app)


def test_one_odd_list_costs_its_tenant_no_more_than_that_entry(
    whole: Context, run_cli: RunCli
) -> None:
    """Promise 4: the entries beside it count, and no other tenant stands otherwise."""
    before = run_cli("list", "--json").json
    with by_hand(whole.store) as connection:
        connection.execute(
            f"UPDATE tenant_facts SET missed = 'x ' || coalesce(missed, '') WHERE {_OF_ONE}"  # noqa: S608
        )
    assert run_cli("list", "--json").json == before


def test_a_day_of_history_that_cannot_be_read_is_passed_over(
    whole: Context, run_cli: RunCli
) -> None:
    """Promise 4: the tenant is neither new nor gone for it."""
    _write(whole.store, "[broken", ("facts_history", "facts", "facts IS NOT NULL"))
    told = run_cli("moved", "--since", "2026-11-20", "--json").json
    assert {each["what"] for each in told}.isdisjoint({"new", "gone"})


_LAST = ("step", "changes", "id = (SELECT max(id) FROM step WHERE NOT undone)")


@pytest.mark.parametrize(
    "bad",
    [*BAD, zlib.compress(b'[["customer",{"id":"c"},{"no_column":1},null]]'), zlib.compress(b"5"),
     zlib.compress(b'[["no_table",{"id":"c"},null,{}]]')],
    ids=lambda value: ascii(value)[:12],
)  # fmt: skip
def test_a_step_that_cannot_be_unpacked_is_not_undone_and_stops_nothing_else(
    whole: Context, run_cli: RunCli, bad: object
) -> None:
    """Promise 4: it is said in words, and what is done after it can be undone."""
    _write(whole.store, bad, _LAST)
    before = dump(whole.store)
    refused = run_cli("undo")
    assert refused.status == 3
    assert "what it changed can no longer be read" in refused.error
    assert dump(whole.store) == before
    assert "changes of step 1 cannot be read" in run_cli("doctor").text
    assert run_cli("set", "610003", "Users=8").status == 0
    assert run_cli("undo").status == 0
    assert run_cli("undo").status == 3


@pytest.mark.parametrize("bad", ["[1,2]", "{broken", '{"risks":5,"status":[1]}', b"\0", 5])
def test_a_note_whose_fields_are_damaged_can_be_read_and_deleted(
    whole: Context, run_cli: RunCli, bad: object
) -> None:
    """Promise 4: what needs its fields is refused by its name, and nothing of it is changed."""
    where = "kind = 'enterprise' AND state = 'draft'"
    with by_hand(whole.store) as connection:
        ((note, text),) = connection.execute(f"SELECT id, text FROM note WHERE {where}")  # noqa: S608
    _write(whole.store, bad, ("note", "body", where))
    before = dump(whole.store)
    shown = run_cli("note", "show", note)
    assert (shown.status, shown.text.strip()) == (0, text.strip())
    assert run_cli("note", "show", note, "--json").json["text"] == text
    for verb in (
        ("edit", note, "--field", "risks=x"),
        ("post", note),
        ("check", note),
        ("fields", note),
    ):
        refused = run_cli("note", *verb)
        assert refused.status == 3
        assert f"the fields of the note {note} are damaged" in refused.error
        assert "restore" not in refused.error
    assert dump(whole.store) == before
    assert f"body of note {note} " in run_cli("doctor").text
    assert run_cli("note", "delete", note).status == 0
    assert run_cli("undo").status == 0
    if isinstance(bad, str):
        assert dump(whole.store, *DERIVED) == {k: v for k, v in before.items() if k not in DERIVED}
    assert run_cli("forget", "--note", note, "--yes").status == 0


def test_what_was_set_aside_and_cannot_be_read_stays_until_something_else_is(
    whole: Context, run_cli: RunCli
) -> None:
    """Promise 4: an edit beside it does not wipe it."""
    where = "kind = 'enterprise' AND state = 'draft'"
    _write(whole.store, "[broken", ("note", "ignored", where))
    query = f"SELECT id, ignored FROM note WHERE {where}"  # noqa: S608 - our own names
    with by_hand(whole.store) as connection:
        ((note, _),) = connection.execute(query)
    assert run_cli("note", "edit", note, "--field", "risks=Snow").status == 0
    with by_hand(whole.store) as connection:
        assert connection.execute(query).fetchall() == [(note, "[broken")]


def test_doctor_never_quotes_bytes_codes_or_texts_and_names_their_rows(
    busy: Context, run_cli: RunCli
) -> None:
    """Promise 7: in whichever column they stand; and 4."""
    with by_hand(busy.store) as connection:
        places = [
            (table, column)
            for table, column in examining.columns_of(connection, "VARCHAR", "INTEGER", "DATE")
            if table in {"customer", "tenant", "note", "contact", "record", "escalation"}
            and column not in {"id", "number", "customer_id", "tenant_id", "partner_id"}
        ]
        rows = {
            table: connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]  # noqa: S608
            for table, _ in places
        }
    for value in (WORD, WORD.encode()):
        for table, column in places:
            if isinstance(value, bytes) or column != "name":  # by which it is called
                _write(busy.store, value, (table, column, f"id = '{rows[table]}'"))
        told = run_cli("doctor").text
        assert WORD not in told
        assert WORD.encode().hex().upper() not in told
    for table, column in places:
        assert f"{column} of {table} {rows[table]} is no " in told
