"""Long work that is called off, at any point of it, leaves all as it was."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ftop_tui.progress import CalledOffError, Progress
from ftop_tui.services import backups, calendars, exports, portfolio, sharing, transfer
from ftop_tui.services.context import Context
from house import dump

from .killing import tenant_id

PARTS = (0.0, 0.3, 0.6, 0.97, 1.0)


def ends_at(part: float) -> Progress:
    """Calls the work off once that part of it is done."""

    def told(done: float) -> None:
        if done >= part:
            raise CalledOffError

    return told


def _brief(context: Context, path: Path, progress: Progress) -> object:
    every = [ranked.facts.tenant_id for ranked in portfolio.load(context).ranked]
    form = path.suffix.lstrip(".")
    return sharing.write_brief(
        context, every, form=form, audience="internal", partner=None, path=path, progress=progress
    )  # fmt: skip


def _portfolio(context: Context, path: Path, progress: Progress) -> object:
    return exports.export(context, path, progress=progress)


def _outside(context: Context, path: Path, progress: Progress) -> object:
    return exports.export(context, path, audience="customer", progress=progress)


def _calendar(context: Context, path: Path, progress: Progress) -> object:
    return calendars.write_calendar(context, path, progress)


WRITING: list[tuple[str, Callable[[Context, Path, Progress], object]]] = [
    ("x.csv", _portfolio), ("x.xlsx", _portfolio), ("x.json", _portfolio), ("y.xlsx", _outside),
    ("x.pptx", _brief), ("x.md", _brief), ("x.ics", _calendar),
]  # fmt: skip


def _everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("name", "write"), WRITING)
def test_an_export_that_was_called_off_leaves_the_folder_as_it_was(
    stocked: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    write: Callable[[Context, Path, Progress], object],
) -> None:
    """Promise 3: neither half a file nor a hidden one, there or among the temporary files."""
    place, spare = tmp_path / "out", tmp_path / "spare"
    for folder in (place, spare):
        folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    (place / name).write_bytes(b"old")
    for part in PARTS:
        with pytest.raises(CalledOffError):
            write(stocked, place / name, ends_at(part))
        assert _everything(place) == {name: b"old"}, part
        assert _everything(spare) == {}, part
    told: list[float] = []
    write(stocked, place / name, told.append)
    assert (place / name).read_bytes() != b"old"
    assert told == sorted(told)
    assert _everything(spare) == {}


def test_what_an_export_left_that_was_killed_is_swept_by_a_later_one(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 3: what may still be in use stays; what is nobody's any more goes."""
    place = tmp_path / "out"
    place.mkdir()
    left = place / ".ftop-tui-abcdefgh.part"
    left.write_bytes(b"half")
    theirs = place / ".ftop-tui-notes"
    theirs.write_bytes(b"dear")
    _portfolio(stocked, place / "x.json", lambda _: None)
    assert left.exists()
    later = time.time() + 3700
    monkeypatch.setattr("ftop_tui.exchange.atomic.time.time", lambda: later)
    _portfolio(stocked, place / "x.json", lambda _: None)
    assert sorted(_everything(place)) == [".ftop-tui-notes", "x.json"]


def test_an_import_that_was_called_off_changes_nothing(stocked: Context, tmp_path: Path) -> None:
    """Promise 3."""
    rows = "".join(f"{tenant_id(n)},Contoso {n},{640000 + n},red\n" for n in range(300))
    file = tmp_path / "p.csv"
    file.write_text(f"TenantId,TenantName,TPID,Health\n{rows}")
    before = dump(stocked.store)
    for part in PARTS:
        with pytest.raises(CalledOffError):
            transfer.plan_files(stocked, [str(file)], progress=ends_at(part))
        planned = transfer.plan_files(stocked, [str(file)])
        with pytest.raises(CalledOffError):
            transfer.apply_plan(stocked, planned, progress=ends_at(part))
        assert dump(stocked.store) == before, part


def test_a_backup_that_was_called_off_is_not_there(stocked: Context, tmp_path: Path) -> None:
    """Promise 3."""
    place = tmp_path / "out"
    place.mkdir()
    before = dump(stocked.store)
    told: list[float] = []
    backups.backup(stocked, place / "kept.sqlite3", progress=told.append)
    kept = _everything(place)
    assert told == sorted(told)
    for part in sorted(set(told)):
        for target in (None, place / "kept.sqlite3"):
            with pytest.raises(CalledOffError):
                backups.backup(stocked, target, progress=ends_at(part))
        assert backups.backups(stocked) == []
        assert list(backups.folder(stocked).iterdir()) == []
        assert _everything(place) == kept
    assert dump(stocked.store) == before
