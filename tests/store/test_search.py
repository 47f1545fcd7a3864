"""Full-text search: any text is a query, each write is followed, an old store is upgraded."""

import json
import os
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, pool
from sqlmodel import SQLModel

from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services import history, notes, tenants
from ftop_tui.services.context import Context
from ftop_tui.services.portfolio import load
from ftop_tui.store.engine import version_of
from ftop_tui.store.migrate import BACKUPS, keep_copy, upgrade
from ftop_tui.store.schema import APPLICATION_ID, VERSION, reading
from ftop_tui.store.search import Found, NoteFilter, find_notes
from ftop_tui.store.tables import Customer, Note, Tenant
from house import FABRIKAM, SEARCH_TABLES, RunCli, by_hand, dump, make_house

_BORN = date(2026, 1, 5)
_TEXTS = {
    "plus": "Their portal is written in C++ and C#.",
    "amp": "AT&T carries the lines; at the café we met O'Brien.",
    "full": "Usage is at 100% of what was paid.",
    "hundred": "There are 100 laptops.",
    "emoji": "Went live 🚀 today.",
    "quote": 'He said "maybe".',
    "and": "Salt AND pepper",
    "cjk": "株式会社コントソは移行中です",
    "snow": "Rollout_plan is late, rolling on.",
}


def _write(context: Context, texts: dict[str, str]) -> None:
    """Notes in the order given, all on one tenant."""
    with context.writer().unit("test") as unit:
        unit.session.add(Customer(id="c", name="Contoso", created_on=_BORN))
        unit.session.flush()
        unit.session.add(Tenant(id="t", customer_id="c", name="Contoso", created_on=_BORN))
        unit.session.flush()
        for name, text in texts.items():
            unit.session.add(_note(name, text))
            unit.session.flush()


def _note(name: str, text: str, **more: Any) -> Note:
    values: dict[str, Any] = {
        "kind": "overall", "state": "posted", "posted_on": date(2026, 11, 1), "body": "{}",
        "customer_id": "c", "tenant_id": "t", "source": "app", "version": 1,
        "created_at": "2026-11-01T08:00:00+00:00", "updated_at": "2026-11-01T08:00:00+00:00",
    }  # fmt: skip
    return Note(id=name, text=text, **{**values, **more})


def _find(
    context: Context, text: str, narrow: NoteFilter | None = None, limit: int = 50
) -> list[Found]:
    with reading(context.store) as connection:
        return find_notes(connection, text, narrow or NoteFilter(), limit)


def _ids(context: Context, text: str, narrow: NoteFilter | None = None) -> list[str]:
    return [found.note.id for found in _find(context, text, narrow)]


def _index_is_right(store: Path) -> None:
    """FTS5 compares its index with the texts of all notes."""
    with by_hand(store) as connection:
        connection.execute(
            "INSERT INTO note_search (note_search, rank) VALUES ('integrity-check', 1)"
        )


@pytest.fixture
def written(empty: Context) -> Context:
    """A store with a note for each thing that is hard to find."""
    _write(empty, _TEXTS)
    return empty


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("C++", ["plus"]),
        ("c++", ["plus"]),
        ("c#", ["plus"]),
        ("AT&T", ["amp"]),
        ("at&t lines", ["amp"]),
        ("o'brien", ["amp"]),
        ("cafe", ["amp"]),
        ("CAFÉ", ["amp"]),
        ("100%", ["full"]),
        ("100", ["hundred", "full"]),
        ("🚀", ["emoji"]),
        ("live 🚀", ["emoji"]),
        ('"', ["quote"]),
        ('"maybe"', ["quote"]),
        ("AND", ["and", "plus"]),
        ("コントソ", ["cjk"]),
        ("移行中 株式会社", ["cjk"]),
        ("rollout_plan", ["snow"]),
        ("rolloutXplan", []),
        ("-pepper", ["and"]),
        ("pepper NOT salt", []),
        ("NEAR(salt", []),
        ("text:salt", []),
        ("salt*", []),
        ("sal", ["and"]),
        ("sal pepper", []),
        ("pepp\x00er", ["and"]),
        ("nothing like it", []),
        ("%", ["full"]),
        ("_", ["snow"]),
        ("\U0001e900dlam", []),
    ],
)
def test_any_text_finds_what_holds_it(written: Context, text: str, ids: list[str]) -> None:
    assert _ids(written, text) == ids


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\n"])
def test_no_words_find_the_newest_notes(written: Context, text: str) -> None:
    assert _ids(written, text) == list(reversed(_TEXTS))
    assert [f.note.id for f in _find(written, text, limit=2)] == ["snow", "cjk"]
    assert _find(written, text, limit=0) == []


