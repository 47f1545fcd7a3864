"""`export` and `calendar` on the command line: files, exit statuses, one document on stdout."""

import json
import sys
from pathlib import Path

import pytest

from ftop_tui.services import demo
from ftop_tui.services.context import Context
from house import RunCli


@pytest.fixture
def portfolio(context: Context) -> Context:
    demo.build(context, 12, 1)
    return context


def test_csv_stands_in_three_files_that_are_all_named(
    portfolio: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    done = run_cli("export", "-o", str(path))
    assert done.status == 0
    names = ["out.csv", "out-workloads.csv", "out-notes.csv"]
    assert done.text.splitlines() == [f"Wrote {tmp_path / name}" for name in names]
    again = run_cli("import", str(path), str(tmp_path / names[1]), "--json")
    assert again.status == 0
    assert not sum(again.json["created"].values()) + sum(again.json["updated"].values())
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_workbook_imports_again_as_unchanged(
    portfolio: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    path = str(tmp_path / "out.xlsx")
    assert run_cli("export", "-o", path).status == 0
    again = run_cli("import", path, "--json")
    assert again.status == 0
    assert not sum(again.json["created"].values()) + sum(again.json["updated"].values())


_NOTE_KEYS = [
    "id", "kind", "customer_id", "tenant_id", "tag", "state", "body", "text", "ignored",
    "created_at", "updated_at", "posted_on", "posted_at", "anyway", "source",
]  # fmt: skip


def test_json_says_what_was_written(portfolio: Context, run_cli: RunCli, tmp_path: Path) -> None:
    path = tmp_path / "out"
    done = run_cli("export", "--format", "json", "-o", str(path), "--json")
    assert done.json == {"paths": [str(path)], "warnings": []}
    document = json.loads(path.read_text("utf-8"))
    assert list(document["notes"][0]) == _NOTE_KEYS
    assert len(document["tenants"]) == 14
    assert document["workloads"][0]["usage"]


def test_an_empty_portfolio_is_an_empty_file(
    context: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    path = tmp_path / "out.json"
    assert run_cli("export", "-o", str(path)).status == 0
    assert json.loads(path.read_text("utf-8"))["tenants"] == []
    assert run_cli("export", "-o", str(path), "--audience", "partner").status == 2
    assert not context.store.exists()


def test_only_one_customer_goes_out_when_a_tenant_is_named(
    portfolio: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    path = tmp_path / "out.json"
    done = run_cli(
        "export", "-o", str(path), "--audience", "customer", "--tenant", "Fabrikam", "--json"
    )
    assert done.json["warnings"] == []
    rows = json.loads(path.read_text("utf-8"))["workloads"]
    assert {row["customer"] for row in rows} == {"Fabrikam"}
    whole = run_cli("export", "-o", str(path), "--audience", "customer")
    assert "this holds 12 customers: give each only its own" in whole.text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "-o PATH is needed"),
        (("-o", "{}/out"), "which form? Say --format csv|xlsx|json"),
        (("-o", "{}/none/out.csv"), "none/out.csv: cannot be written"),
        (("-o", "{}", "--format", "csv"), "cannot be written: it is a folder"),
        (("-o", "{}/o.csv", "--audience", "partner"), "Consolidated Messenger, Trey Research"),
        (("-o", "{}/o.csv", "--audience", "partner", "--partner", "X"), "'X' is registered"),
        (("-o", "{}/o.csv", "--partner", "Trey Research"), "goes with --audience partner"),
        (("-o", "{}/o.csv", "--tenant", "Nobody"), "no tenant is named 'Nobody'"),
        (("--share", "x"), "--share goes with --audience"),
        (("--share", "x", "--audience", "customer"), "no open action has the id 'x'"),
        (("-o", "{}/data/ftop-tui.sqlite3", "--format", "csv"), "where your portfolio is stored"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    portfolio: Context, run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(tmp_path.iterdir())
    done = run_cli("export", *(text.format(tmp_path) for text in arguments))
    assert (done.status, done.stdout) == (2, b"")
    assert said in done.error
    assert sorted(tmp_path.iterdir()) == before


def test_an_action_is_marked_as_agreed_and_unmarked(portfolio: Context, run_cli: RunCli) -> None:
    note = run_cli("action", "list", "--json").json[0]["note_id"]
    who = ("--audience", "partner", "--partner", "trey research")
    assert run_cli("export", "--share", note, *who).text.startswith("Agreed with Trey Research: ")
    assert run_cli("export", "--share", note, *who).status == 2
    assert "No longer shared" in run_cli("export", "--unshare", note, *who, "--json").json["done"]
    assert run_cli("export", "--unshare", note, *who).status == 2


def test_the_calendar_is_written_and_counted(
    portfolio: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    path = tmp_path / "c.ics"
    done = run_cli("calendar", "-o", str(path), "--json")
    assert done.status == 0
    assert done.json["entries"] == path.read_text("utf-8").count("BEGIN:VEVENT") > 20
    assert run_cli("calendar", "-o", str(path)).text.startswith(f"Wrote {path}: ")
    assert run_cli("calendar").status == 2
    assert run_cli("calendar", "-o", str(tmp_path)).status == 2
