"""The checks of the fields of Enterprise, Overall and Exec Summary notes, rule by rule."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.describing import Describing
from ftop_tui.playbook.lint.checks import Checks
from ftop_tui.playbook.lint.fields import FIELD_RULES, judge_fields, risk_lines, text_of
from ftop_tui.playbook.lint.record import FieldFinding, OpenEscalation, Place, RecordContext
from ftop_tui.playbook.next_colour import NextColour, colour_above, next_colour
from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.values import Health, NoteKind, Role, Severity

from .builders import PACK, facts

CHECKS = Checks.read(load_part("checks"))
DESCRIBING = Describing.read(load_part("describing"), PACK.exec_summary.customer_covers)
INFO, WARN = Severity.INFO, Severity.WARN
QUIET = RecordContext(
    checks=CHECKS,
    describing=DESCRIBING,
    posting_day=date(2026, 11, 21),
    tenant="contoso",
    winner="contoso",
    s_rank=None,
    health="red",
    level=3,
    assigned=True,
    latest_risks="The budget is tight.",
)
ENTERPRISE = EnterpriseBody(
    risks="The budget is tight.", objectives=PACK.enterprise.objectives, reason=("Major Brand",)
)
OVERALL = OverallBody(
    text="Met.", next_action="Send", action_date=date(2026, 12, 1), action_owner="Ana"
)
SUMMARY = ExecSummaryBody(
    customer="Retail, 300 stores under one holding, 24,000 users, recently merged",
    engagement="Reactive",
    deployment="Partially Deployed",
)
ENTITLEMENT = EntitlementBody(text="Customer is blocked.")


def found(body: NoteBody, **record: Any) -> list[FieldFinding]:
    """What is found with a record that nothing is wrong with, but for these changes."""
    return list(judge_fields(body, replace(QUIET, **record), PACK))


def told(body: NoteBody, **record: Any) -> list[tuple[str, str, Severity]]:
    """The same as field, rule and severity."""
    return [(field, f.rule, f.severity) for field, f in found(body, **record)]


def only(body: NoteBody, **record: Any) -> str:
    """The message of the one finding that there is."""
    (one,) = found(body, **record)
    return one.finding.message


@pytest.mark.parametrize("body", [ENTERPRISE, OVERALL, SUMMARY, ENTITLEMENT])
def test_nothing_is_found_in_a_note_that_nothing_is_wrong_with(body: NoteBody) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("rank", "role", "expected"),
    [
        (500, Role.FTA, []),
        (500, Role.FM, [("author_role", "ES-01", INFO)]),
        (501, Role.FM, []),
        (501, Role.FTA, [("author_role", "ES-01", INFO)]),
        (1500, Role.FTA, [("author_role", "ES-01", INFO)]),
        (1501, Role.FTA, []),
        (None, Role.FTA, []),
        (500, None, []),
    ],
)
def test_the_other_role_than_the_accountable_one_is_told(
    rank: int | None, role: Role | None, expected: list[tuple[str, str, Severity]]
) -> None:
    """ES-01."""
    assert told(replace(ENTERPRISE, author_role=role), s_rank=rank) == expected


def test_a_tenant_that_is_no_longer_the_winner_is_told() -> None:
    """ES-02."""
    assert "northwind" in only(ENTERPRISE, is_winner=False, winner="northwind")


@pytest.mark.parametrize("level", [None, 1, 2])
def test_a_missing_flag_warns_and_says_where_it_is_set(level: int | None) -> None:
    """ES-05."""
    message = only(ENTERPRISE, level=level)
    assert "flags tab" in message
    assert "'Is Enterprise'" in message


def test_who_is_not_assigned_is_warned_and_who_may_be_is_not() -> None:
    """ES-05: not known is not missing."""
    assert told(ENTERPRISE, assigned=False) == [("status", "ES-05", WARN)]
    assert told(ENTERPRISE, assigned=None) == []
    assert told(ENTERPRISE, level=4) == []


@pytest.mark.parametrize("reason", [(), ("Competitive Threat",)])
def test_major_brand_taken_away_warns_for_the_s1500_alone(reason: tuple[str, ...]) -> None:
    """ES-06."""
    body = replace(ENTERPRISE, reason=reason)
    assert told(body, s_rank=1500) == [("reason", "ES-06", WARN)]
    assert told(body, s_rank=1501) == []
    assert told(replace(body, reason=(*reason, "major brand")), s_rank=1500) == []


@pytest.mark.parametrize(
    "row",
    [
        "On track; next: move the shared mailboxes.",
        "Blocked by the proxy. Action: test the rule.",
        "Contoso will pilot it.",
        "To do: licences.",
        "Next: pilot driven by the partner",
        "Next: they may pilot and march on, 24/7 support, Exchange 2016",
        "Not blocked. Next: the network",
    ],
)
def test_a_next_action_without_a_due_date_warns(row: str) -> None:
    """ES-11: on each row of a core workload, and not on the free line."""
    for tag in ("exo", "spo", "opp"):
        body = replace(ENTERPRISE, **{f"ftc_{tag}": row})  # type: ignore[arg-type]
        assert told(body) == [(f"ftc_{tag}", "ES-11", WARN)]
    assert told(replace(ENTERPRISE, ftc_other=row)) == []


@pytest.mark.parametrize(
    "when",
    [
        "2026-12-15", "12/15", "15.12.2026", "15 December", "Dec 15", "in May", "Q3", "FY27 Q3",
        "by Friday", "by end of month", "by the end of the year", "next week", "tomorrow",
        "within two weeks", "end of quarter", "EOM", "by go-live", "mid-January", "on the 15th",
    ],
)  # fmt: skip
def test_a_next_action_with_a_date_is_fine(when: str) -> None:
    """ES-11."""
    assert told(replace(ENTERPRISE, ftc_exo=f"On track; next: move the mailboxes {when}.")) == []


@pytest.mark.parametrize(
    "row",
    [
        "", "Not in scope", "Out of scope, will not move.", "Deployed.", "No next action.",
        "Done. Next action: none", "Customer will not move.",
    ],
)  # fmt: skip
def test_a_row_without_an_action_or_out_of_scope_is_fine(row: str) -> None:
    """ES-11."""
    assert told(replace(ENTERPRISE, ftc_exo=row)) == []


def test_a_blocked_workload_of_any_tenant_is_to_be_named_in_risks() -> None:
    """ES-12, RA-11: once for all tenants, and by tenant where it is another one's."""
    here, there = Place("contoso", "INTUNE"), Place("contoso-eu", "AADP")
    own, other = found(ENTERPRISE, blocked=(here, there, Place("contoso-lab", "AADP")))
    assert own.field == other.field == "risks"
    assert own.finding.severity is WARN
    assert own.finding.message == "INTUNE is blocked, and Risks does not name it."
    assert "AADP is blocked on contoso-eu, contoso-lab" in other.finding.message


