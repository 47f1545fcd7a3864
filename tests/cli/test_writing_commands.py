"""`import`, `template`, `set`, `add`, `note`, `record`, `undo` and `redo` from outside."""

from pathlib import Path
from typing import Any

import pytest

from ftop_tui.services.context import Context
from house import (
    DERIVED,
    FABRIKAM,
    FABRIKAM_LAB,
    SAMPLES,
    WOODGROVE,
    Result,
    RunCli,
    by_hand,
    dump,
)

_NEW = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0009"
_FILES = [
    str(SAMPLES / f"{name}.csv")
    for name in ("portfolio", "workloads", "license_usage", "subscriptions", "service_users")
]
_KINDS = ("customers", "tenants", "workloads", "usage", "subscriptions", "notes", "records")


def test_an_import_has_the_shape_of_the_contract(context: Context, run_cli: RunCli) -> None:
    for dry in (True, False):
        more = ("--dry-run",) if dry else ()
        result = run_cli("import", *_FILES, "--tenant", "640001", "--json", *more)
        assert result.status == 0
        assert result.stderr == b""
        document = result.json
        assert list(document) == ["created", "updated", "unchanged", "rejected", "warnings"]
        for outcome in ("created", "updated", "unchanged"):
            assert tuple(document[outcome]) == _KINDS
            assert all(type(number) is int for number in document[outcome].values())
        assert document["created"]["tenants"] == 3
        assert document["rejected"] == []
        for warning in document["warnings"]:
            assert list(warning) == ["file", "row", "column", "rule", "message"]
        assert context.store.exists() is not dry
    again = run_cli("import", *_FILES, "--tenant", "640001", "--json").json
    assert set(again["created"].values()) == set(again["updated"].values()) == {0}


@pytest.mark.parametrize("tenant", ["640001", FABRIKAM, "Fabrikam Foods"])
def test_a_portfolio_and_a_report_come_in_one_call(
    tenant: str, context: Context, run_cli: RunCli
) -> None:
    names = [_FILES[4], _FILES[0]]
    result = run_cli("import", *names, "--tenant", tenant)
    assert (result.status, result.stderr) == (0, b"")
    assert "5 usage" in result.text
    assert context.store.exists()


