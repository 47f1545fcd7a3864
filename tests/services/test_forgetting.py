"""Deleting for good: no byte of it is left in the file, its log, its index or its journal."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ftop_tui.errors import NotFoundError, StoreError
from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import (
    backups,
    editing,
    escalations,
    forgetting,
    history,
    notes,
    portfolio,
    records,
    searching,
)
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from house import FABRIKAM, FABRIKAM_LAB, RunCli, by_hand, dump

RARE = "Zanzibarite"


def bytes_of(context: Context) -> bytes:
    """Everything that the store's files hold."""
    return b"".join(
        path.read_bytes() for path in sorted(context.paths.data_dir.glob("*")) if path.is_file()
    )


def written(context: Context, tenant_id: str = FABRIKAM) -> str:
    """A posted note with a word that is nowhere else; its id."""
    draft = notes.open_draft(context, NoteKind.OVERALL, tenant_id)
    body = OverallBody(text=f"The merger with {RARE} is still a secret.")
    stored = notes.save_draft(context, replace(draft, body=body))
    notes.post(context, stored.id, anyway="no next action")
    return stored.id


def test_a_note_that_was_forgotten_has_left_no_byte(stocked: Context) -> None:
    note_id = written(stocked)
    assert RARE.encode() in bytes_of(stocked)
    forgetting.forget_note(stocked, note_id)
    left = bytes_of(stocked)
    assert RARE.encode() not in left
    assert RARE.lower().encode() not in left
    assert history.undo(stocked) is None
    assert RARE not in repr(dump(stocked.store))


def test_a_tenant_is_forgotten_with_all_that_is_its_own(stocked: Context) -> None:
    """The other tenant of the customer and its notes stay."""
    kept = written(stocked)
    written(stocked, FABRIKAM_LAB)
    records.record(stocked, FABRIKAM_LAB, "event", text=f"{RARE} visits")
    escalations.add(stocked, FABRIKAM_LAB, f"{RARE} is late", tag="EXO")
    done = forgetting.forget_tenant(stocked, FABRIKAM_LAB)
    assert done.rows["tenant"] == 1
    loaded = portfolio.load(stocked)
    assert FABRIKAM_LAB not in [ranked.facts.tenant_id for ranked in loaded.ranked]
    assert [note.id for note in portfolio.notes(stocked, FABRIKAM)][:1] == [kept]
    with by_hand(stocked.store) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    forgetting.forget_note(stocked, kept)
    assert RARE.encode() not in bytes_of(stocked)


def test_with_its_last_tenant_a_customer_goes(stocked: Context) -> None:
    for tenant_id in (FABRIKAM_LAB, FABRIKAM):
        forgetting.forget_tenant(stocked, tenant_id)
    with by_hand(stocked.store) as connection:
        names = connection.execute("SELECT name FROM customer").fetchall()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert all("Fabrikam" not in name for (name,) in names)
    assert b"Fabrikam" not in bytes_of(stocked)


def test_the_backups_that_still_hold_it_are_said_and_can_go(stocked: Context) -> None:
    note_id = written(stocked)
    backup = backups.backup(stocked)
    assert forgetting.forget_note(stocked, note_id).held.backups == (backup,)
    made = forgetting.drop_backups(stocked)
    assert not backup.exists()
    assert RARE.encode() not in made.read_bytes()


def test_what_a_killed_backup_left_is_named_by_forget_and_doctor_and_can_go(
    stocked: Context, run_cli: RunCli
) -> None:
    note_id = written(stocked)
    left = backups.folder(stocked) / ".2026-01-01T000000-by-hand.sqlite3.0a.new"
    beside = stocked.store.with_name(f".{stocked.store.name}.0b.new")
    left.parent.mkdir()
    for part in (left, beside):
        part.write_bytes(stocked.store.read_bytes())
    told = run_cli("doctor").text
    assert str(left) in told
    assert str(beside) in told
    told = run_cli("forget", "--note", note_id, "--yes").text
    assert f"{left} is of a backup that was ended" in told
    assert str(beside) in told
    note_id = written(stocked)
    told = run_cli("forget", "--note", note_id, "--yes", "--backups-too").text
    assert "2 backups were deleted" in told
    assert not left.exists()
    assert not beside.exists()
    assert run_cli("doctor").text.count(".new") == 0


