"""What Windows, macOS and a terminal far away do differently, with the platform faked.

What cannot be shown here, docs/platforms.md says.
"""

import ctypes
import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pyperclip
import pytest
from textual.app import App
from textual.binding import Binding

from ftop_tui import files
from ftop_tui.app import FtopApp
from ftop_tui.cli.importing import expanded
from ftop_tui.errors import InputError, StoreError
from ftop_tui.exchange.atomic import write_file
from ftop_tui.screens.external_editor import edited_outside
from ftop_tui.services import (
    backups,
    clipboard,
    console_closing,
    doctor,
    editing,
    forgetting,
    own_files,
)
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from ftop_tui.store.schema import connect_to_read
from ftop_tui.widgets.path_suggester import PathSuggester
from house import RunCli, make_house

BUSY = PermissionError(errno.EACCES, "Access is denied")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The platform is Windows; the pauses that were made are kept."""
    pauses: list[float] = []
    monkeypatch.setattr(files, "WINDOWS", True)
    monkeypatch.setattr("ftop_tui.files.time.sleep", pauses.append)
    return pauses


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Has the next so many moves of files refused, as Windows does while a file is open."""

    def refuse(times: int) -> None:
        usual, left = Path.replace, [times]

        def move(self: Path, target: Path) -> Path:
            if left[0]:
                left[0] -= 1
                raise BUSY
            return usual(self, target)

        monkeypatch.setattr(Path, "replace", move)

    return refuse


def test_a_file_that_is_open_for_a_moment_is_waited_for(
    tmp_path: Path, windows: list[float], refusing: Callable[[int], None]
) -> None:
    refusing(3)
    write_file(tmp_path / "export.csv", b"new")
    assert (tmp_path / "export.csv").read_bytes() == b"new"
    assert len(windows) == 3


def test_a_file_that_excel_has_open_is_named_with_the_cure(
    tmp_path: Path, windows: list[float], refusing: Callable[[int], None]
) -> None:
    (tmp_path / "export.csv").write_bytes(b"old")
    refusing(10_000)
    with pytest.raises(InputError, match=r"export.csv: .*another program has it open; close it"):
        write_file(tmp_path / "export.csv", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
    assert sum(windows) < 5


def test_elsewhere_nothing_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusing: Callable[[int], None]
) -> None:
    monkeypatch.setattr(files, "WINDOWS", False)
    monkeypatch.setattr("ftop_tui.files.time.sleep", lambda _: pytest.fail("waited"))
    refusing(1)
    with pytest.raises(InputError, match="Access is denied"):
        write_file(tmp_path / "export.csv", b"new")


def test_what_is_synced_is_open_to_be_written(
    stocked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows answers `fsync` of a file that is open to be read with "Bad file descriptor"."""
    fcntl = pytest.importorskip("fcntl")
    modes: list[int] = []

    def synced(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):  # a folder is synced elsewhere only
            modes.append(fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_ACCMODE)

    monkeypatch.setattr(os, "fsync", synced)
    backups.backup(stocked)
    assert modes
    assert os.O_RDONLY not in modes


def test_macos_is_asked_to_reach_the_disk_itself(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There `fsync` says that the drive has it, not that it will still have it."""
    fcntl = pytest.importorskip("fcntl")
    calls: list[int] = []
    synced: list[int] = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _, call: calls.append(call))
    monkeypatch.setattr(os, "fsync", synced.append)
    write_file(tmp_path / "export.csv", b"new")
    assert (calls, synced) == ([51], [])

    def refused(_: int, __: int) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(fcntl, "fcntl", refused)
    write_file(tmp_path / "export.csv", b"newer")
    assert len(synced) == 1, "as on a share"
    with stocked.writer().looking() as session:
        assert session.connection().exec_driver_sql("PRAGMA fullfsync").scalar() == 1


