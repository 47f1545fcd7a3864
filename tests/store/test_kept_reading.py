"""One connection that is kept for who reads at each key: never stale, and let go in time."""

import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from ftop_tui.errors import StoreError
from ftop_tui.services.context import Context
from ftop_tui.store.schema import KeptReading


def _named(kept: KeptReading, context: Context) -> set[str]:
    with kept(context.store) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM tenant")}


def _rename(context: Context, name: str) -> None:
    with closing(sqlite3.connect(context.store)) as connection, connection:
        connection.execute("UPDATE tenant SET name = ?", (name,))


def test_what_was_written_meanwhile_is_read(stocked: Context) -> None:
    kept = KeptReading()
    with kept(stocked.store) as first:
        pass
    _rename(stocked, "Fabrikam")
    assert _named(kept, stocked) == {"Fabrikam"}
    with kept(stocked.store) as second:
        assert second is first
    kept.close()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
def test_a_file_put_in_its_place_is_noticed(stocked: Context) -> None:
    other = stocked.store.with_name("other")
    shutil.copyfile(stocked.store, other)
    _rename(stocked, "Fabrikam")
    kept = KeptReading()
    assert _named(kept, stocked) == {"Fabrikam"}
    for file in stocked.store.parent.glob(f"{stocked.store.name}-*"):
        file.unlink()
    other.replace(stocked.store)
    assert "Fabrikam" not in _named(kept, stocked)
    kept.close()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
@pytest.mark.parametrize("content", [None, b"", b"no database, but long enough to be read as one"])
def test_a_store_that_went_bad_is_refused_and_a_good_one_read_again(
    stocked: Context, content: bytes | None
) -> None:
    kept, safe = KeptReading(), stocked.store.with_name("safe")
    before = _named(kept, stocked)
    stocked.store.replace(safe)
    if content is not None:
        stocked.store.write_bytes(content)
    with pytest.raises(StoreError):
        _named(kept, stocked)
    safe.replace(stocked.store)
    assert _named(kept, stocked) == before
    kept.close()
