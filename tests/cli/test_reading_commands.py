"""`list`, `why`, `show`, `opening`, `moved` and `lint`: their text, JSON and exit status."""

import json
from pathlib import Path
from typing import Any

import pytest

from ftop_tui.services.context import Context
from house import FABRIKAM, FABRIKAM_LAB, WOODGROVE, RunCli, by_hand

_LIST_KEYS = [
    "rank", "tenant_id", "name", "tpid", "customer", "winner", "health", "status", "band",
    "urgency", "due", "days_since_note", "days_left", "reason",
]  # fmt: skip
_BANDS = ("breach", "late", "due", "blocked", "watch")


def test_the_list_has_the_shape_of_the_contract(stocked: Context, run_cli: RunCli) -> None:
    entries = run_cli("list", "--json").json
    assert [list(entry) for entry in entries] == [_LIST_KEYS] * 3
    by_id: dict[str, Any] = {entry["tenant_id"]: entry for entry in entries}
    first = by_id[FABRIKAM]
    assert {key: first[key] for key in _LIST_KEYS if key not in {"urgency", "reason"}} == {
        "rank": 1,
        "tenant_id": FABRIKAM,
        "name": "fabrikamfoods.onmicrosoft.com",
        "tpid": "640001",
        "customer": "Fabrikam Foods",
        "winner": True,
        "health": "red",
        "status": "yellow",
        "band": "breach",
        "due": "2026-11-11",
        "days_since_note": 24,
        "days_left": -10,
    }
    lab = by_id[FABRIKAM_LAB]
    assert (lab["winner"], lab["band"], lab["due"], lab["days_since_note"], lab["days_left"]) == (
        False, "watch", None, None, None,
    )  # fmt: skip
    for entry in entries:
        assert type(entry["urgency"]) is int
        assert entry["reason"]
    order = [(_BANDS.index(e["band"]), -e["urgency"], e["name"]) for e in entries]
    assert order == sorted(order)
    assert [entry["rank"] for entry in entries] == [1, 2, 3]


def test_the_list_can_be_cut_and_sifted(stocked: Context, run_cli: RunCli) -> None:
    everyone = run_cli("list", "--json").json
    assert run_cli("list", "--json", "--limit", "2").json == everyone[:2]
    assert run_cli("list", "--json", "--limit", "0").json == []
    for band in _BANDS:
        wanted = [entry for entry in everyone if entry["band"] == band]
        assert run_cli("list", "--json", "--band", band.upper()).json == wanted
    mine = run_cli("list", "--json", "--mine", FTOP_TUI_ME="kim lund").json
    assert {entry["tpid"] for entry in mine} == {"640001"}
    assert run_cli("list", "--json", "--mine", FTOP_TUI_ME="Nobody").json == []


def test_another_today_gives_another_list(stocked: Context, run_cli: RunCli) -> None:
    entry = run_cli("--today", "2026-11-11", "list", "--json").json[0]
    assert (entry["tenant_id"], entry["band"], entry["days_left"]) == (FABRIKAM, "due", 0)


def test_the_plain_list_says_the_same_in_words(stocked: Context, run_cli: RunCli) -> None:
    lines = run_cli("list").text.splitlines()
    assert lines[1].split()[:3] == ["1", "R", "Red"]
    assert "breach" in lines[1]
    assert "2026-11-11" in lines[1]


@pytest.mark.parametrize("tenant", [FABRIKAM, "640001", "Fabrikam Foods", WOODGROVE, FABRIKAM_LAB])
def test_the_factors_add_up_to_the_urgency(tenant: str, stocked: Context, run_cli: RunCli) -> None:
    why = run_cli("why", tenant, "--json").json
    assert list(why) == ["tenant_id", "name", "band", "urgency", "factors"]
    rules = {rule["id"] for rule in run_cli("rules", "--json").json}
    for factor in why["factors"]:
        assert list(factor) == ["rule", "fact", "points", "clears"]
        assert factor["rule"] in rules
        assert type(factor["points"]) is int
    assert sum(factor["points"] for factor in why["factors"]) == why["urgency"]
    entry = {e["tenant_id"]: e for e in run_cli("list", "--json").json}[why["tenant_id"]]
    assert (entry["urgency"], entry["band"]) == (why["urgency"], why["band"])


