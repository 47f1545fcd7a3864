"""Bodies of notes filled in by name, and the words they are made of."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.errors import InputError
from ftop_tui.playbook.notes import (
    BODIES,
    MAIN_TEXT,
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
    field_names,
    with_fields,
)
from ftop_tui.playbook.values import (
    Band,
    EnterpriseStatus,
    EntitlementStatus,
    Grade,
    Health,
    NoteKind,
    Phase,
    Priority,
    Role,
    Severity,
)

from .builders import PACK

FIELDS = {
    NoteKind.ENTERPRISE: (
        "reason status topic description impact actions progress overview ftc_exo ftc_spo ftc_opp "
        "ftc_other risks brand next_update awareness objectives author_role"
    ),
    NoteKind.EXEC_SUMMARY: (
        "customer engagement deployment relationship exo olm spo od opp teams yam win10 intune "
        "aadp aip mcas idsec proj wdatp sds core support author_role"
    ),
    NoteKind.OVERALL: "text next_action action_date action_owner attendees author_role",
    NoteKind.ENTITLEMENT: (
        "status text l2 l3 blocker_kind due_date intent business_reason success_owner author_role"
    ),
}


def filled(body: NoteBody, *values: tuple[str, str]) -> NoteBody:
    """The body with fields set by name."""
    return with_fields(body, values, PACK)


@pytest.mark.parametrize("kind", NoteKind)
def test_each_kind_of_note_has_the_contract_s_fields(kind: NoteKind) -> None:
    """OS-01: four kinds; ES-06 to ES-15, OS-05, OS-02 and EN-19 name the fields."""
    assert field_names(kind, PACK) == tuple(FIELDS[kind].split())
    assert BODIES[kind].kind is kind
    assert MAIN_TEXT[kind] in field_names(kind, PACK)


def test_the_core_workloads_of_the_enterprise_note_have_a_field_each() -> None:
    """ES-11: EXO, SPO and OPP."""
    assert PACK.enterprise.core_workloads == ("EXO", "SPO", "OPP")
    names = field_names(NoteKind.ENTERPRISE, PACK)
    assert {f"ftc_{tag.lower()}" for tag in PACK.enterprise.core_workloads} <= set(names)


def test_an_enterprise_note_is_filled_in_by_name() -> None:
    """ES-06 (more than one reason), ES-07, ES-14."""
    body = filled(
        EnterpriseBody(reason=("Other",), topic="Old"),
        ("reason", "Major Brand"),
        ("Reason", "Public Sector"),
        ("STATUS", "Yellow"),
        ("next-update", " 2026-12-05 "),
        ("topic", "Mail"),
    )
    assert body == EnterpriseBody(
        reason=("Major Brand", "Public Sector"),
        status=EnterpriseStatus.YELLOW,
        next_update=date(2026, 12, 5),
        topic="Mail",
    )


def test_there_is_no_blue_among_the_enterprise_statuses() -> None:
    """ES-07 and ES-08: the Status is not the colour of health."""
    with pytest.raises(InputError, match="red, yellow, green"):
        filled(EnterpriseBody(), ("status", "blue"))
    assert Health.read("blue") is Health.BLUE
    assert EnterpriseStatus.read("blue") is None


def test_an_exec_summary_takes_a_line_a_tag_and_keeps_the_others() -> None:
    """OS-07 to OS-10, OS-13."""
    before = ExecSummaryBody(workloads={"EXO": "Pilot", "SPO": "Planning"})
    body = filled(
        before,
        ("exo", ""),
        ("OLM", "Review"),
        ("engagement", "fully engaged"),
        ("deployment", "NOT DEPLOYED"),
        ("support", "Engineering"),
        ("support", "Workshop"),
    )
    assert body == ExecSummaryBody(
        engagement="Fully Engaged",
        deployment="Not Deployed",
        workloads={"SPO": "Planning", "OLM": "Review"},
        support=("Engineering", "Workshop"),
    )
    assert before.workloads == {"EXO": "Pilot", "SPO": "Planning"}


def test_engagement_and_deployment_are_one_of_three() -> None:
    """OS-07 and OS-08."""
    terms = PACK.exec_summary
    assert terms.engagement_choices == ("On Hold", "Reactive", "Fully Engaged")
    assert terms.deployment_choices == ("Not Deployed", "Partially Deployed", "Fully Deployed")


def test_a_lifecycle_note_has_its_next_action_date_and_owner() -> None:
    """OS-02; OS-12 has the Adoption SME among the authors."""
    body = filled(
        OverallBody(),
        ("text", "Call"),
        ("next_action", "Send plan"),
        ("action_date", "2026-12-01"),
        ("action_owner", "Ana Bauer"),
        ("author_role", "Adoption SME"),
    )
    assert body == OverallBody(
        "Call", "Send plan", date(2026, 12, 1), "Ana Bauer", author_role=Role.ADOPTION_SME
    )


def test_an_empty_value_clears_a_field() -> None:
    body = EnterpriseBody(
        reason=("Other",), status=EnterpriseStatus.RED, topic="x", next_update=date(2026, 12, 5)
    )
    cleared = filled(body, ("reason", ""), ("status", " "), ("topic", ""), ("next_update", ""))
    assert cleared == EnterpriseBody()
    dibs = EntitlementBody(due_date=date(2026, 12, 5), intent="Yes")
    assert filled(dibs, ("due_date", ""), ("intent", "")) == EntitlementBody()


@pytest.mark.parametrize(
    ("body", "name", "value", "told"),
    [
        (EnterpriseBody(), "colour", "red", "no field 'colour'"),
        (OverallBody(), "exo", "x", "no field 'exo'"),
        (OverallBody(), "kind", "enterprise", "no field 'kind'"),
        (ExecSummaryBody(), "workloads", "x", "no field 'workloads'"),
        (ExecSummaryBody(), "engagement", "Asleep", "On Hold, Reactive, Fully Engaged"),
        (EntitlementBody(), "status", "green", "in_progress, blocked, no_intent"),
        (EntitlementBody(), "due_date", "1.12.2026", "YYYY-MM-DD"),
        (OverallBody(), "action_date", "2026-02-30", "YYYY-MM-DD"),
        (OverallBody(), "author_role", "CEO", "fm, fta, sme, adoption_sme"),
    ],
)
def test_an_unknown_field_or_a_value_it_cannot_hold_is_refused_by_name(
    body: NoteBody, name: str, value: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        filled(body, (name, value))


@given(st.sampled_from(list(NoteKind)), st.text(), st.text())
def test_any_name_and_text_is_taken_or_refused(kind: NoteKind, name: str, value: str) -> None:
    changed: NoteBody | None = None
    with suppress(InputError):
        changed = filled(BODIES[kind](), (name, value))
    known = name.strip().lower().replace("-", "_") in field_names(kind, PACK)
    assert changed is None or (known and isinstance(changed, BODIES[kind]))


@pytest.mark.parametrize(
    "vocabulary",
    [Health, EnterpriseStatus, EntitlementStatus, NoteKind, Priority, Phase, Role, Grade, Severity,
     Band],
)  # fmt: skip
def test_a_word_of_a_vocabulary_is_read_in_any_case_and_with_any_separator(
    vocabulary: type[Health],
) -> None:
    """Contract: Vocabulary of values."""
    for value in vocabulary:
        for spelling in (value.value, value.value.upper(), f" {value.value.replace('_', '-')} "):
            assert vocabulary.read(spelling) is value
        assert value.word[0].isupper()
    assert vocabulary.read("") is None
    assert vocabulary.read("mauve") is None


def test_the_vocabularies_are_the_contract_s() -> None:
    """Contract: Vocabulary of values, worst and most urgent first (ES-07, ES-08, EN-16)."""
    assert [*Health] == ["red", "yellow", "green", "blue"]
    assert [health.level for health in Health] == [0, 1, 2, 3]
    assert [*EnterpriseStatus] == ["red", "yellow", "green"]
    assert [*EntitlementStatus] == ["in_progress", "blocked", "no_intent", "unknown", "duplicate"]
    assert [*Grade] == ["great", "marginal", "poor"]
    assert [*Priority] == ["high", "medium", "low"]
    assert [*Phase] == ["initiate", "assess", "remediate", "enable", "drive_value"]
    assert [*Severity] == ["error", "warn", "info"]
    assert [*Band] == ["breach", "late", "due", "blocked", "watch"]
    assert [*NoteKind] == ["entitlement", "overall", "exec-summary", "enterprise"]
