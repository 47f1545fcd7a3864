"""What SQL takes for a count, a yes or no and a text is what Python takes for one."""

import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook import stored
from ftop_tui.store import sound

STORED = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.integers(-3, 3)
    | st.sampled_from([stored.LARGEST, stored.LARGEST + 1])
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
    | st.binary(max_size=8)
)


@given(STORED)
def test_sql_and_python_read_what_is_stored_alike(value: object) -> None:
    """Promise 4: in a column without a type, where each value stays as it is given."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (v)")
        connection.execute("INSERT INTO t VALUES (?)", (value,))
        (kept,) = connection.execute("SELECT v FROM t").fetchone()
        query = f"SELECT {sound.number('v')}, {sound.flag('v')} FROM t"  # noqa: S608
        count, yes = connection.execute(query).fetchone()
    assert stored.number(count) == stored.number(kept)
    assert stored.flag(yes) == stored.flag(kept)


@given(st.binary(max_size=8))
def test_bytes_are_written_alike(value: bytes) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        query = f"SELECT {sound.text('v')} FROM (SELECT ? AS v)"  # noqa: S608 - our own
        (text,) = connection.execute(query, (value,)).fetchone()
    assert text == stored.words(value)
