"""`lint --jsonl FILE --report OUT.md`: the findings of many notes as a page."""

import json
from pathlib import Path

from ftop_tui.cli.lint_report import JudgedNote, report
from ftop_tui.playbook.lint import Judgement
from ftop_tui.playbook.values import EntitlementStatus, Finding, Grade, Severity
from house import RunCli

NOTES = [
    {"workload": "EXO", "status": "blocked", "text": "Blocked currently."},
    {"workload": "SPO", "status": "no_intent", "text": ""},
    {
        "workload": "INTUNE",
        "status": "blocked",
        "text": "Customer is blocked because 3,400 scanners\n# run *Android* 5.",
    },
]


def written(folder: Path, *notes: object) -> str:
    """The path of a file with a note a line."""
    path = folder / "notes.jsonl"
    path.write_text("\n".join(map(json.dumps, notes)), "utf-8")
    return str(path)


def test_the_page_counts_and_then_shows_each_note(tmp_path: Path, run_cli: RunCli) -> None:
    """EN-16: counts by grade and by rule."""
    page = tmp_path / "out.md"
    file = written(tmp_path, *NOTES)
    result = run_cli("lint", "--jsonl", file, "--report", str(page))
    assert result.status == 1
    assert result.json == run_cli("lint", "--jsonl", file).json
    lines = page.read_text("utf-8").splitlines()
    assert "3 notes judged." in lines
    grades = [judged["grade"] for judged in result.json]
    for grade in Grade:
        assert f"| {grade.value} | {grades.count(grade.value)} |" in lines
    assert "| EN-04 | warn | 1 | 1 |" in lines
    assert [line for line in lines if line.startswith("## ")] == [
        "## 1. EXO, Blocked: poor",
        "## 2. SPO, No Intent: poor",
        "## 3. INTUNE, Blocked: great",
    ]
    assert "    # run *Android* 5." in lines
    assert "    (blank)" in lines


def test_every_finding_stands_on_the_page(tmp_path: Path, run_cli: RunCli) -> None:
    page = tmp_path / "out.md"
    judged = run_cli("lint", "--jsonl", written(tmp_path, *NOTES), "--report", str(page)).json
    shown = [line for line in page.read_text("utf-8").splitlines() if line.startswith("- **")]
    assert [line.split("**")[1] for line in shown] == [
        f"{f['severity']} {f['rule']}" for each in judged for f in each["findings"]
    ]


def test_foreign_text_in_a_finding_is_neither_markup_nor_a_command() -> None:
    finding = Finding("EN-04", Severity.WARN, 0, 1, "“[a](b)\x1b[31m” *blurs*", "<b>\n|now")
    judgement = Judgement(Grade.MARGINAL, (finding,))
    page = report([JudgedNote("EXO", EntitlementStatus.BLOCKED, "a\x1b]52;c;eA==\x07b", judgement)])
    assert "\x1b" not in page
    assert "“[a\\](b)” \\*blurs\\* Write: “\\<b> |now”" in page
    assert "    ab" in page.splitlines()


def test_a_page_of_no_notes_is_a_page_of_noughts(tmp_path: Path, run_cli: RunCli) -> None:
    page = tmp_path / "out.md"
    assert run_cli("lint", "--jsonl", written(tmp_path), "--report", str(page)).status == 0
    assert "0 notes judged." in page.read_text("utf-8")
    assert "| great | 0 |" in page.read_text("utf-8")


def test_a_report_goes_with_many_notes_only(tmp_path: Path, run_cli: RunCli) -> None:
    page = tmp_path / "out.md"
    result = run_cli(
        "lint", "--workload", "EXO", "--status", "blocked", "--report", str(page), stdin=b"x"
    )
    assert result.status == 2
    assert "--jsonl" in result.error
    assert not page.exists()


def test_a_page_is_not_written_where_a_line_is_wrong(tmp_path: Path, run_cli: RunCli) -> None:
    page = tmp_path / "out.md"
    file = written(tmp_path, NOTES[0], {"workload": "EXO"})
    assert run_cli("lint", "--jsonl", file, "--report", str(page)).status == 2
    assert not page.exists()