def test_a_day_that_is_none_hides_no_note_that_is_found(written: Context) -> None:
    """Promise 4: written by hand, a number and bytes stand beside days."""
    with by_hand(written.store) as connection:
        connection.execute("UPDATE note SET posted_on = 12, state = 'posted' WHERE id = 'full'")
        connection.execute("UPDATE note SET posted_on = x'00ff' WHERE id = 'plus'")
    assert set(_ids(written, "is")) == {"full", "plus", "snow"}


def test_no_text_is_an_error(written: Context) -> None:
    """With one store for all, which hypothesis cannot make anew."""
    with reading(written.store) as connection:

        @given(
            st.text(alphabet=st.characters(), max_size=30)
            | st.text("\"*^:-+(){}ANDORT \x00'", max_size=12)
        )
        @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        def search(text: str) -> None:
            for found in find_notes(connection, text, NoteFilter(), 50):
                assert all(0 <= a < b <= len(found.snippet) for a, b in found.spans)

        search()


@given(st.sampled_from(sorted(_TEXTS)), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_word_of_a_note_finds_it(written_once: Context, name: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(_TEXTS[name].split()))
    assert name in _ids(written_once, word)


@pytest.fixture(scope="module")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The same store for many questions."""
    context = make_house(tmp_path_factory.mktemp("written"))
    _write(context, _TEXTS)
    return context


def _marked(found: Found) -> list[str]:
    return [found.snippet[start:end] for start, end in found.spans]


def test_the_snippet_marks_what_was_found(written: Context) -> None:
    (found,) = _find(written, "lines caf")
    assert _marked(found) == ["lines", "café"]
    (found,) = _find(written, "🚀")
    assert _marked(found) == ["🚀"]
    (found,) = _find(written, "AT&T")
    assert "AT&T" in _marked(found)
    assert _find(written, "")[0].spans == ()


def test_a_snippet_is_on_one_line_and_short(empty: Context) -> None:
    filler = "word " * 400
    _write(empty, {"long": f"{filler}\n\n\tneedle 🚀\r\n{filler}"})
    for text in ("needle", "🚀", "needle 🚀", ""):
        (found,) = _find(empty, text)
        assert len(found.snippet) < 300
        assert not set("\n\r\t") & set(found.snippet)
        assert _marked(found) == text.split()


def test_a_word_that_stands_a_hundred_thousand_times_is_found_at_once(empty: Context) -> None:
    """SQLite's own choice of a snippet would take minutes; only the beginning is looked at."""
    _write(empty, {"many": "zebra " * 100_000, "late": "lion " * 100_000 + "giraffe"})
    for narrow in (None, NoteFilter(kinds={"overall"})):
        (many,) = _find(empty, "zebra", narrow)
        assert set(_marked(many)) == {"zebra"}
        (late,) = _find(empty, "giraffe", narrow)
        assert late.snippet.startswith("lion lion")


def test_no_note_forges_a_mark_or_a_command(empty: Context) -> None:
    text = "\x02forged\x03 \x1b]52;c;aGFjaw==\x07needle\x1b[31m [red]x[/] \x02 needle\x03\x03"
    _write(empty, {"bad": text})
    _index_is_right(empty.store)
    for words in ("needle", "", "forged needle", "[/]"):
        (found,) = _find(empty, words)
        assert not {"\x1b", "\x02", "\x03", "\x07"} & set(found.snippet)
        assert all(each in {"needle", "forged", "[/]"} for each in _marked(found))
    _find(empty, "needle")
    assert _marked(_find(empty, "needle")[0]) == ["needle", "needle"]


def test_a_text_that_sqlite_holds_with_nul_is_found_still(empty: Context) -> None:
    _write(empty, {"nul": "before\x00after needle"})
    assert _ids(empty, "before") == ["nul"]


def test_bytes_in_the_place_of_a_text_are_found_beside_others(written: Context) -> None:
    """Written by hand; no index or view stumbles over them."""
    with by_hand(written.store) as connection:
        connection.execute(
            "UPDATE note SET text = ? WHERE id = 'full'", (b"Usage rose \xff\x00 today",)
        )
    assert _ids(written, "usage") == ["full"]
    assert set(_ids(written, "today")) >= {"emoji"}
    assert "full" in _ids(written, "", NoteFilter(kinds={"overall"}))


def test_filters_narrow(empty: Context) -> None:
    _write(empty, {})
    with empty.writer().unit("test") as unit:
        unit.session.add(Tenant(id="u", customer_id="c", name="Labs", created_on=_BORN))
        unit.session.flush()
        for note in (
            _note("a", "needle", kind="entitlement", tag="EXO", posted_on=date(2026, 10, 1)),
            _note("b", "needle", kind="entitlement", tag="SPO", tenant_id="u"),
            _note("c", "needle", state="draft", posted_on=None),
            _note("d", "needle", kind="from-tomorrow"),
        ):
            unit.session.add(note)
            unit.session.flush()
    for text in ("needle", ""):
        assert _ids(empty, text) == ["c", "b", "a"], "an unknown kind hides no other"
        for narrow, ids in (
            (NoteFilter(kinds={"entitlement"}), "ba"),
            (NoteFilter(kinds=()), ""),
            (NoteFilter(tenants={"u"}), "b"),
            (NoteFilter(tenants={"u", "t", "'"}), "cba"),
            (NoteFilter(tags={"EXO"}), "a"),
            (NoteFilter(since=date(2026, 10, 2)), "cb"),
            (NoteFilter(until=date(2026, 10, 1)), "a"),
            (NoteFilter(since=date(2026, 11, 1), until=date(2026, 11, 1)), "cb"),
            (NoteFilter(state=NoteState.DRAFT), "c"),
            (NoteFilter(state=NoteState.POSTED), "ba"),
        ):
            assert _ids(empty, text, narrow) == list(ids), narrow


def test_words_as_they_are_go_before_beginnings(empty: Context) -> None:
    """Where the limit leaves room for both, the day alone orders them."""
    _write(
        empty, {"old": "the plan", "a": "planned", "mid": "a plan", "b": "plants", "c": "Planes"}
    )
    assert _ids(empty, "plan") == ["c", "b", "mid", "a", "old"]
    for limit, ids in ((1, ["mid"]), (2, ["mid", "old"]), (3, ["c", "mid", "old"])):
        assert [found.note.id for found in _find(empty, "plan", limit=limit)] == ids
        narrow = NoteFilter(tenants={"t"})
        assert [found.note.id for found in _find(empty, "plan", narrow, limit)] == ids
    assert _ids(empty, "the pla") == ["old"]
    assert _ids(empty, "plann") == ["a"]
    assert _marked(_find(empty, "plann")[0]) == ["planned"]


@pytest.mark.parametrize("state", [None, NoteState.POSTED])
def test_every_way_to_search_finds_the_same(
    written_once: Context, monkeypatch: pytest.MonkeyPatch, state: NoteState | None
) -> None:
    """By the store's index, by one of the few notes of a filter, with beginnings spelt out."""
    asked = ["s", "rol", "at", "a", "salt an", "Caf", "CAFÉ", "AT&T", "C", "c#", "o'br", "no"]
    narrow = NoteFilter(tenants={"t"}, since=date(2026, 11, 1), state=state)
    found = []
    for few, most_words in ((4000, 1000), (0, 1000), (0, 1)):
        monkeypatch.setattr("ftop_tui.store.search._FEW", few)
        monkeypatch.setattr("ftop_tui.store.search._MOST_WORDS", most_words)
        found.append([_find(written_once, text, narrow) for text in asked])
        assert _find(written_once, "at", NoteFilter(tenants={"u"})) == []
    assert found[0] == found[1] == found[2]
    assert [len(each) for each in found[0]][:6] == [2, 1, 2, 5, 1, 1]


def test_the_index_follows_every_write_undo_and_redo(stocked: Context) -> None:
    _index_is_right(stocked.store)
    draft = notes.new_draft(stocked, NoteKind.OVERALL, FABRIKAM)
    saved = notes.save_draft(stocked, draft.with_body(OverallBody(text="zebra crossing")))
    assert _ids(stocked, "zebra") == [draft.id]
    saved = notes.save_draft(stocked, saved.with_body(OverallBody(text="giraffe crossing")))
    assert _ids(stocked, "zebra") == []
    assert _ids(stocked, "giraffe") == [draft.id]
    notes.delete_draft(stocked, draft.id)
    assert _ids(stocked, "giraffe") == []
    assert history.undo(stocked)
    assert _ids(stocked, "giraffe") == [draft.id]
    assert history.undo(stocked)
    assert _ids(stocked, "giraffe") == []
    assert history.redo(stocked)
    assert _ids(stocked, "giraffe") == [draft.id]
    assert history.redo(stocked)
    _index_is_right(stocked.store)


def test_compacting_the_file_moves_no_note(written: Context) -> None:
    with by_hand(written.store) as connection:
        connection.execute("DELETE FROM note WHERE id IN ('plus', 'full')")
    with closing(sqlite3.connect(written.store)) as connection:
        connection.execute("VACUUM")
    assert _ids(written, "100%") == []
    assert _ids(written, "AT&T") == ["amp"]
    _index_is_right(written.store)


# The upgrade of a store of the first version


def _first_version(path: Path, rows_of: Path) -> None:
    """A store as migration 0001 alone makes it, with the rows of another."""
    path.parent.mkdir(parents=True)
    config = Config()
    config.set_main_option("script_location", str(files("ftop_tui.store") / "migrations"))
    engine = create_engine(f"sqlite:///{path}", poolclass=pool.NullPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.commit()
    engine.dispose()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("ATTACH ? AS full", (str(rows_of),))
        for table in SQLModel.metadata.sorted_tables:
            known = {row[1] for row in plain.execute(f"PRAGMA main.table_info({table.name})")}
            names = ", ".join(f'"{c.name}"' for c in table.columns if c.name in known)
            if not known:
                continue  # a table of a later version
            plain.execute(
                f"INSERT INTO main.{table.name} ({names}) SELECT {names} FROM full.{table.name}"  # noqa: S608
            )
        plain.commit()
        plain.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        plain.execute("PRAGMA user_version = 1")
        plain.execute("PRAGMA journal_mode = WAL")


@pytest.fixture
def old(stocked: Context, tmp_path: Path) -> Context:
    """A house whose store is of the first version and holds the samples and some notes."""
    _write(stocked, _TEXTS)
    context = make_house(tmp_path / "old")
    _first_version(context.store, stocked.store)
    assert version_of(context.store) == 1
    return context


def _rows(store: Path) -> dict[str, list[tuple[object, ...]]]:
    return dump(store, "alembic_version", *SEARCH_TABLES)


def _is_whole(store: Path, before: dict[str, list[tuple[object, ...]]]) -> None:
    assert version_of(store) == VERSION
    with by_hand(store) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert _rows(store) == before
    _index_is_right(store)


def test_an_old_store_is_upgraded_by_the_first_write_and_loses_nothing(
    old: Context, stocked: Context
) -> None:
    """What it has then is what a new store with the same rows has, facts among them."""
    before = _rows(stocked.store)
    old.writer()
    _is_whole(old.store, before)
    assert _ids(old, "AT&T") == ["amp"]
    tenants.edit(old, FABRIKAM, {"Health": "green"})
    assert history.undo(old)
    with by_hand(old.store) as connection:
        connection.execute("UPDATE note SET text = 'zebra' WHERE id = 'amp'")
    assert _ids(old, "AT&T") == []
    assert _ids(old, "zebra") == ["amp"]


def test_an_old_store_is_upgraded_by_the_first_look(old: Context, stocked: Context) -> None:
    before = _rows(stocked.store)
    assert load(old).ranked
    _is_whole(old.store, before)


def test_what_the_store_was_before_the_upgrade_is_kept(old: Context) -> None:
    before = _rows(old.store)
    old.writer()
    (kept,) = (old.store.parent / BACKUPS).iterdir()
    assert version_of(kept) == 1
    assert _rows(kept) == before
    if os.name != "nt":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_without_room_for_the_copy_nothing_is_upgraded(old: Context, run_cli: RunCli) -> None:
    (old.store.parent / BACKUPS).write_text("in the way")
    result = run_cli("list", FTOP_TUI_DATA_DIR=str(old.paths.data_dir))
    assert result.status == 3
    assert result.error.count("\n") == 1
    assert version_of(old.store) == 1


def test_a_copy_that_came_too_late_is_not_kept(old: Context) -> None:
    """Another program upgraded the store meanwhile."""
    upgrade(old.store)
    keep_copy(old.store, 1)
    assert list((old.store.parent / BACKUPS).iterdir()) == []


def test_a_new_store_needs_no_copy(empty: Context) -> None:
    empty.writer()
    assert not (empty.store.parent / BACKUPS).exists()


_LOOKS: Sequence[tuple[str, ...]] = (
    ("list", "--json"),
    ("why", FABRIKAM, "--json"),
    ("show", FABRIKAM, "--json"),
    ("opening", FABRIKAM, "--json"),
    ("moved", "--json"),
    ("note", "list", "--json"),
    ("note", "show", "amp", "--json"),
    ("note", "history", FABRIKAM, "--kind", "overall", "--json"),
    ("search", "AT&T", "--json"),
    ("undo", "--list", "--json"),
)


@pytest.mark.parametrize("call", _LOOKS, ids=" ".join)
def test_every_reading_command_works_on_an_old_store(
    call: tuple[str, ...], old: Context, run_cli: RunCli
) -> None:
    place = {"FTOP_TUI_DATA_DIR": str(old.paths.data_dir)}
    result = run_cli(*call, **place)
    assert result.status in {0, 1}, result
    assert json.loads(result.stdout) == run_cli(*call).json, "as on the store it was copied from"


def test_the_upgraded_store_is_the_same_as_a_new_one(old: Context, stocked: Context) -> None:
    old.writer()
    assert _schema(old.store) == _schema(stocked.store)


def _schema(store: Path) -> set[tuple[str, str, str]]:
    with by_hand(store) as connection:
        return set(connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall())