@pytest.mark.parametrize(
    ("tag", "risks", "named"),
    [
        ("INTUNE", "[intune] old scanners", True),
        ("AADP", "Microsoft Entra  ID P1 is late", True),
        ("AADP", "Azure AD Premium is late", True),
        ("EXO", "exchange is blocked", True),
        ("OD", "The board is odd", False),
        ("TEAMS", "The teams are too busy", False),
        ("TEAMS", "Teams is not liked", True),
        ("PROJ", "The project is late", False),
        ("CORE", "Other partners compete", True),
        ("CORE", "The core of it is the budget, and other things", False),
    ],
)
def test_a_workload_is_named_by_tag_name_or_alias(tag: str, risks: str, named: bool) -> None:
    """ES-12: plain words count only as the product writes them."""
    body = replace(ENTERPRISE, risks=risks)
    assert told(body, blocked=(Place("contoso", tag),)) == (
        [] if named else [("risks", "ES-12", WARN)]
    )


@pytest.mark.parametrize(
    ("risks", "named"),
    [
        ("", False),
        ("The budget is tight.", False),
        ("The mail outage is with support.", True),
        ("EXO: raised to support.", True),
        ("Exchange Online is with support", True),
        ("An issue with a customer", False),
    ],
)
def test_an_open_escalation_is_named_by_its_title_or_its_workload(risks: str, named: bool) -> None:
    """ES-12."""
    escalation = OpenEscalation("Issue: outage of mail for the customer", "EXO")
    findings = found(replace(ENTERPRISE, risks=risks), escalations=(escalation,))
    assert [f.rule for _, f in findings] == ([] if named else ["ES-12"])
    if not named:
        assert escalation.title in findings[0].finding.message