def test_the_limit_is_in_the_reason(stocked: Context, run_cli: RunCli) -> None:
    """Contract: due is last + 14, the limit of last + 21 is in `why`."""
    facts = [f["fact"] for f in run_cli("why", FABRIKAM, "--json").json["factors"]]
    assert any("2026-11-18" in fact for fact in facts)
    assert "2026-11-18" in run_cli("why", FABRIKAM).text


def test_a_tenant_is_shown_whole(stocked: Context, run_cli: RunCli) -> None:
    shown = run_cli("show", FABRIKAM, "--json").json
    assert list(shown)[: len(_LIST_KEYS)] == _LIST_KEYS
    assert {w["workload"] for w in shown["workloads"]} >= {"EXO", "TEAMS", "INTUNE"}
    texts = {note["workload"]: note["text"] for note in shown["notes"]}
    assert texts["EXO"].startswith("Onboarding to Exchange Online.")
    assert shown["accountable"] == "FTA"
    assert shown["forecast_month"] == "2027-03"
    assert [r["day"] for r in shown["renewals"]] == ["2027-01-14"]
    assert shown["gaps"]
    exo = next(w for w in shown["workloads"] if w["workload"] == "EXO")
    assert (exo["paid_units"], exo["active_users"], exo["usage_percent"]) == (12000, 4900, 40.8)
    assert exo["outdated"] == []
    text = run_cli("show", FABRIKAM).text
    for part in ("fabrikamfoods.onmicrosoft.com", "WORKLOADS", "INTUNE", "NOTES", "GAPS"):
        assert part in text


def test_usage_that_a_workloads_file_moves_outdates_a_note(empty: Context, run_cli: RunCli) -> None:
    """EN-18: no month of a report is stored; a note posted since is up to date."""

    def use(active: int) -> None:
        table = f"TenantId,Workload,PaidUnits,ActiveUsers\n{FABRIKAM},EXO,100,{active}\n"
        assert run_cli("import", "-", stdin=table.encode()).status == 0

    def post(*more: str) -> None:
        given = ("--kind", "entitlement", "--workload", "EXO", "--status", "in_progress")
        made = run_cli(
            "note", "add", FABRIKAM, *given, "--text", "-", stdin=b"40 sites are moving."
        )
        note_id = made.text.split()[-1]
        assert run_cli("note", "post", note_id, "--anyway", "it stands", *more).status == 0

    def told() -> tuple[float, list[str]]:
        (exo,) = run_cli("show", FABRIKAM, "--json").json["workloads"]
        return exo["usage_percent"], exo["outdated"]

    assert run_cli("add", FABRIKAM, "Fabrikam").status == 0
    use(20)
    post()
    assert told() == (20.0, [])
    use(29)
    assert told() == (29.0, [])
    use(60)
    assert told() == (60.0, ["usage rose by 40 points"])
    assert "outdated: usage rose by 40 points" in run_cli("show", FABRIKAM).text
    post("--on", "2026-11-21")
    assert told() == (60.0, [])
    assert run_cli("undo").status == 0
    assert told() == (60.0, ["usage rose by 40 points"])


def test_the_opening_sentence_is_told_with_what_it_lacks(stocked: Context, run_cli: RunCli) -> None:
    whole = run_cli("opening", FABRIKAM, "--json")
    assert (whole.status, list(whole.json)) == (
        0, ["tenant_id", "sentence", "complete", "missing", "marks"],
    )  # fmt: skip
    assert whole.json["sentence"] == (
        "Customer Fabrikam's overall health is Red, with groups 1, 2 & 3 being Red, Yellow and "
        "Red, respectively. I forecast to achieve a change in the overall customer health from "
        "Red to Yellow by the end of March 2027."
    )
    assert (whole.json["complete"], whole.json["missing"], whole.json["marks"]) == (True, [], [])
    assert run_cli("set", FABRIKAM, "ForecastMonth=", "Group2Health=").status == 0
    for how in ((), ("--json",)):
        assert run_cli("opening", FABRIKAM, *how).status == 1
    lacking = run_cli("opening", FABRIKAM, "--json").json
    assert lacking["missing"] == ["group_2", "forecast_month"]
    assert "[group 2]" in lacking["sentence"]
    assert "[month/year]" in lacking["sentence"]
    assert run_cli("set", FABRIKAM, "ForecastMonth=2026-10", "Group2Health=blue").status == 0
    marked = run_cli("opening", FABRIKAM, "--json")
    assert (marked.status, marked.json["complete"]) == (0, True)
    assert marked.json["marks"]


