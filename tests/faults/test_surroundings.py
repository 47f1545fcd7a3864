"""Odd surroundings: no terminal, no home, a poor locale, an open umask, time that moves oddly."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli, by_hand, on

COMMAND = [sys.executable, "-m", "ftop_tui", "--today", "2026-11-21"]


def call(
    *arguments: str, umask: int | None = None, cwd: Path | None = None, **environment: str
) -> tuple[int, str, str]:
    """Run the program with this environment alone, without a terminal."""
    done = subprocess.run(  # noqa: S603 - our own program
        [*COMMAND, *arguments],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], **environment},
        umask=-1 if umask is None else umask,
        cwd=cwd,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")


@pytest.mark.parametrize("more", [{}, {"TERM": "dumb"}, {"TERM": "xterm-256color"}])
def test_without_a_terminal_the_app_says_so_and_ends(
    stocked: Context, more: dict[str, str]
) -> None:
    """Promise 1."""
    place = str(stocked.paths.data_dir)
    status, out, error = call("--data-dir", place, umask=None, cwd=None, **more)
    assert (status, out) == (2, "")
    assert "needs a terminal" in error
    assert error.count("\n") == 1


def test_in_a_poor_locale_and_without_a_home_all_is_printed_as_utf8(stocked: Context) -> None:
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE tenant_facts SET name = 'Zürich 東京 🚀' WHERE winner")
    place = ("--data-dir", str(stocked.paths.data_dir))
    for more in ({"LC_ALL": "C"}, {"LANG": "C", "PYTHONIOENCODING": "ascii"}, {"HOME": ""}):
        status, out, error = call(*place, "list", umask=None, cwd=None, **more)
        assert (status, error) == (0, "")
        assert "Zürich 東京 🚀" in out


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_whatever_the_umask_files_are_their_owners_alone(tmp_path: Path) -> None:
    """Promise 7."""
    place = tmp_path / "new" / "data"
    table = tmp_path / "table.csv"
    table.write_text(f"TenantId,TenantName\n{FABRIKAM},Fabrikam\n")
    for arguments in (
        ("import", str(table)), ("backup",), ("backup", "-o", str(place / "kept.sqlite3")),
        ("note", "add", FABRIKAM, "--kind", "overall", "--field", "text=Hello"),
        ("import", str(table)), ("export", "-o", str(place / "all.json"), "--format", "json"),
    ):  # fmt: skip
        status, _, error = call("--data-dir", str(place), *arguments, umask=0, HOME=str(tmp_path))
        assert status == 0, (arguments, error)
    for line in ("config set clipboard auto", "demo --into n1/n2/n3 --customers 3"):
        status, _, error = call(*line.split(), umask=0, cwd=tmp_path, HOME=str(tmp_path))
        assert status == 0, (line, error)
    table.unlink()
    for path in tmp_path.rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2026-11-21", "2026-11-20"),  # the clock was set back
        ("2028-02-29", "2028-03-01"),
        ("2026-12-31", "2027-01-01"),  # in week 53
        ("2026-03-28", "2026-03-29"),  # summer time begins in Europe
    ],
)
def test_odd_days_are_days_like_others(
    stocked: Context, run_cli: RunCli, day: str, later: str
) -> None:
    """A note posted on one is a day old on the next; the clock set back ends in no error."""
    written = run_cli("--today", day, "record", FABRIKAM, "progress")
    assert written.status == 0, written
    for command in (
        ("list", "--json"),
        ("why", FABRIKAM, "--json"),
        ("week", "--json"),
        ("moved",),
    ):
        result = run_cli("--today", later, *command)
        assert result.status == 0, (command, result)
    facts = portfolio.find(portfolio.load(on(stocked, later)), FABRIKAM).facts
    assert facts.progress is not None


def test_another_time_zone_moves_no_day(stocked: Context) -> None:
    """Days are days: what was recorded in one zone is the same day in another."""
    place = ("--data-dir", str(stocked.paths.data_dir))
    assert call(*place, "record", FABRIKAM, "progress", TZ="Pacific/Kiritimati")[0] == 0
    first = call(*place, "why", FABRIKAM, "--json", TZ="Pacific/Kiritimati")
    assert first == call(*place, "why", FABRIKAM, "--json", TZ="Pacific/Pago_Pago")
