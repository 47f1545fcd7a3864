"""The facts kept beside the rows: always what they would be if drawn from scratch."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.notes import with_fields
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import (
    contacts,
    demo,
    history,
    milestones,
    notes,
    portfolio,
    records,
    tenants,
)
from ftop_tui.services.context import Context
from ftop_tui.store import facts, facts_query, read_model
from ftop_tui.store.schema import reading
from house import FABRIKAM, FABRIKAM_LAB, TODAY, WOODGROVE, import_text, make_house

_NEW = [f"7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b02{number:02}" for number in range(3)]
_IDS = [FABRIKAM, WOODGROVE, FABRIKAM_LAB, *_NEW]


def drawn_from_scratch(context: Context) -> list[TenantFacts]:
    """The facts of all tenants as they come out of the rows; the store stays as it is."""
    with context.writer().looking() as session:
        session.execute(text("DELETE FROM tenant_facts"))
        customers = session.execute(text("SELECT id FROM customer")).scalars().all()
        facts.refresh(session, customers, context.today())
        rows = session.execute(text("SELECT * FROM tenant_facts ORDER BY tenant_id")).all()
        session.rollback()
        return [TenantFacts._make(row) for row in rows]


def kept(context: Context) -> list[TenantFacts]:
    """The facts as they are kept."""
    with reading(context.store) as connection:
        return sorted(read_model.read_facts(connection))


@dataclass
class House:
    """The store under test, its day, and what its facts were at the end of each day."""

    folder: Path
    context: Context
    evenings: dict[date, list[TenantFacts]] = field(default_factory=dict)

    def sleep(self, days: int) -> None:
        """Go to bed, and wake up some days later."""
        self.evenings[self.context.today()] = kept(self.context)
        tomorrow = self.context.today() + timedelta(days=days)
        self.context = make_house(self.folder, tomorrow.isoformat())


Deed = Callable[[House], object]

_COLOURS = st.sampled_from(["red", "yellow", "green", "blue", ""])
_TENANTS = st.sampled_from(_IDS)
_TAGS = st.sampled_from(["EXO", "TEAMS", "INTUNE", "AADP"])


def _edit(tenant_id: str, column: str, value: str) -> Deed:
    return lambda house: tenants.edit(house.context, tenant_id, {column: value})


def _add(tenant_id: str, tpid: str) -> Deed:
    values = {"TPID": tpid} if tpid else {}
    return lambda house: tenants.add(house.context, tenant_id, "Contoso", values)


def _workload(tenant_id: str, tag: str, status: str, manager: str, note: str) -> Deed:
    table = (
        "TenantId,Workload,Status,PrimaryRM,Note,Intent\n"
        f"{tenant_id},{tag},{status},{manager},{note},Yes\n"
    )
    return lambda house: import_text(house.context, table, accept_removals=True)


def _usage(tenant_id: str, active: int) -> Deed:
    table = (
        "CustomerTenantId,WorkloadName,Month,PaidAvailableUnits,MonthlyActiveUsers\n"
        f"{tenant_id},Teams,2026-10-01,100,{active}\n"
    )
    return lambda house: import_text(house.context, table)


def _record(tenant_id: str, kind: str, ago: int, tag: str | None) -> Deed:
    def deed(house: House) -> None:
        day = house.context.today() - timedelta(days=ago)
        records.record(house.context, tenant_id, kind, on=day, tag=tag, by="Ana", text="Merger")

    return deed


def _draft(tenant_id: str, kind: NoteKind, value: str, *, post: bool, ago: int) -> Deed:
    def deed(house: House) -> None:
        tag = "EXO" if kind is NoteKind.ENTITLEMENT else None
        draft = notes.new_draft(house.context, kind, tenant_id, tag)
        body = with_fields(draft.body, [("status", value)], house.context.pack) if value else None
        saved = notes.save_draft(house.context, draft.with_body(body) if body else draft)
        if post:
            day = house.context.today() - timedelta(days=ago)
            notes.post(house.context, saved.id, on=day, anyway="it stands in FTOP")

    return deed


def _delete_a_draft(house: House) -> None:
    drafts = [note for note in portfolio.notes(house.context) if note.state == "draft"]
    if not drafts:
        raise NotFoundError("no draft")
    notes.delete_draft(house.context, drafts[0].id)


_ENTRIES: list[st.SearchStrategy[Deed]] = [
    st.builds(_edit, _TENANTS, st.just("Health"), _COLOURS),
    st.builds(_edit, _TENANTS, st.just("TPID"), st.sampled_from(["640001", "640002", "640009"])),
    st.builds(_edit, _TENANTS, st.just("WinnerTenant"), st.sampled_from(["Y", "N", ""])),
    st.builds(_edit, _TENANTS, st.just("Users"), st.sampled_from(["", "5", "90000"])),
    st.builds(_edit, _TENANTS, st.just("RenewalDate"), st.sampled_from(["", "2027-01-01"])),
    st.builds(_edit, _TENANTS, st.just("LastEnterpriseNote"), st.just("2026-11-20")),
    st.builds(_add, st.sampled_from(_NEW), st.sampled_from(["", "640002", "640007"])),
    st.builds(
        _workload, _TENANTS, _TAGS, st.sampled_from(["blocked", "in_progress", ""]),
        st.sampled_from(["FTP Northwind", "Ana", ""]), st.sampled_from(["", "Moving on."]),
    ),
    st.builds(_usage, _TENANTS, st.integers(0, 120)),
    st.builds(
        _record, _TENANTS, st.sampled_from(sorted(records.KINDS)), st.integers(0, 9),
        st.sampled_from([None, "TEAMS"]),
    ),
    st.builds(
        _draft, _TENANTS, st.just(NoteKind.ENTERPRISE), st.sampled_from(["", "red", "green"]),
        post=st.booleans(), ago=st.integers(0, 30),
    ),
    st.builds(
        _draft, _TENANTS, st.just(NoteKind.ENTITLEMENT), st.sampled_from(["", "blocked"]),
        post=st.booleans(), ago=st.integers(0, 30),
    ),
    st.builds(
        _draft, _TENANTS, st.just(NoteKind.EXEC_SUMMARY), st.just(""),
        post=st.booleans(), ago=st.integers(0, 30),
    ),
    st.just(_delete_a_draft),
]  # fmt: skip
_REST: list[st.SearchStrategy[Deed]] = [
    st.just(lambda house: history.undo(house.context)),
    st.just(lambda house: history.redo(house.context)),
    st.builds(lambda days: lambda house: house.sleep(days), st.integers(1, 20)),
]
_DEEDS = st.lists(st.one_of(*_ENTRIES, *_ENTRIES, *_REST, *_REST, *_REST), max_size=12)


@given(deeds=_DEEDS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_facts_kept_are_those_drawn_from_scratch_whatever_is_done(
    stocked: Context, deeds: list[Deed]
) -> None:
    """And the facts of an earlier evening are still what they were then (what moved)."""
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(stocked.paths.data_dir, folder / "data")
        house = House(folder, make_house(folder, TODAY.isoformat()))
        for deed in deeds:
            with suppress(InputError, NotFoundError, RefusedError):  # never a StoreError
                deed(house)
            assert kept(house.context) == drawn_from_scratch(house.context)
        house.sleep(1)
        with reading(house.context.store) as connection:
            for day, evening in house.evenings.items():
                then = read_model.facts_at(connection, day)
                assert sorted(then.values()) == evening, day
    finally:
        shutil.rmtree(folder)


def test_undoing_everything_leads_back_to_the_facts_of_the_start(stocked: Context) -> None:
    before = kept(stocked)
    done = 0
    for deed in (
        _edit(WOODGROVE, "TPID", "640001"),
        _edit(FABRIKAM, "Health", "green"),
        _workload(WOODGROVE, "EXO", "blocked", "FTP Northwind", "Moving on."),
        _record(FABRIKAM, "event", 0, None),
        _draft(WOODGROVE, NoteKind.ENTERPRISE, "red", post=True, ago=1),
    ):
        deed(House(stocked.paths.data_dir.parent, stocked))
    while done < 20 and history.undo(stocked):
        done += 1
        if kept(stocked) == before:
            break
    assert kept(stocked) == before
    assert done >= 5


def test_a_milestone_reached_by_ftops_present_figure_is_not_missed(stocked: Context) -> None:
    """FR-08: the facts count as the milestones themselves do."""
    table = f"TenantId,Workload,PaidUnits,ActiveUsers\n{FABRIKAM},SDS,100,{{}}\n"
    import_text(stocked, table.format(14))
    milestones.set_date(stocked, FABRIKAM, "SDS", 15, TODAY - timedelta(days=1))

    def missed() -> bool:
        (row,) = [row for row in kept(stocked) if row.tenant_id == FABRIKAM]
        return "SDS:15:" in (row.missed or "")

    def standing() -> bool:
        (found,) = [m for m in milestones.read(stocked, FABRIKAM) if m.tag == "SDS"]
        return found.reached

    assert (missed(), standing()) == (True, False)
    import_text(stocked, table.format(15))
    assert (missed(), standing()) == (False, True)


def test_the_facts_come_back_in_the_same_order_when_a_merge_is_undone(stocked: Context) -> None:
    for name, ago in (("Ana Diaz", 3), ("Ana Diaz", 200), ("Bo Li", 100)):
        day = TODAY - timedelta(days=ago)
        contacts.add(stocked, FABRIKAM, "customer", name, verified=day)
    before = kept(stocked)
    twins = [each.id for each in contacts.read(stocked) if each.name == "Ana Diaz"]
    contacts.merge(stocked, twins)
    history.undo(stocked)
    assert kept(stocked) == before


def test_many_customers_are_drawn_as_few_are(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left out of the query, where nobody has rows of a kind, changes no fact."""
    demo.build(context, 15, 1)
    with context.writer().looking() as session:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        customers = session.execute(text("SELECT id FROM customer")).scalars().all()

        def drawn(at_once: int) -> list[Any]:
            monkeypatch.setattr(facts, "_AT_ONCE", at_once)
            facts.refresh(session, customers, TODAY)
            return list(session.execute(text("SELECT * FROM tenant_facts ORDER BY tenant_id")))

        for rows in ("", *facts_query._WITHOUT):
            if rows.startswith("("):
                session.execute(text("UPDATE tenant SET renewal_date = NULL"))
            if rows:
                session.execute(text(f"DELETE FROM {'subscription' if '(' in rows else rows}"))  # noqa: S608
            assert drawn(5) == drawn(100), rows
        session.rollback()
