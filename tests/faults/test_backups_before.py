"""Before much is changed there is a backup of what was; without one nothing is changed."""

from datetime import date
from pathlib import Path

from ftop_tui.services import backups, snoozes, week
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from ftop_tui.store.schema import VERSION
from house import FABRIKAM, RunCli, dump


def _made(context: Context) -> list[str]:
    return [each.why for each in backups.backups(context)]


def _table(folder: Path, name: str) -> str:
    path = folder / "table.csv"
    path.write_text(f"TenantId,TenantName\n{FABRIKAM},{name}\n")
    return str(path)


def test_an_import_and_its_undo_are_preceded_by_a_backup_of_what_was(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 3."""
    states = {}
    for arguments in (("import", _table(tmp_path, "Other")), ("undo",), ("redo",)):
        states[f"before-{arguments[0]}"] = dump(stocked.store)
        assert run_cli(*arguments).status == 0
    made = backups.backups(stocked)
    assert {each.why: dump(each.path) for each in made} == states
    assert {copies.examine(each.path) for each in made} == {VERSION}


def test_an_import_that_changes_nothing_or_is_refused_makes_no_backup(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 3: good backups are not thinned away for nothing."""
    assert run_cli("import", _table(tmp_path, "Other")).status == 0
    assert run_cli("import", _table(tmp_path, "Other")).status == 0
    assert run_cli("import", "--dry-run", _table(tmp_path, "Third")).status == 0
    assert _made(stocked) == ["before-import"]


def test_without_a_backup_nothing_is_imported(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 3."""
    backups.folder(stocked).write_text("no folder")
    before = dump(stocked.store)
    refused = run_cli("import", _table(tmp_path, "Other"))
    assert refused.status == 2
    assert "no backup could be made before it, so nothing was changed" in refused.error
    assert dump(stocked.store) == before


def test_several_things_at_once_are_preceded_by_a_backup_and_one_is_not(stocked: Context) -> None:
    """Promise 3."""
    due = week.items(stocked)
    later = date(2026, 12, 24)
    snoozes.snooze(stocked, due[:1], later, "on leave")
    assert _made(stocked) == []
    snoozes.snooze(stocked, due[:2], later, "on leave")
    snoozes.wake(stocked, due[:2])
    week.move(stocked, due[:2], later)
    assert _made(stocked) == ["before-bulk-change"] * 3