def test_a_rejected_row_keeps_everything_out(
    context: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    table = tmp_path / "p.csv"
    table.write_text(f"TenantId,TenantName,Health\n{_NEW},Contoso,red\nno-guid,Bad,purple\n")
    for how in ((), ("--dry-run",)):
        result = run_cli("import", str(table), "--json", *how)
        assert result.status == 2
        assert result.json["created"]["tenants"] == 1, "what would have been"
        assert [(r["row"], r["column"]) for r in result.json["rejected"]] == [
            (3, "TenantId"), (3, "Health"),
        ]  # fmt: skip
        assert all(list(r) == ["file", "row", "column", "reason"] for r in result.json["rejected"])
        assert result.error.startswith("ftop-tui: error: 1 row was rejected")
        assert not context.store.exists()
    assert run_cli("import", str(table), "--partial", "--dry-run").status == 1
    assert not context.store.exists()
    result = run_cli("import", str(table), "--partial")
    assert result.status == 1
    assert "rejected:  " in result.text
    assert "row 3, Health" in result.text
    assert [e["tenant_id"] for e in run_cli("list", "--json").json] == [_NEW]


def test_warnings_alone_are_no_failure(context: Context, run_cli: RunCli) -> None:
    result = run_cli("import", _FILES[0], _FILES[1])
    assert result.status == 0
    assert "warning:   " in result.text


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_table_comes_from_stdin(separator: str, run_cli: RunCli) -> None:
    table = f"TenantId,TenantName\n{_NEW},Sköld & Söner [EXO]\n".replace(",", separator)
    assert run_cli("import", "-", stdin=table.encode()).status == 0
    assert run_cli("list", "--json").json[0]["name"] == "Sköld & Söner [EXO]"
    result = run_cli("import", "-", stdin=b"")
    assert (result.status, result.stdout) == (2, b"")
    assert "stdin" in result.error


def test_dates_that_could_be_either_are_asked_for(run_cli: RunCli) -> None:
    table = f"TenantId,TenantName,RenewalDate\n{_NEW},Contoso,03/04/2027\n".encode()
    result = run_cli("import", "-", stdin=table)
    assert result.status == 2
    assert "--dates" in result.error
    assert run_cli("import", "-", "--dates", "dmy", stdin=table).status == 0
    assert run_cli("show", _NEW, "--json").json["renewals"][0]["day"] == "2027-04-03"
    assert run_cli("import", "-", "--dates", "myd", stdin=table).status == 2


def test_a_format_may_be_named(run_cli: RunCli) -> None:
    assert run_cli("import", _FILES[0], "--format", "portfolio").status == 0
    assert run_cli("import", _FILES[0], "--format", "subscriptions").status == 2
    assert run_cli("import", _FILES[0], "--format", "poems").status == 2
    assert run_cli("import", _FILES[4]).status == 2, "whose report it is, is not said"


def test_the_end_of_an_assignment_is_confirmed(stocked: Context, run_cli: RunCli) -> None:
    table = f"TenantId,Workload,PrimaryRM\n{FABRIKAM},TEAMS,Ana Bauer\n".encode()
    kept = run_cli("import", "-", "--json", stdin=table)
    assert (kept.status, [w["rule"] for w in kept.json["warnings"]]) == (0, ["FR-02"])
    assert run_cli("show", FABRIKAM, "--json").json["frp"] is True
    done = run_cli("import", "-", "--json", "--accept-removals", stdin=table)
    assert (done.status, done.json["warnings"]) == (0, [])
    assert run_cli("show", FABRIKAM, "--json").json["frp"] is False


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_import_file_imports_as_it_is(
    ending: str, run_cli: RunCli, tmp_path: Path
) -> None:
    paths = [str(tmp_path / f"{name}.{ending}") for name in ("portfolio", "workloads")]
    for path, name in zip(paths, ("portfolio", "workloads"), strict=True):
        assert run_cli("template", name, "-o", path).status == 0
    result = run_cli("import", *paths, "--json")
    assert result.status == 0
    assert (result.json["rejected"], result.json["warnings"]) == ([], [])
    assert result.json["created"]["workloads"] == 1
    printed = run_cli("template", "portfolio")
    assert printed.text.startswith("TenantId,TenantName,TPID,")
    again = run_cli("import", "-", "--json", stdin=printed.stdout).json
    assert set(again["created"].values()) == set(again["updated"].values()) == {0}
    assert run_cli("template", "poems").status == 2
    assert run_cli("template", "portfolio", "-o", str(tmp_path / "no" / "p.csv")).status == 2


def test_a_tenant_is_made_and_changed(run_cli: RunCli) -> None:
    assert run_cli("add", _NEW, "Eastern [EXO] Wind", "TPID=640099", "Health=Red").text == (
        "Added Eastern [EXO] Wind\n"
    )
    result = run_cli("set", "640099", "Health=green", "FM=Ana = Bauer", "Industry=")
    assert result.text == "Changed Health, FM of Eastern [EXO] Wind\n"
    shown = run_cli("show", "eastern", "--json").json
    assert (shown["health"], shown["fm"], shown["industry"]) == ("green", "Ana = Bauer", None)
    for wrong in ("Health=purple", "Colour=red", "=red", "Health"):
        result = run_cli("set", "640099", wrong)
        assert result.status == 2
    assert "Health" in run_cli("set", "640099", "Health=purple").error
    assert run_cli("add", _NEW, "Again").status == 2


def test_what_was_done_is_a_document_as_well(run_cli: RunCli) -> None:
    """`done` is null where there was nothing to do."""
    assert run_cli("undo", "--json").json == {"done": None}
    added = run_cli("add", _NEW, "Eastern Wind", "--json").json
    assert added == {"done": "Added Eastern Wind"}
    assert run_cli("set", _NEW, "Health=red", "--json").json == {
        "done": "Changed Health of Eastern Wind"
    }
    recorded = run_cli("record", _NEW, "progress", "--json").json
    assert list(recorded) == ["done"]
    assert run_cli("undo", "--json").json == recorded
    assert run_cli("redo", "--json").json == recorded
    assert run_cli("redo", "--json").json == {"done": None}


def test_a_report_of_an_unknown_tenant_is_rejected_once(stocked: Context, run_cli: RunCli) -> None:
    """A row of a report is several figures, but one row."""
    result = run_cli("import", _FILES[4], "--tenant", _NEW, "--json")
    assert result.status == 2
    assert len(result.json["rejected"]) == 1


def test_a_name_that_fits_two_lists_both(stocked: Context, run_cli: RunCli) -> None:
    result = run_cli("set", "fabrikam.", "Health=red")
    assert result.status == 2
    result = run_cli("why", "fabrikaml")
    assert result.status == 0
    result = run_cli("why", "onmicrosoft")
    assert result.status == 2
    for tenant in (FABRIKAM, FABRIKAM_LAB, WOODGROVE):
        assert tenant in result.error


def _add(run_cli: RunCli, kind: str, *more: str, tenant: str = "640001", stdin: bytes = b"") -> str:
    result = run_cli("note", "add", tenant, "--kind", kind, *more, stdin=stdin)
    assert (result.status, result.stderr) == (0, b"")
    (note_id,) = result.text.splitlines()
    return note_id


def _shown(run_cli: RunCli, note_id: str) -> Any:
    return run_cli("note", "show", note_id, "--json").json


_FIELDS = {
    "entitlement": ("--workload", "teams", "--status", "In Progress"),
    "overall": ("--field", "next_action=Send slides", "--field", "author-role=adoption_sme"),
    "exec-summary": ("--field", "exo=Moving", "--field", "engagement=reactive"),
    "enterprise": ("--field", "status=green", "--field", "topic=Rollout"),
}


@pytest.mark.parametrize("kind", _FIELDS)
def test_a_note_goes_its_way_by_commands(
    kind: str, stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes("Erste Zeile\r\nSköld [EXO] läuft.\r\n".encode())
    note_id = _add(run_cli, kind, *_FIELDS[kind], "--text", str(text))
    note = _shown(run_cli, note_id)
    assert (note["id"], note["kind"], note["state"]) == (note_id, kind, "draft")
    assert note["workload"] == ("TEAMS" if kind == "entitlement" else None)
    assert note["posted_on"] is None
    assert "Sköld [EXO] läuft." in note["text"]
    assert run_cli("note", "show", note_id[:8]).text == note["text"] + "\n"
    listed = run_cli("note", "list", "640001", "--json").json
    assert [n["id"] for n in listed if n["state"] == "draft"] == [note_id]
    assert note_id in run_cli("note", "list").text

    edited = run_cli("note", "edit", note_id, "--text", "-", stdin="Neuer Text läuft.".encode())
    assert edited.status == 0
    assert "Neuer Text läuft." in edited.text
    assert "Erste" not in edited.text

    assert run_cli("note", "post", note_id, "--on", "2026-11-22").status == 2
    assert run_cli("note", "post", note_id, "--on", "gestern").status == 2
    refused = run_cli("note", "post", note_id, "--on", "2026-11-20")
    if refused.status == 2:
        assert "cannot be marked posted yet: " in refused.error
    posted = run_cli("note", "post", note_id, "--on", "2026-11-20", "--anyway", "it stands")
    assert posted.status == (0 if refused.status == 2 else 2)
    note = _shown(run_cli, note_id)
    assert (note["state"], note["posted_on"]) == ("posted", "2026-11-20")
    assert note["anyway"] == ("it stands" if refused.status == 2 else None)
    for verb in (("edit", note_id, "--field", "author_role=fm"), ("delete", note_id)):
        refused = run_cli("note", *verb)
        assert refused.status == 2
        assert "Neuer Text" not in refused.error
    assert _shown(run_cli, note_id) == note


def test_every_add_is_a_draft_of_its_own(stocked: Context, run_cli: RunCli) -> None:
    ids = {_add(run_cli, "overall") for _ in range(3)}
    assert len(ids) == 3
    assert all(run_cli("note", "delete", note_id).status == 0 for note_id in ids)
    assert run_cli("undo").text.startswith("Undone: Deleted the draft of ")
    assert len([n for n in run_cli("note", "list", "--json").json if n["state"] == "draft"]) == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("--kind", "poem"), "poem"),
        (("--kind", "entitlement"), "--workload"),
        (("--kind", "entitlement", "--workload", "XXX"), "XXX"),
        (("--kind", "overall", "--workload", "EXO"), "--workload"),
        (("--kind", "overall", "--status", "blocked"), "--status"),
        (("--kind", "overall", "--field", "colour=red"), "colour"),
        (("--kind", "overall", "--field", "action_date=soon"), "action_date"),
        (("--kind", "enterprise", "--field", "status=blue"), "status"),
        (("--kind", "exec-summary", "--field", "engagement=asleep"), "engagement"),
        (("--kind", "overall", "--text", "no-such-file"), "no-such-file"),
        ((), "--kind"),
    ],
)
def test_a_note_that_cannot_be_is_refused(
    call: tuple[str, ...], said: str, stocked: Context, run_cli: RunCli
) -> None:
    before = dump(stocked.store)
    result = run_cli("note", "add", "640001", *call)
    assert (result.status, result.stdout) == (2, b"")
    assert said in result.error
    assert dump(stocked.store) == before


