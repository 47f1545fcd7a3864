"""The record around a note as the checks are told of it, and `note check` on top of it."""

from dataclasses import replace
from typing import Any

import pytest

from ftop_tui.errors import NotFoundError, PackError
from ftop_tui.playbook.lint.record import OpenEscalation, Place
from ftop_tui.playbook.notes import with_fields
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import notes
from ftop_tui.services.checking import check_note
from ftop_tui.services.context import Context
from ftop_tui.services.judging import checks, judge_note
from ftop_tui.services.record_context import record_context
from house import RunCli, by_hand, import_text

WINNER, OTHER, STRANGER = (f"7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b000{n}" for n in (4, 5, 6))
PORTFOLIO = f"""TenantId,TenantName,TPID,CustomerName,WinnerTenant,SRank,Users,EnterpriseLevel,\
Assigned,Industry,Health,Group1Health,Group2Health,TelemetryBlocked
{WINNER},northwind,640009,Northwind Traders,Y,212,24000,3,Y,Retail,yellow,red,green,N
{OTHER},northwind-eu,640009,,N,,900,,,,,,,Y
{STRANGER},contoso,640010,Contoso,Y,,10,,,,green,,,Y
"""
WORKLOADS = f"""TenantId,Workload,Status,PrimaryRM,PaidUnits,ActiveUsers
{WINNER},EXO,In Progress,,100,101
{WINNER},SPO,Blocked,,100,100
{OTHER},INTUNE,Blocked,FTP-Adatum,100,
{OTHER},OPP,No Intent,,,50
{STRANGER},YAM,Blocked,,1,2
"""


@pytest.fixture
def northwind(empty: Context) -> Context:
    """Two tenants of one customer and one of another, with workloads and an open escalation."""
    import_text(empty, PORTFOLIO, WORKLOADS)
    with by_hand(empty.store) as connection:
        customer = connection.execute(
            "SELECT customer_id FROM tenant WHERE id = ?", (WINNER,)
        ).fetchone()[0]
        connection.executemany(
            "INSERT INTO escalation (id, customer_id, tag, title, raised_on, resolved_on)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                ("e1", customer, "EXO", "Mail outage", "2026-11-02", None),
                ("e2", customer, None, "Licence count", "2026-10-02", "2026-10-09"),
            ],
        )
    return empty


def draft(context: Context, kind: NoteKind, tenant: str, **fields: str) -> notes.Draft:
    """A stored draft, filled in as the command line does."""
    tag = fields.pop("tag", None)
    new = notes.new_draft(context, kind, tenant, tag)
    body = with_fields(new.body, fields.items(), context.pack)
    return notes.save_draft(context, new.with_body(body))


def test_the_record_is_gathered_over_all_tenants_of_the_customer(northwind: Context) -> None:
    """RA-11, ES-12, ES-15: none of another customer's."""
    record = record_context(northwind, WINNER)
    assert record.blocked == (Place("northwind", "SPO"), Place("northwind-eu", "INTUNE"))
    assert record.over_used == (Place("northwind", "EXO"),)
    assert record.telemetry_blocked == ("northwind-eu",)
    assert record.escalations == (OpenEscalation("Mail outage", "EXO"),)
    assert record.has_frp


def test_what_is_the_tenant_s_own_stays_its_own(northwind: Context) -> None:
    winner, other = record_context(northwind, WINNER), record_context(northwind, OTHER)
    assert (winner.tenant, winner.is_winner, winner.level, winner.assigned, winner.users) == (
        "northwind", True, 3, True, 24_000,
    )  # fmt: skip
    assert (other.tenant, other.is_winner, other.level, other.assigned, other.users) == (
        "northwind-eu", False, None, None, 900,
    )  # fmt: skip
    for record in (winner, other):
        assert record.winner == "northwind"
        assert (record.s_rank, record.health, record.industry) == (212, "yellow", "Retail")
        assert record.groups == ("red", "green", None)
        assert record.posting_day == northwind.today()


def test_no_such_tenant_is_told(northwind: Context) -> None:
    with pytest.raises(NotFoundError):
        record_context(northwind, "nobody")


def test_risks_are_those_of_the_note_that_was_touched_last(northwind: Context) -> None:
    """OS-04: draft or posted, the customer's."""
    assert record_context(northwind, OTHER).latest_risks == ""
    first = draft(northwind, NoteKind.ENTERPRISE, WINNER, risks="The budget")
    assert record_context(northwind, OTHER).latest_risks == "The budget"
    notes.post(northwind, first.id, anyway="it stands in FTOP")
    assert record_context(northwind, WINNER).latest_risks == "The budget"
    draft(northwind, NoteKind.ENTERPRISE, WINNER, risks="The proxy")
    assert record_context(northwind, WINNER).latest_risks == "The proxy"
    assert record_context(northwind, STRANGER).latest_risks == ""


def test_a_note_of_a_newer_version_hides_no_record(northwind: Context) -> None:
    """OS-04: its Risks cannot be read, so they are not called empty."""
    note = draft(northwind, NoteKind.ENTERPRISE, WINNER, risks="The budget")
    with by_hand(northwind.store) as connection:
        connection.execute("UPDATE note SET body = '{\"risks\": 5}' WHERE id = ?", (note.id,))
    assert "The budget" in record_context(northwind, WINNER).latest_risks