@pytest.mark.parametrize("wrong", ["purple", "Grün", "", "1"])
def test_a_value_nobody_knows_hides_nothing(wrong: str, stocked: Context, run_cli: RunCli) -> None:
    """As a newer version, or a hand, may have left it."""
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE customer SET health = ?, status = ?, phase = ?", (wrong,) * 3)
        connection.execute(
            "UPDATE tenant_facts SET health = ?, status = ?, phase = ?, priority = ?, group_1 = ?",
            (wrong,) * 5,
        )
        connection.execute("UPDATE workload SET status = ? WHERE tag = 'EXO'", (wrong,))
        connection.execute("UPDATE note SET kind = ? WHERE tag = 'SPO'", (wrong,))
        connection.execute("UPDATE subscription SET state = ?", (wrong,))
    assert len(run_cli("list", "--json").json) == 3
    assert run_cli("list").text.count("\n") == 4
    assert run_cli("why", FABRIKAM).status == 0
    shown = run_cli("show", FABRIKAM, "--json").json
    assert next(w for w in shown["workloads"] if w["workload"] == "EXO")["status"] is None
    assert {note["workload"] for note in shown["notes"]} == {"EXO", "INTUNE"}
    assert run_cli("show", WOODGROVE).status == 0
    listed = run_cli("note", "list", "--json")
    assert sorted(note["workload"] for note in listed.json) == ["EXO", "INTUNE"]
    assert run_cli("opening", FABRIKAM, "--json").status == 1
    assert run_cli("moved", "--since", "2026-11-01", "--json").status == 0
    assert run_cli("set", FABRIKAM, "Health=green").status == 0
    with by_hand(stocked.store) as connection:
        (note_id,) = connection.execute("SELECT id FROM note WHERE tag = 'SPO'").fetchone()
    assert run_cli("note", "show", note_id).status == 0
    result = run_cli("note", "edit", note_id, "--field", "text=Other")
    assert result.status == 2
    assert "unexpected" not in result.error


def test_what_moved_has_a_sentence_each(stocked: Context, run_cli: RunCli) -> None:
    new = run_cli("moved", "--json").json
    assert {m["tenant_id"] for m in new} == {FABRIKAM, WOODGROVE, FABRIKAM_LAB}
    assert [list(m) for m in new] == [
        ["tenant_id", "name", "what", "before", "after", "sentence"]
    ] * 3
    assert run_cli("moved", "--since", "2026-11-21").text == "Nothing moved.\n"


def _lint(run_cli: RunCli, text: bytes, *more: str, status: str = "blocked") -> Any:
    return run_cli("lint", "--workload", "EXO", "--status", status, *more, stdin=text)


def test_a_note_is_judged_from_stdin_and_from_a_file(run_cli: RunCli, tmp_path: Path) -> None:
    text = "Customer is blocked for now because of the network."
    from_stdin = _lint(run_cli, text.encode(), "--json")
    path = tmp_path / "note.txt"
    path.write_text(text)
    from_file = run_cli("lint", str(path), "--workload", "exo", "--status", "Blocked", "--json")
    assert from_stdin.json == from_file.json
    assert list(from_stdin.json) == ["grade", "findings"]
    for finding in from_stdin.json["findings"]:
        assert list(finding) == ["rule", "severity", "start", "end", "message", "suggestion"]
        assert finding["severity"] in {"error", "warn", "info"}
    blur = next(f for f in from_stdin.json["findings"] if f["rule"] == "EN-04")
    assert text[blur["start"] : blur["end"]] == "for now"