def test_the_lines_that_begin_the_risks_name_all_of_them() -> None:
    """ES-12, RA-08: escalations first, blocked workloads with the tenant where it is another."""
    around = replace(
        QUIET,
        escalations=(OpenEscalation("Outage of mail", "EXO"), OpenEscalation("Licence dispute")),
        blocked=(Place("contoso", "INTUNE"), Place("contoso-eu", "AADP")),
    )
    lines = risk_lines(ENTERPRISE, around, PACK)
    assert lines == [
        "Outage of mail (EXO):", "Licence dispute:", "INTUNE is blocked:",
        "AADP is blocked on contoso-eu:",
    ]  # fmt: skip
    assert risk_lines(replace(ENTERPRISE, risks="\n".join(lines)), around, PACK) == []
    assert risk_lines(replace(ENTERPRISE, risks=lines[0]), around, PACK) == lines[1:]


@pytest.mark.parametrize(
    ("health", "has_frp", "limit"),
    [
        ("red", False, date(2026, 12, 12)),
        (None, False, date(2026, 12, 12)),
        ("green", False, date(2027, 3, 31)),
        ("blue", True, date(2026, 12, 12)),
    ],
)
def test_a_next_update_past_the_limit_warns_with_its_date(
    health: str | None, has_frp: bool, limit: date
) -> None:
    """ES-14, FR-06: by the clock of the customer."""
    record = {"health": health, "has_frp": has_frp}
    assert told(replace(ENTERPRISE, next_update=limit), **record) == []
    late = replace(ENTERPRISE, next_update=date.fromordinal(limit.toordinal() + 1))
    assert told(late, **record) == [("next_update", "ES-14", WARN)]
    assert limit.isoformat() in only(late, **record)


@pytest.mark.parametrize(
    ("record", "awareness", "expected"),
    [
        ({"telemetry_blocked": ("contoso-eu",)}, "A new CIO.", "contoso-eu"),
        ({"telemetry_blocked": ("contoso-eu",)}, "Telemetry is off.", None),
        ({"over_used": (Place("contoso", "EXO"),)}, "", "EXO"),
        ({"over_used": (Place("contoso-eu", "EXO"),)}, "", "EXO on contoso-eu"),
        ({"over_used": (Place("contoso", "EXO"),)}, "Licence overage is with the CSAM.", None),
        ({"over_used": (Place("contoso", "EXO"),)}, "True-up in March.", None),
    ],
)
def test_licensing_and_data_issues_are_to_be_called_out_in_awareness(
    record: dict[str, Any], awareness: str, expected: str | None
) -> None:
    """ES-15."""
    body = replace(ENTERPRISE, awareness=awareness)
    if expected is None:
        assert found(body, **record) == []
    else:
        assert told(body, **record) == [("awareness", "ES-15", WARN)]
        assert expected in only(body, **record)


def test_telemetry_and_overage_are_told_apart() -> None:
    """ES-15: naming one does not excuse the other."""
    body = replace(ENTERPRISE, awareness="Telemetry is off.")
    both = found(body, telemetry_blocked=("contoso",), over_used=(Place("contoso", "EXO"),))
    assert len(both) == 1
    assert "EXO" in both[0].finding.message


def test_the_prompts_of_awareness_ask_for_each_thing_it_carries() -> None:
    """ES-15: strategy, partners, reorganisation, telemetry, licences."""
    asked = " ".join(CHECKS.prompts["awareness"]).casefold()
    for word in ("strategy", "partners", "reorganisation", "telemetry", "licences"):
        assert word in asked