def test_the_winner_is_named_where_an_enterprise_note_does_not_live(
    stocked: Context, run_cli: RunCli
) -> None:
    for call in (
        ("note", "add", FABRIKAM_LAB, "--kind", "enterprise"),
        ("record", FABRIKAM_LAB, "Enterprise"),
    ):
        result = run_cli(*call)
        assert result.status == 2
        assert FABRIKAM in result.error


@pytest.mark.parametrize(
    "kind",
    ["enterprise", "contacts", "progress", "perspective", "forecast", "frp-review", "frp-data",
     "event", "exec-request"],
)  # fmt: skip
def test_every_kind_is_recorded_and_taken_back(
    kind: str, stocked: Context, run_cli: RunCli
) -> None:
    before = dump(stocked.store, *DERIVED)
    result = run_cli(
        "record", "640001", kind, "--workload", "TEAMS", "--on", "2026-11-19", "--by", "Ana",
        "--text", "Sköld [EXO] läuft",
    )  # fmt: skip
    assert (result.status, result.stderr) == (0, b"")
    sentence = result.text.strip()
    assert "2026-11-19" in sentence
    with by_hand(stocked.store) as connection:
        query = "SELECT kind, tag, day, who, text FROM record WHERE source = 'app'"
        assert connection.execute(query).fetchall() == [
            (kind, "TEAMS", "2026-11-19", "Ana", "Sköld [EXO] läuft")
        ]
    assert run_cli("undo").text == f"Undone: {sentence}\n"
    assert dump(stocked.store, *DERIVED) == before
    assert run_cli("redo").text == f"Done again: {sentence}\n"
    assert run_cli("redo").text == "There is nothing to do again.\n"


