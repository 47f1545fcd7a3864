"""Imports: what goes in, what stays, what is said; all or nothing."""

from itertools import permutations
from typing import Any

import pytest

from ftop_tui.errors import AmbiguousError, InputError, RefusedError
from ftop_tui.exchange.parsed import Source
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.notes import with_fields
from ftop_tui.playbook.usage import OwnFigures
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import notes, portfolio, transfer
from ftop_tui.services.context import Context
from house import (
    DERIVED,
    FABRIKAM,
    SAMPLES,
    TODAY,
    WOODGROVE,
    by_hand,
    counted,
    dump,
    facts_of,
    import_samples,
    import_text,
    make_house,
    note_table,
    on,
    portfolio_table,
    warned,
)

_NAMES = ("portfolio", "workloads", "license_usage", "subscriptions", "service_users")


def _content(context: Context) -> Any:
    """What the store holds, without the ids and instants that each import makes anew."""
    with by_hand(context.store) as connection:
        queries = (
            "SELECT tpid, name, brand, health, status, next_update, stricter FROM customer",
            "SELECT id, name, winner_marked, users, level FROM tenant",
            "SELECT * FROM workload",
            "SELECT * FROM usage",
            "SELECT * FROM subscription",
            "SELECT tenant_id, tag, state, text, posted_on FROM note",
            "SELECT kind, day, source FROM record",
        )
        return [sorted(connection.execute(query).fetchall(), key=repr) for query in queries]


def _plain_facts(context: Context) -> list[TenantFacts]:
    return sorted(r.facts._replace(customer_id="") for r in portfolio.load(context).ranked)


def test_the_samples_go_in(context: Context) -> None:
    done = import_samples(context)
    assert done.rejected == ()
    assert counted(done) == {
        "created": {
            "customers": 2, "tenants": 3, "workloads": 7, "usage": 9, "subscriptions": 2,
            "notes": 3, "records": 2,
        },
        "updated": {},
        "unchanged": {},
    }  # fmt: skip


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-22", "2027-03-01"])
def test_the_same_files_again_change_nothing(day: str, stocked: Context) -> None:
    before = dump(stocked.store)
    later = on(stocked, day)
    done = import_samples(later)
    found = counted(done)
    assert (found["created"], found["updated"]) == ({}, {})
    assert not done.changes_something
    assert dump(stocked.store) == before


def test_the_order_of_the_files_is_no_matter(context: Context, tmp_path: Any) -> None:
    wanted = None
    for number, names in enumerate(permutations(_NAMES)):
        if number % 13:
            continue
        house = make_house(tmp_path / str(number))
        sources = [Source(str(SAMPLES / f"{name}.csv")) for name in names]
        parsed = transfer.read_files(house, sources, tenant="640001")
        transfer.apply(house, parsed)
        found = (_content(house), _plain_facts(house))
        wanted = wanted or found
        assert found == wanted, names


def test_one_call_or_five_make_the_same_store(stocked: Context, tmp_path: Any) -> None:
    """The portfolio first, the others in any order, each on its own."""
    for number, rest in enumerate(list(permutations(_NAMES[1:]))[::7]):
        house = make_house(tmp_path / str(number))
        for name in ("portfolio", *rest):
            parsed = transfer.read_files(
                house, [Source(str(SAMPLES / f"{name}.csv"))], tenant="640001"
            )
            transfer.apply(house, parsed)
        assert _content(house) == _content(stocked)
        assert _plain_facts(house) == _plain_facts(stocked)


@pytest.mark.parametrize(
    "name",
    ["640001", FABRIKAM, FABRIKAM.upper(), "Fabrikam Foods", "fabrikam", "woodgrove",
     "fabrikamfoods.onmicrosoft.com"],
)  # fmt: skip
def test_a_report_finds_its_tenant_in_the_portfolio_beside_it(name: str, context: Context) -> None:
    sources = [Source(str(SAMPLES / f"{each}.csv")) for each in ("service_users", "portfolio")]
    parsed = transfer.read_files(context, sources, tenant=name)
    wanted = WOODGROVE if name == "woodgrove" else FABRIKAM
    assert {row.tenant_id for row in parsed.usage} == {wanted}
    assert transfer.plan(context, parsed).rejected == ()
    assert not context.store.exists()
    transfer.apply(context, parsed)
    tags = (facts_of(context, wanted).tags or "").split()
    assert {"EXO", "TEAMS"} <= set(tags)