def test_a_damaged_store_that_cannot_be_moved_whole_stays_where_it_is(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "ftop-tui.sqlite3"
    for ending in ("", "-wal", "-shm"):
        store.with_name(store.name + ending).write_text(ending)
    usual = Path.replace

    def move(self: Path, target: Path) -> Path:
        if self == store:
            raise BUSY
        return usual(self, target)

    monkeypatch.setattr(Path, "replace", move)
    with pytest.raises(StoreError, match="Nothing was changed"):
        copies.set_aside(store, tmp_path / "backups", "unusable")
    left = {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()}
    assert left == {store.name + ending: ending for ending in ("", "-wal", "-shm")}
    assert windows


@pytest.mark.parametrize("odd", ["two words", "per%cent", "what?", "ha#sh", "[x]", "ü"])
def test_a_store_works_in_a_folder_of_any_name(odd: str, tmp_path: Path) -> None:
    if os.name == "nt" and "?" in odd:
        pytest.skip("no name on Windows")
    context = make_house(tmp_path / odd)
    context.writer().remember("test", "1")
    with closing(connect_to_read(context.store)) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'test'").fetchone() == ("1",)
    assert backups.backup(context).parent.parent == context.paths.data_dir
    assert [path.name for path in tmp_path.iterdir()] == [odd]


def test_a_drive_and_a_share_of_windows_are_what_sqlite_takes() -> None:
    drive = PureWindowsPath(r"C:\Users\Ana Bauer\100%\f.sqlite3")
    assert files.sqlite_uri(drive, "mode=ro") == (
        "file:///C:/Users/Ana%20Bauer/100%25/f.sqlite3?mode=ro"
    )
    share = PureWindowsPath(r"\\server\home$\f.sqlite3")
    assert files.sqlite_uri(share, "mode=ro") == "file:////server/home%24/f.sqlite3?mode=ro"


def test_the_cure_can_be_pasted_where_paths_have_blanks(
    stocked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in `Library/Application Support` on macOS, and `C:\\Users\\Ana Bauer`."""
    mac = PurePosixPath("/Users/ana/Library/Application Support/ftop-tui/x.sqlite3")
    monkeypatch.setattr(files, "WINDOWS", False)
    assert files.quoted(mac) == f"'{mac}'"
    monkeypatch.setattr(files, "WINDOWS", True)
    assert files.quoted(PureWindowsPath(r"C:\Users\Ana Bauer\x")) == r'"C:\Users\Ana Bauer\x"'
    assert files.quoted(PureWindowsPath(r"C:\Users\ana\x")) == r"C:\Users\ana\x"
    backups.backup(stocked)
    spaced = backups.backups(stocked)[0].path
    said = backups.offer(stocked, StoreError("It is damaged.")).details[-1]
    assert f"`ftop-tui restore {files.quoted(spaced)}`" in said


def test_the_store_is_kept_from_exports_in_other_letters_too(stocked: Context) -> None:
    with pytest.raises(InputError, match="that is where your portfolio is stored"):
        own_files.check_target(stocked, stocked.store.with_name(stocked.store.name.upper()))


def test_names_of_backups_are_names_on_windows(stocked: Context) -> None:
    backups.backup(stocked)
    backups.before(stocked, "import")
    for path in stocked.paths.data_dir.rglob("*"):
        assert not set(path.name) & set('<>:"/\\|?*'), path


def test_the_sum_of_a_backup_has_the_same_line_end_everywhere(
    stocked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`sha256sum -c` takes a carriage return for a part of the name."""
    monkeypatch.setattr(Path, "write_text", lambda *_: pytest.fail("Windows would write CR LF"))
    written = copies.sum_of(backups.backup(stocked)).read_bytes()
    assert written.endswith(b".sqlite3\n")
    assert b"\r" not in written


def test_a_backup_that_is_open_elsewhere_keeps_no_other_from_being_made(
    stocked: Context, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.backup(stocked)
    monkeypatch.setattr(backups, "thinned", lambda made, *_: [b for b in made if b.path == first])
    monkeypatch.setattr(Path, "unlink", _refused_for(first, Path.unlink))
    assert backups.backup(stocked).exists()
    assert first.exists(), "it goes next time"


def test_a_backup_that_holds_what_was_forgotten_is_said_to_be_open(
    stocked: Context, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.backup(stocked)
    monkeypatch.setattr(Path, "unlink", _refused_for(first, Path.unlink))
    with pytest.raises(StoreError, match=f"{first.name}: .*another program has it open"):
        forgetting.drop_backups(stocked)


def _refused_for(path: Path, usual: Callable[..., None]) -> Callable[..., None]:
    """Deletes what it is told to, but for one path."""

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self == path:
            raise BUSY
        usual(self, missing_ok=missing_ok)

    return unlink


def test_a_mode_is_not_asked_of_windows(stocked: Context, windows: list[float]) -> None:
    stocked.store.chmod(0o644)
    assert "permissions" not in {finding.check for finding in doctor.examine(stocked)}


def test_patterns_are_filled_in_where_the_shell_does_not(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.csv", "a.csv", "c.xlsx"):
        (tmp_path / name).touch()
    assert expanded(["*.csv", "c.xlsx", "none*.csv", "-"]) == [
        "a.csv", "b.csv", "c.xlsx", "none*.csv", "-",
    ]  # fmt: skip
    monkeypatch.setattr(files, "WINDOWS", False)
    assert expanded(["*.csv"]) == ["*.csv"]


async def test_paths_are_completed_past_a_backslash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "usage.csv").touch()
    monkeypatch.setattr(files, "WINDOWS", True)
    suggester = PathSuggester()
    monkeypatch.setattr(
        "ftop_tui.widgets.path_suggester.Path", lambda text: Path(str(text).replace("\\", "/"))
    )
    typed = f"{tmp_path}\\us"
    assert await suggester.get_suggestion(typed) == f"{tmp_path}\\usage.csv"


def test_a_reader_that_goes_away_on_windows_is_no_error(
    run_cli: RunCli, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the pipe says "Invalid argument"."""
    ends: list[int] = []

    class Gone:
        def write(self, _: bytes) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "dup2", lambda _, end: ends.append(end))
    monkeypatch.setattr(
        "ftop_tui.cli.stdout.sys.stdout",
        SimpleNamespace(buffer=Gone(), fileno=lambda: 1, flush=lambda: None),
    )
    from ftop_tui.cli.framework import run  # noqa: PLC0415 - with the stdout of above

    assert run(["rules"], lambda **_: pytest.fail("no store is needed")) == 0
    assert ends == [1]


def test_help_can_be_printed_in_any_code_page() -> None:
    """A pipe on Windows has the code page of the console."""
    call = [sys.executable, "-m", "ftop_tui", "--help"]
    done = subprocess.run(  # noqa: S603 - our own program
        call,
        env={**os.environ, "PYTHONIOENCODING": "cp437:strict"},
        capture_output=True,
        check=True,
    )
    assert "FTOP" in done.stdout.decode("utf-8")


def test_the_editor_is_found_as_windows_finds_programs(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "Program Files" / "editor.exe"
    program.parent.mkdir()
    program.touch()
    assert editing.editor({"EDITOR": str(program)}, windows=True) == (str(program),)
    calls: list[tuple[Any, int]] = []

    def started(call: Any, *, check: bool, creationflags: int) -> SimpleNamespace:
        calls.append((call, creationflags))
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", started)
    monkeypatch.setattr("shutil.which", lambda name: rf"C:\bin\{name}.cmd")
    assert editing.run(("code", "--wait", "note.md")) == 0
    assert editing.run_in_a_window(("code", "note.md")) == 0
    assert calls == [
        ((r"C:\bin\code.cmd", "--wait", "note.md"), 0),
        ((r"C:\bin\code.cmd", "note.md"), 0x10),
    ]


async def test_where_the_terminal_cannot_be_handed_over_the_editor_gets_a_window(
    windows: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Textual's driver for Windows cannot suspend."""
    calls: list[tuple[object, ...]] = []

    def edited(*given: object) -> str:
        calls.append(given)
        return "new"

    monkeypatch.setenv("VISUAL", "code --wait")
    monkeypatch.setattr(editing, "edited", edited)
    async with App[object]().run_test() as pilot:
        assert edited_outside(pilot.app, "old", tmp_path) == "new"
        assert calls == [("old", tmp_path, ("code", "--wait"), editing.run_in_a_window)]
        monkeypatch.setattr(files, "WINDOWS", False)
        with pytest.raises(InputError, match="cannot be handed"):
            edited_outside(pilot.app, "old", tmp_path)


async def test_the_app_listens_to_the_console_of_windows(
    stocked: Context, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Callable[[int], None]] = []
    left: list[int] = []
    monkeypatch.setattr(console_closing, "listen", told.append)
    app = FtopApp(stocked, preload=False)
    async with app.run_test() as pilot:
        monkeypatch.setattr(app, "leave", left.append)
        with monkeypatch.context() as patch:
            patch.setattr(type(app), "is_headless", property(lambda _: False))
            app.listen_to_signals()
        told[0](129)
        await pilot.pause()
    assert left == [129]


def test_a_closed_console_is_left_in_order_and_waited_for() -> None:
    """The twin of SIGHUP: Windows ends the process as soon as the handler returns."""
    told: list[float] = []
    assert console_closing.answer(console_closing.CLOSE, told.append, told.append)
    assert told == [129, 4.5]
    assert not console_closing.answer(0, told.append, told.append), "Ctrl+C is a key in the app"
    assert console_closing.answer(console_closing.BREAK, told.append, told.append)
    assert told[2:] == [149], "a break ends nothing by itself: nothing is to be held up"


def test_the_console_is_listened_to_by_windows_own_function() -> None:
    registered: list[tuple[object, int]] = []
    kernel = SimpleNamespace(SetConsoleCtrlHandler=lambda *given: registered.append(given))
    fake = SimpleNamespace(WINFUNCTYPE=ctypes.CFUNCTYPE, WinDLL=lambda name: kernel)
    left: list[int] = []
    handler = console_closing.listen(left.append, fake)
    assert registered == [(handler, 1)]
    assert registered[0][0](console_closing.BREAK) == 1  # type: ignore[operator]
    assert left == [149]


def test_in_tmux_the_text_goes_through_tmux(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tmux swallows what an app sends to the terminal's clipboard, so OSC 52 would be lost."""

    def none(_: str) -> None:
        raise pyperclip.PyperclipException("no tool here")

    calls: list[tuple[Any, bytes]] = []
    status = [0]

    def started(call: Any, *, input: bytes, **_: object) -> SimpleNamespace:  # noqa: A002
        calls.append((call, input))
        return SimpleNamespace(returncode=status[0])

    monkeypatch.setattr(pyperclip, "copy", none)
    monkeypatch.setattr(subprocess, "run", started)
    sent: list[str] = []
    place = {"TMUX": "/run/tmux,1,0", "SSH_TTY": "/dev/pts/1"}
    assert "tmux" in clipboard.copy(context, "Grüße", sent.append, place)
    assert calls == [(("tmux", "load-buffer", "-w", "-"), "Grüße".encode())]
    assert sent == []
    status[0] = 1  # older than 3.2
    assert "OSC 52" in clipboard.copy(context, "Grüße", sent.append, place)
    assert sent == ["Grüße"]


def test_no_key_is_one_that_terminals_keep_for_themselves() -> None:
    """Windows Terminal and macOS take ctrl+shift, alt, ctrl with arrows, and F11."""
    from docs_generator import GENERATOR  # noqa: PLC0415 - it imports every screen

    for cls in GENERATOR.screen_classes():
        for binding in cls.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            for key in binding.key.split(","):
                assert not key.startswith(("alt+", "ctrl+shift+", "super+")), (cls, key)
                assert key not in {
                    "f11", "ctrl+left", "ctrl+right", "ctrl+up", "ctrl+down", "ctrl+c", "ctrl+z",
                }, (cls, key)  # fmt: skip


def test_the_demos_store_is_let_go_of_before_it_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows keeps a folder in which a file is open."""
    from ftop_tui.cli.commands import COMMANDS  # noqa: PLC0415
    from ftop_tui.cli.demo import carry_out  # noqa: PLC0415
    from ftop_tui.cli.framework import Call, OpenApp  # noqa: PLC0415

    def make(*, data_dir: str | None = None, today: str | None = None) -> Context:
        return make_house(tmp_path, today, FTOP_TUI_DATA_DIR=data_dir or "")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    call = Call(make, None, "2026-11-21", no_color=False, debug=False)
    command = next(each for each in COMMANDS if each.name == "demo")
    opened = carry_out(command, ["--customers", "1"], call)
    assert isinstance(opened, OpenApp)
    engine = opened.context.writer()._engine
    with engine.connect():
        pass
    assert engine.pool.checkedin()  # type: ignore[attr-defined]
    opened.afterwards()
    assert not engine.pool.checkedin()  # type: ignore[attr-defined]
    assert not opened.context.paths.data_dir.exists()
