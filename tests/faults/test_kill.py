"""kill -9 at any point of any write: what was said to be saved is there, the rest is whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ftop_tui.services import backups, notes, portfolio, tenants
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from ftop_tui.store.schema import VERSION
from house import FABRIKAM, SEARCH_TABLES, by_hand, dump

from .killing import WORKER, is_sound, kill_at_random, rounds, tenant_id
from .older import old_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")

_IGNORED = ("step", "facts_history", *SEARCH_TABLES)


def test_a_saved_note_survives_a_kill(stocked: Context) -> None:
    """Promise 1 and 2."""
    for dice in rounds():
        said = kill_at_random(dice, "save", stocked.paths.data_dir)
        is_sound(stocked)
        drafts = [note for note in portfolio.notes(stocked, FABRIKAM) if note.kind == "overall"]
        if said:
            (draft,) = drafts
            assert int(draft.text.splitlines()[0].removeprefix("line ")) >= int(said[-1])
            notes.delete_draft(stocked, draft.id)


def _portfolio(path: Path, health: str) -> str:
    rows = "".join(f"{tenant_id(n)},Contoso {n},{640000 + n},{health}\n" for n in range(300))
    path.write_text(f"TenantId,TenantName,TPID,Health\n{rows}")
    return str(path)


def _healths(context: Context) -> set[str]:
    with by_hand(context.store) as connection:
        rows = connection.execute("SELECT health FROM customer WHERE name IS NULL").fetchall()
    assert len(rows) in {0, 300}
    return {health for (health,) in rows}


def test_an_import_is_all_or_nothing_under_a_kill(empty: Context, tmp_path: Path) -> None:
    """Promise 1 and 3."""
    files = [_portfolio(tmp_path / f"{health}.csv", health) for health in ("red", "green")]
    done = 0
    for dice in rounds():
        said = kill_at_random(dice, "import", empty.paths.data_dir, *files)
        is_sound(empty)
        found = _healths(empty)
        assert len(found) <= 1
        assert found or not said
        done += len(said)
    assert done


def test_a_backup_is_whole_or_not_there(stocked: Context) -> None:
    """Promise 3."""
    seen: set[Path] = set()
    for dice in rounds():
        said = kill_at_random(dice, "backup", stocked.paths.data_dir)
        is_sound(stocked)
        made = {each.path for each in backups.backups(stocked)} - seen
        assert made >= {Path(each) for each in said}
        for each in made:
            assert copies.examine(each) == VERSION
        seen |= made


def test_a_restore_leaves_the_one_or_the_other(stocked: Context, tmp_path: Path) -> None:
    """Promise 3."""
    places, states = [], []
    for number in range(2):
        tenants.edit(stocked, FABRIKAM, {"Industry": f"Industry {number}"})
        places.append(str(backups.backup(stocked, tmp_path / f"{number}.sqlite3")))
        states.append(dump(stocked.store, *_IGNORED))
    for dice in rounds():
        kill_at_random(dice, "restore", stocked.paths.data_dir, *places)
        is_sound(stocked)
        assert dump(stocked.store, *_IGNORED) in states


def test_an_upgrade_that_was_killed_is_done_by_the_next_start(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 3: and what the store was before is kept."""
    whole = dump(stocked.store, *_IGNORED, "alembic_version")
    old = old_store(stocked, VERSION - 1, tmp_path, monkeypatch)
    kept = shutil.copy(old.store, tmp_path / "kept.sqlite3")
    for dice in rounds():
        shutil.rmtree(old.paths.data_dir)
        old.paths.data_dir.mkdir(mode=0o700)
        shutil.copy(kept, old.store)
        kill_at_random(dice, "upgrade", old.paths.data_dir)
        again = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, str(WORKER), "upgrade", str(old.paths.data_dir)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert again.stdout.endswith("upgraded\n")
        is_sound(old)
        assert dump(old.store, *_IGNORED, "alembic_version") == whole