def test_objectives_that_are_not_ticked_are_told() -> None:
    """ES-16."""
    first, *rest = PACK.enterprise.objectives
    body = replace(ENTERPRISE, objectives=(first,))
    assert told(body) == [("objectives", "ES-16", INFO)]
    assert all(each in only(body) for each in rest)
    assert first not in only(body)


_WRITES = {
    Role.FM: set(NoteKind),
    Role.FTA: set(NoteKind),
    Role.SME: {NoteKind.ENTITLEMENT},
    Role.ADOPTION_SME: {NoteKind.OVERALL, NoteKind.EXEC_SUMMARY},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("body", [ENTERPRISE, OVERALL, SUMMARY, ENTITLEMENT])
def test_a_role_that_does_not_write_a_kind_warns(role: Role, body: Any) -> None:
    """OS-01, OS-12: FM and FTA write all, an SME Entitlement, an Adoption SME Overall notes."""
    expected = [] if body.kind in _WRITES[role] else [("author_role", "OS-01", WARN)]
    assert told(replace(body, author_role=role)) == expected


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"next_action": "", "action_date": None, "action_owner": " "}, ["next_action"]),
        ({"action_date": None}, ["action_date"]),
        ({"action_owner": ""}, ["action_owner"]),
        ({"action_date": None, "action_owner": ""}, ["action_date", "action_owner"]),
        ({"next_action": ""}, []),
    ],
)
def test_a_next_action_has_a_date_and_an_owner(changes: dict[str, Any], fields: list[str]) -> None:
    """OS-02."""
    expected = [(field, "OS-02", WARN) for field in fields]
    assert told(replace(OVERALL, **changes)) == expected


@pytest.mark.parametrize("risks", ["", " \n"])
@pytest.mark.parametrize(
    ("body", "field", "word"),
    [
        (replace(OVERALL, text="The outage was escalated."), "text", "escalated"),
        (replace(OVERALL, text="No issues with SPO, one issue with EXO."), "text", "issue"),
        (replace(SUMMARY, relationship="Open Escalation"), "relationship", "Escalation"),
        (replace(SUMMARY, workloads={"EXO": "Licence issues, next: count"}), "exo", "issues"),
        (replace(SUMMARY, support=("Funds", "Escalation lead")), "support", "Escalation"),
    ],
)
def test_an_escalation_that_is_mentioned_while_risks_are_empty_warns(
    body: Any, field: str, word: str, risks: str
) -> None:
    """OS-04: at the word; the note itself is as it is."""
    ((where, finding),) = found(body, latest_risks=risks)
    assert (where, finding.rule, finding.severity) == (field, "OS-04", WARN)
    assert f"“{word}”" in finding.message
    assert text_of(body, where)[finding.start : finding.end] == word
    assert found(body) == []


@pytest.mark.parametrize(
    "text",
    [
        "No issues.",
        "There are no open issues or escalations.",
        "Issues: none",
        "A tissue was issued.",
    ],
)
def test_no_issue_is_no_issue(text: str) -> None:
    """OS-04."""
    assert found(replace(OVERALL, text=text), latest_risks="") == []


def test_what_is_missing_of_the_four_is_told() -> None:
    """OS-06."""
    body = replace(SUMMARY, customer="Cellulose, 24,000 users")
    assert told(body) == [("customer", "OS-06", INFO)]
    assert only(body).endswith("industry, structure, recent news.")
    assert only(body, industry="Cellulose").endswith("structure, recent news.")
    assert told(replace(body, customer="")) == [("customer", "OS-06", INFO)]


