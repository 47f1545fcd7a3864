"""What those outside may see: by allow-list, scoped to them, stopped by internal words (FR-10)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.errors import PackError, RefusedError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.audience import (
    INTERNAL_FIELDS,
    KINDS,
    Audience,
    Dossier,
    Sharing,
    pattern,
    view,
)
from ftop_tui.text import fold

DATA = load_part("sharing")
SHARING = Sharing.read(DATA)
STOPS = pattern(SHARING.stops)
TREY, MAIL = "Trey Research", "Consolidated Messenger"
OUTSIDE = (Audience.PARTNER, Audience.CUSTOMER)


def workload(tag: str, partner: str | None, **more: Any) -> dict[str, Any]:
    return {"customer": "Contoso", "tenant": "contoso", "tenant_id": "t1", "workload": tag,
            "partner": partner, "status": "In Progress", **more}  # fmt: skip


def place(tag: str) -> dict[str, Any]:
    return {"customer": "Contoso", "tenant": "contoso", "tenant_id": "t1", "workload": tag}


def action(text: str, *, partners: str = "", customer: bool = False) -> dict[str, Any]:
    return {"customer": "Contoso", "tenant": "contoso", "tenant_id": "t1", "action": text,
            "owner": "IT", "day": date(2026, 12, 1), "agreed_with": partners,
            "agreed_with_customer": customer}  # fmt: skip


def dossier(**rows: Any) -> Dossier:
    kept: Mapping[str, Any] = {
        "tenants": [{**place("")} | {"health": "Red", "enterprise_status": "Yellow"}],
        "workloads": [workload("EXO", TREY), workload("SPO", MAIL), workload("TEAMS", None)],
        "usage": [{**place(tag), "month": date(2026, 10, 1)} for tag in ("EXO", "SPO")],
        "milestones": [{**place(tag), "percent": 15} for tag in ("EXO", "TEAMS")],
        "actions": [action("ours"), action("theirs", partners=f"{MAIL}\n{TREY}"),
                    action("the customer's", customer=True)],
        "escalations": [
            {"customer": "Contoso", "title": "names nobody", "partner": None, "internal": False},
            {"customer": "Contoso", "title": "names them", "partner": TREY, "internal": False},
            {"customer": "Contoso", "title": "about them", "partner": TREY, "internal": True},
            {"customer": "Contoso", "title": "names others", "partner": MAIL, "internal": None},
        ],
        "inputs": [{"customer": "Contoso", "partner": TREY, "text": "goes well"},
                   {"customer": "Contoso", "partner": MAIL, "text": "goes badly"}],
        "contacts": [{"customer": "Contoso", "partner": TREY, "name": "Kim Lund"},
                     {"customer": "Contoso", "partner": MAIL, "name": "Bo Ek"}],
        "risks": [{"customer": "Contoso", "text": "the CIO leaves"}],
        **rows,
    }  # fmt: skip
    return Dossier("c1", "Contoso", kept)


def test_a_partner_sees_its_own_workloads_and_what_hangs_on_them() -> None:
    found = view([dossier()], Audience.PARTNER, TREY.upper(), SHARING)
    assert [row["workload"] for row in found.table("workloads")] == ["EXO"]
    assert [row["workload"] for row in found.table("usage")] == ["EXO"]
    assert [row["workload"] for row in found.table("milestones")] == ["EXO"]
    assert [row["action"] for row in found.table("actions")] == ["theirs"]
    assert [row["title"] for row in found.table("escalations")] == ["names them"]
    assert [row["text"] for row in found.table("inputs")] == ["goes well"]
    assert [row["name"] for row in found.table("contacts")] == ["Kim Lund"]


def test_a_partner_does_not_see_customers_where_it_is_not_registered() -> None:
    elsewhere = dossier(workloads=[workload("SPO", MAIL)])
    assert not view([elsewhere], Audience.PARTNER, TREY, SHARING).customers


def test_a_customer_sees_its_workloads_and_what_was_agreed_with_it_but_no_escalation() -> None:
    found = view([dossier()], Audience.CUSTOMER, None, SHARING)
    assert [row["workload"] for row in found.table("workloads")] == ["EXO", "SPO", "TEAMS"]
    assert [row["action"] for row in found.table("actions")] == ["the customer's"]
    assert found.table("escalations") == found.table("inputs") == found.table("risks") == []


@pytest.mark.parametrize("audience", OUTSIDE)
def test_nothing_but_what_the_lists_name_goes_out(audience: Audience) -> None:
    odd = {"s_rank": 12, "priority": "high", "health": "Red", "band": "breach", "secret": "x"}
    rows = {kind: [{**row, **odd} for row in dossier().of(kind)] for kind in KINDS}
    found = view([dossier(**rows)], audience, TREY, SHARING)
    for kind, columns in found.columns.items():
        assert not INTERNAL_FIELDS & set(columns)
        for row in found.table(kind):
            assert tuple(row) == columns


def test_health_and_enterprise_status_are_two_fields_and_stay_inside() -> None:
    """ES-08."""
    inside = view([dossier()], Audience.INTERNAL, None, SHARING).table("tenants")[0]
    assert (inside["health"], inside["enterprise_status"]) == ("Red", "Yellow")
    for audience in OUTSIDE:
        assert not {"health", "enterprise_status"} & set(SHARING.columns[audience]["tenants"])


@pytest.mark.parametrize(
    "text",
    ["an S500 customer", "s1500", "S-1500", "S 1500", "(S1,500)", "S‑500s", "major brand",
     "Ｓ１５００", "MAJOR-BRANDS", "Major\nBrand", "majorbrand", "S\u200b1500", "Major_Brand",
     "S–500/S1500"],
)  # fmt: skip
def test_the_categorisation_is_found_however_it_is_written(text: str) -> None:
    assert STOPS.search(fold(text))


@pytest.mark.parametrize(
    "text",
    ["Contoso's 1500 users", "1500 seats", "GS1500", "S15000", "S50", "S5001", "mailbox(s) 500",
     "a major problem of the brand", "S3 500", "Windows 500", "users’ 1500"],
)  # fmt: skip
def test_what_only_looks_like_it_is_let_through(text: str) -> None:
    assert not STOPS.search(fold(text))


@given(
    st.sampled_from(["S500", "S1500", "Major Brand"]),
    st.sampled_from(["", " ", "-", "_", "\t", "‑", " - "]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["", "the ", "(", "\n", "a – "]),
)
def test_no_spelling_gets_by(stop: str, gap: str, cased: Any, before: str) -> None:
    head, tail = (stop.split(" ") if " " in stop else (stop[0], stop[1:]))  # fmt: skip
    assert STOPS.search(fold(f"{before}{cased(f'{head}{gap}{tail}')} here"))


@pytest.mark.parametrize("audience", OUTSIDE)
def test_an_internal_word_in_an_allowed_field_stops_it_and_is_named(audience: Audience) -> None:
    rows = [workload("EXO", TREY, business_reason="for the S-1500 motion")]
    with pytest.raises(RefusedError) as refused:
        view([dossier(workloads=rows)], audience, TREY, SHARING)
    assert refused.value.details == ("contoso: EXO business_reason of workloads says 's-1500'",)
    view([dossier(workloads=rows)], Audience.INTERNAL, None, SHARING)


def test_an_internal_word_of_another_partner_stops_nothing() -> None:
    rows = [workload("EXO", TREY), workload("SPO", MAIL, intent="Major Brand")]
    assert view([dossier(workloads=rows)], Audience.PARTNER, TREY, SHARING).customers


@pytest.mark.parametrize(
    ("audience", "kind", "fields"),
    [("partner", "tenants", ["customer", "s_rank"]), ("customer", "workloads", ["priority"]),
     ("partner", "risks", ["text"]), ("customer", "inputs", ["text"])],
)  # fmt: skip
def test_a_pack_cannot_open_what_is_internal(audience: str, kind: str, fields: list[str]) -> None:
    changed = {**DATA, audience: {**DATA[audience], kind: fields}}
    with pytest.raises(PackError, match="is internal"):
        Sharing.read(changed)