def test_a_report_whose_tenant_is_nowhere_is_refused(context: Context, stocked: Context) -> None:
    source = Source(str(SAMPLES / "service_users.csv"))
    portfolio_file = Source(str(SAMPLES / "portfolio.csv"))
    with pytest.raises(InputError, match="Nobody"):
        transfer.read_files(context, [source], tenant="Nobody")
    with pytest.raises(AmbiguousError):
        transfer.read_files(context, [source, portfolio_file], tenant="onmicrosoft")
    unknown = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0099"
    planned = transfer.plan(context, transfer.read_files(context, [source], tenant=unknown))
    assert {r.column for r in planned.rejected} == {"--tenant"}
    with pytest.raises(InputError, match="--tenant"):
        transfer.read_files(context, [source])


def test_an_empty_cell_erases_nothing(stocked: Context) -> None:
    before = dump(stocked.store, *DERIVED)
    with (SAMPLES / "portfolio.csv").open() as file:
        header, *lines = file.read().splitlines()
    empty_rows = [
        ",".join([*line.split(",")[:2], *[""] * (header.count(",") - 1)]) for line in lines
    ]
    done = import_text(stocked, "\n".join((header, *empty_rows)) + "\n")
    assert not done.changes_something
    columns = "TenantId,Workload,Status,PrimaryRM,PaidUnits,ActiveUsers,Note,DueDate,Intent"
    workload = f"{columns}\n{FABRIKAM},EXO,,,,,,,\n"
    assert not import_text(stocked, workload).changes_something
    assert dump(stocked.store, *DERIVED) == before


def _posted(context: Context, tag: str = "EXO") -> list[tuple[str, str]]:
    return [
        (note.text, str(note.posted_on))
        for note in portfolio.notes(context, FABRIKAM)
        if note.tag == tag and note.state == "posted"
    ]


def test_ftops_text_is_kept_as_posted_where_it_differs(stocked: Context) -> None:
    later = on(stocked, "2026-11-25")
    first = _posted(later)
    assert len(first) == 1
    for same in (first[0][0], f"  {first[0][0]} \n"):
        assert counted(import_text(later, note_table(same)))["unchanged"]["notes"] == 1
    clock = facts_of(later, FABRIKAM).enterprise
    done = import_text(later, note_table("Migration is done."))
    assert counted(done)["created"] == {"notes": 1}
    assert _posted(later) == [("Migration is done.", "2026-11-25"), *first]
    assert facts_of(later, FABRIKAM).enterprise == clock
    third = on(stocked, "2026-11-26")
    import_text(third, note_table(first[0][0]))
    assert [day for _, day in _posted(third)] == ["2026-11-26", "2026-11-25", "2026-11-21"]


def _kept(context: Context) -> list[OwnFigures | None]:
    found = portfolio.notes(context, FABRIKAM)
    return [note.own for note in found if note.tag == "EXO" and note.state == "posted"]


def test_ftops_text_is_kept_with_the_figures_that_come_with_it(stocked: Context) -> None:
    """EN-18: figures alone change no note; a text without figures keeps those that are stored."""
    first = _kept(stocked)
    assert first == [OwnFigures(12000, 4900, TODAY)]
    later = on(stocked, "2026-11-25")
    columns = "TenantId,Workload,PaidUnits,ActiveUsers"
    import_text(later, f"{columns}\n{FABRIKAM},EXO,12000,6000\n")
    assert _kept(later) == first
    import_text(later, f"{columns},Note\n{FABRIKAM},EXO,12000,7200,Halfway there.\n")
    second = [OwnFigures(12000, 7200, later.today()), *first]
    assert _kept(later) == second
    third = on(stocked, "2026-11-26")
    import_text(third, note_table("Migration is done."))
    assert _kept(third) == [second[0], *second]
    done = import_text(third, f"{columns},Note\n{FABRIKAM},EXO,,1200,Migration is done.\n")
    assert counted(done)["unchanged"] == {"notes": 1}
    assert _kept(third) == [second[0], *second]


def test_ftops_text_replaces_no_draft(stocked: Context) -> None:
    draft = notes.new_draft(stocked, NoteKind.ENTITLEMENT, FABRIKAM, "EXO")
    body = with_fields(draft.body, [("text", "My own words")], stocked.pack)
    saved = notes.save_draft(stocked, draft.with_body(body))
    import_text(stocked, note_table("Another text of FTOP."))
    kept = notes.load(stocked, saved.id)
    assert (kept.state.value, kept.draft) == ("draft", saved)


