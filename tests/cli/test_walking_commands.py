"""`next` and `note fields` from outside."""

from ftop_tui.services import notes
from ftop_tui.services.context import Context
from house import FABRIKAM, FABRIKAM_LAB, RunCli, dump


def _enterprise(run_cli: RunCli) -> str:
    made = run_cli(
        "note", "add", FABRIKAM, "--kind", "enterprise", "--field", "reason=Major Brand",
        "--field", "status=green", "--field", "topic=Rollout [EXO]", "--field", "overview=On time",
        "--field", "next_update=2026-12-05",
    )  # fmt: skip
    assert made.status == 0, made.error
    return made.text.strip()


def test_next_names_tenant_kind_and_reason(stocked: Context, run_cli: RunCli) -> None:
    before = dump(stocked.store)
    found = run_cli("next", "--json")
    assert (found.status, found.stderr) == (0, b"")
    assert list(found.json) == ["tenant_id", "name", "kind", "workload", "reason"]
    listed = run_cli("list", "--json", "--limit", "1").json[0]
    assert found.json["tenant_id"] == listed["tenant_id"]
    assert found.json["kind"] == "enterprise"
    said = run_cli("next").text
    assert (
        said == f"{listed['name']} ({listed['tenant_id']}): Enterprise. {found.json['reason']}.\n"
    )
    assert dump(stocked.store) == before, "a question writes nothing"


def test_without_a_store_no_note_is_due(context: Context, run_cli: RunCli) -> None:
    assert run_cli("next", "--json").json is None
    assert run_cli("next").text == "No note is due.\n"
    assert not context.store.exists()


def test_next_sees_only_my_own_where_me_is_set(stocked: Context, run_cli: RunCli) -> None:
    assert run_cli("set", FABRIKAM, "FM=Ada Byron").status == 0
    mine = run_cli("next", "--json", FTOP_TUI_ME="ada byron")
    assert mine.json["tenant_id"] in {FABRIKAM, FABRIKAM_LAB}
    assert run_cli("next", "--json", FTOP_TUI_ME="Nobody Here").json is None
    assert run_cli("next", "--json").json is not None


def test_note_fields_are_ftops_in_ftops_order(stocked: Context, run_cli: RunCli) -> None:
    note_id = _enterprise(run_cli)
    found = run_cli("note", "fields", note_id, "--json")
    assert found.status == 0
    assert list(found.json) == ["id", "kind", "workload", "state", "fields"]
    assert (found.json["id"], found.json["state"]) == (note_id, "draft")
    names = [field["name"] for field in found.json["fields"]]
    assert names[:3] == ["Reason", "Status", "Exec Summary"]
    assert {"name": "Exec Summary", "text": "High Level Topic: Rollout [EXO]"} in found.json[
        "fields"
    ]
    said = run_cli("note", "fields", note_id[:8]).text
    assert said.startswith("Reason:\nMajor Brand\n\nStatus:\nGreen\n\nExec Summary:\n")
    notes.post(stocked, note_id)
    assert run_cli("note", "fields", note_id, "--json").json["state"] == "posted"


def test_an_empty_note_has_no_fields(stocked: Context, run_cli: RunCli) -> None:
    note_id = run_cli("note", "add", FABRIKAM, "--kind", "overall").text.strip()
    assert run_cli("note", "fields", note_id, "--json").json["fields"] == []
    assert run_cli("note", "fields", note_id).text == "The note is empty.\n"


def test_fields_of_a_note_that_is_not_there_are_not_found(
    stocked: Context, run_cli: RunCli
) -> None:
    result = run_cli("note", "fields", "nothing")
    assert (result.status, result.stdout) == (2, b"")