def test_an_empty_stdin_is_a_blank_note(run_cli: RunCli) -> None:
    for blank in (b"", b"  \r\n"):
        result = _lint(run_cli, blank, "--json")
        assert (result.status, result.json["grade"]) == (1, "poor")
        (finding,) = result.json["findings"]
        assert (finding["rule"], finding["start"], finding["end"]) == ("EN-02", 0, len(blank))


def test_offsets_count_in_the_text_as_given(run_cli: RunCli) -> None:
    """Line ends of two characters, letters of two bytes."""
    text = "Kunde Sköld 👍 is blocked.\r\n\r\nIt is blocked currently because of X.\r\n"
    result = _lint(run_cli, text.encode(), "--json")
    blur = next(f for f in result.json["findings"] if f["rule"] == "EN-04")
    assert text[blur["start"] : blur["end"]] == "currently"
    marked = _lint(run_cli, b"\xef\xbb\xbf" + text.encode(), "--json")
    assert marked.json == result.json


def test_an_error_found_ends_with_1_and_warnings_with_0(run_cli: RunCli) -> None:
    assert _lint(run_cli, b"Customer blocked.").status == 1
    good = b"Customer is moving forward with deployment. They are in the adoption phase currently."
    result = _lint(run_cli, good, status="in_progress")
    assert result.status == 0
    assert "EN-04" in result.text
    assert result.text.startswith("grade: ")


def test_many_notes_are_judged_a_line_each(run_cli: RunCli, tmp_path: Path) -> None:
    notes = [
        {"workload": "EXO", "status": "blocked", "text": "Customer blocked."},
        {"workload": "Teams", "status": "IN PROGRESS", "text": "One\u2028two.\n\nThree for now."},
        {"workload": "OPP", "status": "unknown", "text": ""},
    ]
    path = tmp_path / "notes.jsonl"
    lines = [json.dumps(note, ensure_ascii=False) for note in notes]
    path.write_bytes(("\r\n".join([*lines[:2], "", lines[2]]) + "\r\n").encode())
    result = run_cli("lint", "--jsonl", str(path))
    assert result.status == 1
    assert len(result.json) == 3
    assert result.json[0] == _lint(run_cli, b"Customer blocked.", "--json").json
    assert result.json[2]["grade"] == "poor"
    assert run_cli("lint", "--jsonl", stdin=path.read_bytes()).json == result.json
    assert run_cli("lint", "--jsonl", "-", stdin=b"").json == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"workload": "EXO"', "line 2"),
        ("[]", "line 2"),
        ('{"workload": "EXO", "status": "blocked"}', "text"),
        ('{"workload": "XXX", "status": "blocked", "text": "x"}', "XXX"),
        ('{"workload": "EXO", "status": "lost", "text": "x"}', "lost"),
    ],
)
def test_a_line_that_is_no_note_is_named(line: str, said: str, run_cli: RunCli) -> None:
    good = '{"workload": "EXO", "status": "blocked", "text": "x"}'
    result = run_cli("lint", "--jsonl", "-", stdin=f"{good}\n{line}\n".encode())
    assert (result.status, result.stdout) == (2, b"")
    assert "line 2" in result.error
    assert said in result.error


@pytest.mark.parametrize(
    "call",
    [(), ("--workload", "EXO"), ("--status", "blocked"), ("--workload", "X", "--status", "blocked"),
     ("--workload", "EXO", "--status", "lost")],
)  # fmt: skip
def test_a_note_is_judged_by_workload_and_status_only(
    call: tuple[str, ...], run_cli: RunCli
) -> None:
    assert run_cli("lint", *call, stdin=b"Customer blocked.").status == 2


def test_a_text_that_is_no_utf8_is_refused(run_cli: RunCli) -> None:
    result = _lint(run_cli, b"Sk\xf6ld")
    assert (result.status, result.stdout) == (2, b"")