def test_none_of_the_three_chosen_warns() -> None:
    """OS-07, OS-08."""
    body = replace(SUMMARY, engagement="", deployment="")
    assert told(body) == [("engagement", "OS-07", WARN), ("deployment", "OS-08", WARN)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("80% moved", False),
        ("80% moved, next: shared mailboxes", True),
        ("Deployed, no further action", True),
        (" ", True),
    ],
)
def test_a_workload_line_names_its_next_action(line: str, says: bool) -> None:
    """OS-10: an empty line is left out of the note, and asked nothing."""
    body = replace(SUMMARY, workloads={"YAM": line})
    assert told(body) == ([] if says else [("yam", "OS-10", INFO)])


def test_empty_risks_with_a_group_below_the_next_colour_are_told() -> None:
    """RA-13."""
    body, groups = replace(ENTERPRISE, risks=""), ("red", "green", "red")
    assert told(body, groups=groups) == [("risks", "RA-13", INFO)]
    assert only(body, groups=groups).startswith("Groups 1, 3 are below Yellow")
    assert only(body, groups=("red", "blue", None)).startswith("Group 1 is below Yellow")
    assert found(body, groups=("yellow", "green", "blue")) == []
    assert found(ENTERPRISE, groups=groups) == []


@pytest.mark.parametrize(
    ("health", "groups", "expected"),
    [
        ("red", ("red", "yellow", "blue"), (Health.YELLOW, (1,))),
        ("yellow", ("red", "yellow", "green"), (Health.GREEN, (1, 2))),
        ("green", ("green", None, "blue"), (Health.BLUE, (1,))),
        ("blue", ("red", "red", "red"), (None, ())),
        (None, ("red", "red", "red"), (None, ())),
        ("mauve", ("red", "mauve", "red"), (None, ())),
    ],
)
def test_the_next_colour_and_the_groups_below_it(
    health: str | None, groups: tuple[str | None, ...], expected: tuple[Any, ...]
) -> None:
    """RA-13."""
    assert colour_above(health, groups) == NextColour(*expected)
    named = dict(zip(("group_1", "group_2", "group_3"), groups, strict=True))
    assert next_colour(facts(health=health, **named)) == NextColour(*expected)


@given(st.sampled_from(Health), st.lists(st.sampled_from(Health), min_size=3, max_size=3))
def test_a_group_below_is_a_group_that_keeps_the_customer_down(
    health: Health, groups: list[Health]
) -> None:
    """RA-13: exactly the groups that do not have the next colour."""
    colour, below = colour_above(health, groups)
    if colour is None:
        assert health is Health.BLUE
    else:
        assert colour.level == health.level + 1
        assert below == tuple(n for n, g in enumerate(groups, 1) if g.level <= health.level)


_words = st.text(max_size=60)


@given(_words, _words, _words)
def test_any_text_can_be_judged_and_every_finding_lies_within_its_field(
    risks: str, row: str, awareness: str
) -> None:
    """Nothing here is an error: what blocks stands elsewhere."""
    body = replace(ENTERPRISE, risks=risks, ftc_spo=row, awareness=awareness)
    record = {"blocked": (Place("contoso", "EXO"),), "telemetry_blocked": ("contoso",)}
    for field, finding in found(body, **record):
        assert 0 <= finding.start <= finding.end <= len(text_of(body, field))
        assert finding.severity is not Severity.ERROR


@pytest.mark.parametrize(
    ("body", "field", "text"),
    [
        (ENTERPRISE, "risks", "The budget is tight."),
        (ENTERPRISE, "next_update", ""),
        (ENTERPRISE, "author_role", ""),
        (replace(ENTERPRISE, author_role=Role.FM), "author_role", ""),
        (replace(ENTERPRISE, reason=("a", "b")), "reason", "a\nb"),
        (replace(SUMMARY, workloads={"EXO": "Done"}), "exo", "Done"),
        (SUMMARY, "exo", ""),
    ],
)
def test_the_text_of_a_field(body: NoteBody, field: str, text: str) -> None:
    """What the offsets of a finding count in."""
    assert text_of(body, field) == text


def test_every_rule_of_the_table_names_itself_in_its_findings_and_docstring() -> None:
    """A rule's function finds nothing under another id."""
    for rule in FIELD_RULES:
        assert (rule.find.__doc__ or "").startswith(rule.rule)
