"""`partner` from outside: the twin of the partners' screen."""

import pytest

from ftop_tui.services.context import Context
from house import FABRIKAM, FABRIKAM_LAB, WOODGROVE, RunCli, dump, import_text

PARTNER = "Northwind Services"


def test_list_shows_each_partner_with_its_workloads(stocked: Context, run_cli: RunCli) -> None:
    before = dump(stocked.store)
    found = run_cli("partner", "list", "--json")
    assert (found.status, found.stderr) == (0, b"")
    assert list(found.json[0]) == [
        "partner", "customer", "tenant_id", "former", "workloads", "psm", "poc", "agreed_on",
        "access_to_ftop", "next_step", "last_review", "review_due", "next_review", "inform_psm_by",
        "missed_reviews", "missing_inputs",
    ]  # fmt: skip
    assert [(each["partner"], each["workloads"]) for each in found.json] == [
        (PARTNER, [{"tenant_id": FABRIKAM, "workload": "TEAMS"}])
    ]
    assert found.json[0]["psm"] is None
    assert "no missed reviews; no missing inputs" in run_cli("partner", "list", FABRIKAM_LAB).text
    assert run_cli("partner", "list", WOODGROVE, "--json").json == []
    assert dump(stocked.store) == before, "a question writes nothing"


def test_without_a_store_the_list_is_empty_and_none_is_made(
    context: Context, run_cli: RunCli
) -> None:
    found = run_cli("partner", "list", "--json")
    assert (found.status, found.json) == (0, [])
    assert run_cli("partner", "list").status == 0
    assert not context.store.exists()


def test_every_verb_shows_in_what_show_prints(stocked: Context, run_cli: RunCli) -> None:
    """FR-03, FR-04, FR-05, FR-09, FR-12."""
    calls = (
        ("psm", PARTNER, "Nadia Petrov"),
        ("step", FABRIKAM, "find_psm", "--on", "2026-10-01"),
        ("agree", FABRIKAM, "--on", "2026-10-05"),
        ("review", FABRIKAM, "--on", "2026-10-19", "--held"),
        ("review", FABRIKAM, "--on", "2026-11-02", "--missed"),
        ("review", FABRIKAM, "--on", "2026-11-26", "--set"),
        ("review", FABRIKAM, "--on", "2026-11-30"),
        ("review", FABRIKAM, "--on", "2026-11-30", "--cancel"),
        ("input", FABRIKAM, "--text", "Wave 3 [EXO] is done", "--source", "mail"),
        ("informed", FABRIKAM, "--on", "2026-11-20"),
        ("access", FABRIKAM, "no"),
    )
    for call in calls:
        done = run_cli("partner", *call)
        assert done.status == 0, done.error
        assert PARTNER in done.text
    shown = run_cli("partner", "show", FABRIKAM, "--json").json
    assert (shown["psm"], shown["agreed_on"]) == ("Nadia Petrov", "2026-10-05")
    assert [step["done_on"] for step in shown["steps"]] == [
        "2026-10-01", None, None, None, "2026-10-05",
    ]  # fmt: skip
    assert shown["next_step"] == "introduction"
    assert (shown["last_review"], shown["next_review"]) == ("2026-10-19", "2026-11-26")
    assert [miss["day"] for miss in shown["missed_reviews"]] == ["2026-11-02", "2026-11-16"]
    assert shown["inputs"][0]["source"] == "mail"
    assert (shown["access_to_ftop"], shown["psm_informed"]) == (False, ["2026-11-20"])
    assert shown["attendees"] == ["Ana Bauer", "Kim Lund"]
    text = run_cli("partner", "show", FABRIKAM).text
    assert "2 missed reviews, on 2026-11-02 and 2026-11-16" in text
    assert "Wave 3 [EXO] is done" in text
    assert "never changed here" in text  # FR-02
    for _ in calls:
        assert run_cli("undo").status == 0
    assert run_cli("partner", "show", FABRIKAM, "--json").json["agreed_on"] is None


def test_input_becomes_a_note_at_once_or_later(stocked: Context, run_cli: RunCli) -> None:
    """FR-09."""
    at_once = run_cli(
        "partner", "input", FABRIKAM, "--text", "Pilot is done", "--source", "a call",
        "--to-note", "entitlement", "--workload", "TEAMS", "--json",
    )  # fmt: skip
    assert at_once.status == 0, at_once.error
    assert "Pilot is done" in run_cli("note", "show", at_once.json["note_id"]).text
    logged = run_cli("partner", "input", FABRIKAM, "--text", "Next", "--source", "mail", "--json")
    assert logged.json["note_id"] is None
    later = run_cli("partner", "note", FABRIKAM, logged.json["input_id"][:8], "overall", "--json")
    assert "Next" in run_cli("note", "show", later.json["note_id"]).text


def test_a_step_is_opened_again(stocked: Context, run_cli: RunCli) -> None:
    run_cli("partner", "step", FABRIKAM, "scope")
    assert run_cli("partner", "step", FABRIKAM, "scope", "--undo").status == 0
    steps = run_cli("partner", "show", FABRIKAM, "--json").json["steps"]
    assert all(step["done_on"] is None for step in steps)


def test_of_several_partners_one_is_named(stocked: Context, run_cli: RunCli) -> None:
    import_text(stocked, f"TenantId,Workload,PrimaryRM\n{FABRIKAM_LAB},SPO,FTP Trey Research\n")
    refused = run_cli("partner", "agree", FABRIKAM)
    assert refused.status == 2
    assert f"{PARTNER}, Trey Research" in refused.error
    assert run_cli("partner", "agree", FABRIKAM, "--partner", "trey research").status == 0
    assert run_cli("partner", "show", FABRIKAM, "--partner", "Nobody").status == 2


@pytest.mark.parametrize(
    "call",
    [
        ("show", WOODGROVE),
        ("step", FABRIKAM, "no-such-step"),
        ("step", FABRIKAM, "scope", "--on", "2026-11-22"),
        ("agree", FABRIKAM, "--on", "soon"),
        ("review", FABRIKAM, "--on", "2026-11-20"),
        ("review", FABRIKAM, "--on", "2026-11-22", "--held"),
        ("review", FABRIKAM, "--on", "2026-11-20", "--held", "--missed"),
        ("review", FABRIKAM),
        ("access", FABRIKAM, "perhaps"),
        ("psm", "Nobody", "Nadia Petrov"),
        ("input", FABRIKAM, "--text", "x", "--source", "y", "--to-note", "entitlement"),
        ("input", FABRIKAM, "--text", "x", "--source", "y", "--to-note", "enterprise"),
        ("input", FABRIKAM, "--text", "x", "--source", "y", "--workload", "TEAMS"),
        ("input", FABRIKAM, "--text", "", "--source", "y"),
        ("note", FABRIKAM, "none", "overall"),
        ("informed", FABRIKAM, "--on", "2027-01-01"),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_changes_nothing(
    stocked: Context, run_cli: RunCli, call: tuple[str, ...]
) -> None:
    before = dump(stocked.store)
    refused = run_cli("partner", *call)
    assert (refused.status, refused.text) == (2, "")
    assert refused.error.count("\n") == 1
    assert dump(stocked.store) == before