def test_rows_of_unknown_tenants_are_rejected(stocked: Context) -> None:
    unknown = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0099"
    before = dump(stocked.store)
    table = note_table("x", unknown) + f"{FABRIKAM},EXO,Something new.\n"
    with pytest.raises(RefusedError) as refused:
        import_text(stocked, table)
    assert unknown in refused.value.details[0]
    assert dump(stocked.store) == before
    done = import_text(stocked, table, partial=True)
    assert counted(done)["created"] == {"notes": 1}
    assert [(r.file, r.row, r.column) for r in done.rejected] == [("a.csv", 2, "TenantId")]
    usage = (
        "CustomerTenantId,WorkloadName,Month,PaidAvailableUnits,MonthlyActiveUsers\n"
        f"{unknown},Teams,2026-10-01,100,5\n"
    )
    renewals = f"SubscriptionId,SubscriptionEndDate,CustomerTenantId\ns1,2027-01-01,{unknown}\n"
    done = import_text(stocked, usage, renewals, partial=True)
    assert {r.column for r in done.rejected} == {"CustomerTenantId"}
    assert len(done.rejected) == 2


def test_nothing_goes_in_beside_a_rejected_row_and_no_store_is_made(context: Context) -> None:
    table = portfolio_table(f"{FABRIKAM},ok,640001,Y,5", "no-guid,bad,640001,N,x")
    with pytest.raises(RefusedError) as refused:
        import_text(context, table)
    assert len(refused.value.details) == 2, "every fault of the row is told"
    assert not context.store.exists()
    done = import_text(context, table, partial=True)
    assert counted(done)["created"] == {"customers": 1, "tenants": 1}


def test_more_active_than_paid_is_kept_and_told(context: Context) -> None:
    done = import_samples(context)
    assert len(warned(done, "ES-15")) == 2
    with by_hand(context.store) as connection:
        query = "SELECT paid_units, active_users FROM usage WHERE tag = 'SPO' AND tenant_id = ?"
        assert connection.execute(query, (WOODGROVE,)).fetchone() == (60500, 66010)


def test_a_ranked_customer_without_fm_and_fta_is_told(empty: Context) -> None:
    columns = ",SRank,FM,FTA"
    rows = {
        f"{FABRIKAM},a,640001,Y,5,1500,,": 1,
        f"{FABRIKAM},a,640001,Y,5,1500,Ana,": 0,
        f"{WOODGROVE},b,640002,Y,5,1501,,": 0,
    }
    for row, told in rows.items():
        assert (
            len(warned(import_text(empty, portfolio_table(row, columns=columns)), "FR-14")) == told
        )


@pytest.mark.parametrize(
    ("users", "level", "told"),
    [(49999, 3, 0), (49999, 4, 1), (50000, 4, 0), (50000, 3, 1), ("", 3, 0), (5, "", 0)],
)
def test_a_level_that_does_not_fit_the_users_is_told(
    users: Any, level: Any, told: int, empty: Context
) -> None:
    table = portfolio_table(f"{FABRIKAM},a,640001,Y,{users},{level}", columns=",EnterpriseLevel")
    assert len(warned(import_text(empty, table), "RA-12")) == told


def test_an_older_report_of_a_month_moves_nothing_back(stocked: Context) -> None:
    text = (SAMPLES / "service_users.csv").read_text("utf-8-sig")
    older = text.replace("2026-11-18,4900", "2026-11-17,4000")
    newer = text.replace("2026-11-18,4900", "2026-11-20,5100")
    assert not import_text(stocked, older, tenant=FABRIKAM).changes_something
    done = import_text(stocked, newer, tenant=FABRIKAM)
    assert sum(counted(done)["updated"].values()) == 5
    assert set(counted(done)["updated"]) == {"usage"}


def test_a_plan_shown_is_what_is_done(context: Context) -> None:
    paths = [str(SAMPLES / f"{name}.csv") for name in _NAMES]
    planned = transfer.plan_files(context, paths, tenant="640001")
    assert not context.store.exists()
    changes = transfer.apply_plan(context, planned)
    assert changes.rank
    assert changes.sentence.startswith("Imported: created 2 customers, 3 tenants")
    again = transfer.apply_plan(context, transfer.plan_files(context, paths, tenant="640001"))
    assert again.sentence == "Imported: nothing was new"


def test_a_pasted_table_is_read_as_a_file(empty: Context) -> None:
    text = f"TenantId\tTenantName\n{FABRIKAM}\tSköld & Söner\n"
    planned = transfer.plan_text(empty, text)
    assert counted(planned)["created"] == {"customers": 1, "tenants": 1}
    transfer.apply_plan(empty, planned)
    assert facts_of(empty, FABRIKAM).name == "Sköld & Söner"