def test_what_is_to_come_is_not_recorded(stocked: Context, run_cli: RunCli) -> None:
    for more in (("--on", "2026-11-22"), ("--on", "morgen"), ("--workload", "XXX")):
        assert run_cli("record", "640001", "progress", *more).status == 2


def test_everything_is_taken_back_to_the_start(context: Context, run_cli: RunCli) -> None:
    assert run_cli("undo").text == "There is nothing to undo.\n"
    run_cli("import", *_FILES, "--tenant", "640001")
    run_cli("set", "640001", "Health=green")
    results: list[Result] = [run_cli("undo") for _ in range(3)]
    assert [result.status for result in results] == [0, 0, 0]
    assert results[0].text == "Undone: Changed Health of fabrikamfoods.onmicrosoft.com\n"
    assert results[1].text.startswith("Undone: Imported: created 2 customers, 3 tenants")
    assert results[2].text == "There is nothing to undo.\n"
    assert run_cli("list", "--json").json == []
    run_cli("redo")
    run_cli("redo")
    assert run_cli("show", "640001", "--json").json["health"] == "green"


def test_a_step_that_was_overtaken_is_not_taken_back(stocked: Context, run_cli: RunCli) -> None:
    run_cli("set", "640001", "Health=green")
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE customer SET health = 'blue' WHERE tpid = '640001'")
    before = dump(stocked.store)
    result = run_cli("undo")
    assert result.status == 2
    assert "changed since" in result.error
    assert dump(stocked.store) == before


def test_a_demo_is_made_in_a_folder_and_listed(run_cli: RunCli, tmp_path: Path) -> None:
    folder = str(tmp_path / "demo")
    result = run_cli("demo", "--customers", "3", "--into", folder)
    assert (result.status, result.stderr) == (0, b"")
    entries = run_cli("--data-dir", folder, "list", "--json").json
    assert len({entry["tpid"] or entry["tenant_id"] for entry in entries}) == 3
    assert run_cli("demo", "--customers", "3", "--into", folder).status == 2
    assert run_cli("--data-dir", folder, "list", "--json").json == entries


def test_posting_says_what_does_not_block_it(stocked: Context, run_cli: RunCli) -> None:
    """ES-05: drafting stays possible, posting warns."""
    run_cli("set", FABRIKAM, "EnterpriseLevel=2")
    added = run_cli(
        "note", "add", FABRIKAM, "--kind", "overall", "--field", "text=Call", "--field",
        "next_action=Send the plan",
    )  # fmt: skip
    posted = run_cli("note", "post", added.text.strip(), "--json")
    assert posted.status == 0
    assert any(warning.startswith("OS-02") for warning in posted.json["warnings"])


def test_a_rejected_value_is_told_once(stocked: Context, run_cli: RunCli) -> None:
    said = run_cli("set", FABRIKAM, "Health=Purple").error
    assert said.count("Purple") == 1


def test_show_tells_of_clocks_without_a_post_and_of_a_health_that_is_not_set(
    stocked: Context, run_cli: RunCli
) -> None:
    """ES-03: the stricter clock, and the gap is shown."""
    tenant = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0077"
    run_cli("add", tenant, "Contoso")
    shown = run_cli("show", tenant, "--json").json
    assert {"rule": "ES-03", "what": "enterprise", "state": "late", "due": None, "limit": None} in (
        shown["due_dates"]
    )
    assert "ES-03" in {gap["rule"] for gap in shown["gaps"]}