def test_whatever_holds_it_among_the_backups_is_named_and_goes_with_them(
    stocked: Context, run_cli: RunCli
) -> None:
    """Under a name of one's own, kept by an upgrade, moved aside; not what is not ours."""
    note_id = written(stocked)
    place = backups.folder(stocked)
    named = backups.backup(stocked, backups.backup(stocked).with_name("mine.db"))
    ours = [named, place / "schema-3-ftop-tui.sqlite3", place / "unusable-1-ftop-tui.sqlite3"]
    ours += [place / "unusable-1-ftop-tui.sqlite3-wal"]
    theirs = [place / "note.txt", place / "mine.txt-wal", place / "moved"]
    for path in (*ours[1:], *theirs[:2]):
        path.write_text(RARE)
    theirs[2].symlink_to(named)
    told = run_cli("forget", "--note", note_id, "--yes").text
    assert "1 backup in" in told
    assert all(f"{path} may still hold it" in told for path in ours)
    assert all(f"{path} was left" in told for path in theirs)
    told = run_cli("forget", "--wipe").text
    assert all(str(path) in told for path in (*ours, *theirs))
    assert run_cli("forget", "--wipe", "--backups-too").status == 2
    assert named.exists()
    told = run_cli("forget", "--wipe", "--yes", "--backups-too").text
    assert "5 backups were deleted; the new one is " in told
    assert all(f"{path} was left" in told for path in theirs)
    (new,) = backups.backups(stocked)
    assert sorted(place.iterdir()) == sorted([new.path, copies.sum_of(new.path), *theirs])
    assert RARE.encode() not in new.path.read_bytes()


def test_a_file_in_the_place_of_the_backups_is_named(stocked: Context, run_cli: RunCli) -> None:
    note_id = written(stocked)
    place = backups.folder(stocked)
    place.write_text("mine")
    told = run_cli("doctor")
    assert told.status == 1
    assert f"{place} is no folder" in told.text
    assert f"{place} was left" in run_cli("forget", "--note", note_id, "--yes").text


def test_a_note_that_an_editor_had_open_at_the_end_is_named(
    stocked: Context, run_cli: RunCli
) -> None:
    note_id = written(stocked)
    home = stocked.paths.data_dir
    program = (
        "import os, sys; from pathlib import Path; from ftop_tui.services import editing; "
        "editing.edited(sys.argv[1], Path(sys.argv[2]), ('ed',), lambda _: os._exit(9))"
    )
    killed = subprocess.run([sys.executable, "-c", program, RARE, str(home)], check=False)  # noqa: S603
    assert killed.returncode == 9
    (left,) = editing.left_open(home)
    assert RARE in (left / "note.md").read_text()
    assert str(left) in run_cli("doctor").text
    for call in (("--note", note_id, "--yes", "--backups-too"), ("--wipe",)):
        assert f"{left} was left" in run_cli("forget", *call).text
    editing.sweep(home)
    assert left.exists()
    then = time.time() - 31 * 86400
    os.utime(left, (then, then))
    editing.sweep(home)
    assert not left.exists()


def test_what_another_program_keeps_from_being_wiped_is_said(
    stocked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_id = written(stocked)

    def locked(path: Path) -> None:
        raise StoreError(f"{path}: it is locked")

    with monkeypatch.context() as patch:
        patch.setattr("ftop_tui.store.forgetting.wipe", locked)
        with pytest.raises(StoreError, match="forget --wipe"):
            forgetting.forget_note(stocked, note_id)
    assert searching.search(stocked, RARE) == []
    forgetting.wipe(stocked)
    assert RARE.encode() not in bytes_of(stocked)


def test_what_is_not_there_cannot_be_forgotten(stocked: Context) -> None:
    before = dump(stocked.store)
    with pytest.raises(NotFoundError):
        forgetting.forget_note(stocked, "none")
    with pytest.raises(NotFoundError):
        forgetting.forget_tenant(stocked, "none")
    assert dump(stocked.store) == before


def test_the_command_wants_a_yes(stocked: Context, run_cli: RunCli) -> None:
    note_id = written(stocked)
    refused = run_cli("forget", "--note", note_id)
    assert refused.status == 2
    assert "--yes" in refused.error
    run_cli("backup")
    done = run_cli("forget", "--note", note_id, "--yes", "--backups-too")
    assert done.status == 0
    assert "1 backup was deleted" in done.text
    assert run_cli("forget", "--tenant", FABRIKAM, "--yes").status == 0
    assert run_cli("forget", "--wipe").status == 0