def test_the_user_s_own_words_are_laid_upon_the_checks(northwind: Context) -> None:
    """ES-15: and a mistake in them is told by file and key."""
    own = northwind.paths.pack
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('[checks.signs]\ntelemetry = ["metrics"]\n', "utf-8")
    signs = checks(northwind).signs
    assert signs.telemetry.search("No metrics.")
    assert not signs.telemetry.search("No telemetry.")
    assert signs.overage.search("overage")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[checks.signs]\ndate = ["("]', "no pattern"),
        ('[checks.writers]\nsme = ["novel"]', "novel"),
        ('[checks.signs]\ndate = "today"', "checks.signs.date: must be a list"),
        ("[checks.sings]", "checks.sings: is not a key of the pack"),
    ],
)
def test_a_mistake_in_the_checks_is_told(northwind: Context, text: str, said: str) -> None:
    northwind.paths.pack.parent.mkdir(parents=True, exist_ok=True)
    northwind.paths.pack.write_text(text, "utf-8")
    with pytest.raises(PackError) as error:
        checks(northwind)
    assert str(northwind.paths.pack) in error.value.message
    assert said in error.value.message


def test_an_entitlement_note_has_the_linter_s_findings_at_its_text(northwind: Context) -> None:
    record = record_context(northwind, WINNER)
    fields = {"tag": "SPO", "text": "Blocked.", "author_role": "adoption_sme"}
    body = draft(northwind, NoteKind.ENTITLEMENT, WINNER, **fields).body
    grade, found = judge_note(northwind, body, "SPO", record)
    assert grade is not None
    assert {(f.field, f.finding.rule) for f in found} == {
        ("text", "EN-03"), ("author_role", "OS-01"),
    }  # fmt: skip
    others = [("EXO", "Blocked.")]
    _, found = judge_note(northwind, body, "SPO", record, others)
    assert "EN-13" in {f.finding.rule for f in found}


def test_a_check_tells_what_blocks_and_what_was_found(northwind: Context) -> None:
    checked = check_note(northwind, draft(northwind, NoteKind.ENTERPRISE, WINNER).id)
    assert {o.rule for o in checked.obstacles} == {"ES-07", "ES-09", "ES-10"}
    assert {f.finding.rule for f in checked.findings} == {"ES-12", "ES-15", "ES-16", "RA-13"}
    assert checked.grade is None
    assert not checked.is_clear


def test_a_posted_note_is_checked_as_of_its_day_and_nothing_blocks_it(northwind: Context) -> None:
    """ES-14: posted 20 days ago, the limit counts from then."""
    note = draft(northwind, NoteKind.ENTERPRISE, WINNER, next_update="2026-11-30")
    notes.post(northwind, note.id, on=northwind.today().replace(day=1), anyway="in FTOP")
    checked = check_note(northwind, note.id)
    assert checked.obstacles == ()
    assert checked.is_clear
    late = [f for _, f in checked.findings if f.rule == "ES-14"]
    assert "2026-11-22" in late[0].message


def test_a_finding_that_was_set_aside_is_not_shown_again(northwind: Context) -> None:
    text = "Blocked because the proxy breaks TLS 1.2 at 40 branches currently."
    note = draft(northwind, NoteKind.ENTITLEMENT, WINNER, tag="SPO", text=text)
    rules = [f.finding.rule for f in check_note(northwind, note.id).findings]
    assert rules == ["EN-04"]
    aside = notes.IgnoredFinding("EN-04", "currently", "the customer's own word")
    notes.save_draft(northwind, replace(note, ignored=(aside,)))
    assert check_note(northwind, note.id).findings == ()


def note_id(run_cli: RunCli, *arguments: Any) -> str:
    return run_cli("note", "add", *arguments).text.strip()


def test_note_check_says_what_blocks_and_ends_with_1(northwind: Context, run_cli: RunCli) -> None:
    name = note_id(run_cli, WINNER, "--kind", "enterprise")
    result = run_cli("note", "check", name)
    assert result.status == 1
    assert "blocks ES-07  status: Status is not chosen" in result.text
    assert "warn   ES-12  risks: SPO is blocked, and Risks does not name it." in result.text
    document = run_cli("note", "check", name[:8], "--json")
    assert document.status == 1
    assert list(document.json) == ["id", "kind", "workload", "state", "grade", "blocks", "findings"]
    assert document.json["grade"] is None
    assert document.json["blocks"][0] == {
        "rule": "ES-07", "field": "status", "message": "Status is not chosen",
    }  # fmt: skip
    keys = ["field", "rule", "severity", "start", "end", "message", "suggestion"]
    assert {tuple(each) for each in document.json["findings"]} == {tuple(keys)}


def test_note_check_ends_with_0_where_there_are_warnings_alone(
    northwind: Context, run_cli: RunCli
) -> None:
    """OS-02 warns; a clear note says so."""
    name = note_id(run_cli, OTHER, "--kind", "overall", "--field", "text=Met the CIO.")
    result = run_cli("note", "check", name)
    assert (result.status, result.text.split()[:2]) == (0, ["warn", "OS-02"])
    fields = ("next_action=Send it", "action_date=2026-12-04", "action_owner=Ana")
    run_cli("note", "edit", name, *(part for f in fields for part in ("--field", f)))
    clear = run_cli("note", "check", name)
    assert (clear.status, clear.text) == (0, "nothing found\n")


def test_note_check_of_an_entitlement_note_tells_its_grade(
    northwind: Context, run_cli: RunCli
) -> None:
    arguments = (WINNER, "--kind", "entitlement", "--workload", "SPO", "--field", "text=Blocked.")
    name = note_id(run_cli, *arguments)
    result = run_cli("note", "check", name)
    assert result.status == 1
    assert result.text.splitlines()[0] == "grade: poor"
    assert run_cli("note", "check", name, "--json").json["grade"] == "poor"


def test_a_note_that_is_not_there_is_not_checked(northwind: Context, run_cli: RunCli) -> None:
    assert run_cli("note", "check", "nothing").status == 2
