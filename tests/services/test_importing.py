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
from ftop_tui.services import history, notes, portfolio, tenants, transfer
from ftop_tui.services.context import Context
from ftop_tui.services.transfer import Plan
from ftop_tui.store.tables import Partner, Partnership
from house import (
    DERIVED,
    FABRIKAM,
    FABRIKAM_LAB,
    SAMPLES,
    TODAY,
    WOODGROVE,
    by_hand,
    dump,
    import_samples,
    import_text,
    make_house,
    on,
)

_NAMES = ("portfolio", "workloads", "license_usage", "subscriptions", "service_users")


def facts_of(context: Context, tenant_id: str) -> TenantFacts:
    """What is known of a tenant now."""
    found = {r.facts.tenant_id: r.facts for r in portfolio.load(context).ranked}
    return found[tenant_id]


def warned(planned: Plan, rule: str | None = None) -> list[str]:
    """What was warned of, all of it or by one rule."""
    return [w.message for w in planned.warnings if rule is None or w.rule == rule]


def counted(planned: Plan) -> dict[str, dict[str, int]]:
    """The counts that are not nil."""
    return {
        outcome: {kind: n for kind, n in getattr(planned, outcome).items() if n}
        for outcome in ("created", "updated", "unchanged")
    }


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


def _portfolio(*lines: str, columns: str = "") -> str:
    return "\n".join((f"TenantId,TenantName,TPID,WinnerTenant,Users{columns}", *lines)) + "\n"


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


def test_a_customers_columns_come_from_its_winners_row(stocked: Context) -> None:
    done = import_text(
        stocked,
        _portfolio(
            f"{FABRIKAM_LAB},lab,640001,N,300,Blue,Kim",
            f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640001,Y,12000,Yellow,Ana",
            columns=",Health,FM",
        ),
    )
    assert facts_of(stocked, FABRIKAM).health == "yellow"
    assert facts_of(stocked, FABRIKAM_LAB).health == "yellow"
    assert facts_of(stocked, FABRIKAM_LAB).fm == "Ana"
    said = [w for w in done.warnings if w.rule == "ES-02"]
    assert {(w.row, w.column) for w in said} == {(2, "Health"), (2, "FM")}
    assert any("blue" in message for message in warned(done, "ES-02"))


def test_a_second_tenant_of_a_tpid_joins_its_customer(stocked: Context) -> None:
    new = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0004"
    done = import_text(stocked, _portfolio(f"{new},third,640001,N,5"))
    assert counted(done)["created"] == {"tenants": 1}
    assert transfer.amount(1, "tenants") == "1 tenant"
    assert facts_of(stocked, new).customer_id == facts_of(stocked, FABRIKAM).customer_id
    assert facts_of(stocked, new).enterprise is None
    assert not facts_of(stocked, new).winner


def test_a_tenant_without_tpid_is_a_customer_of_its_own(empty: Context) -> None:
    one, two = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0005", "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0006"
    done = import_text(empty, _portfolio(f"{one},Contoso,,,5", f"{two},Contoso,,,5"))
    assert counted(done)["created"] == {"customers": 2, "tenants": 2}
    assert facts_of(empty, one).winner
    assert facts_of(empty, two).winner


@pytest.mark.parametrize(
    ("marks", "users", "winner"),
    [
        (("N", "N"), (5, 9), 1),
        (("", ""), (9, 5), 0),
        (("Y", "Y"), (5, 9), 1),
        (("Y", "Y"), (5, 5), 0),
        (("", ""), ("", ""), 0),
    ],
)
def test_no_winner_or_two_are_told_and_one_stands_in(
    marks: tuple[str, str], users: tuple[Any, Any], winner: int, empty: Context
) -> None:
    """ES-02: the most users, then the lowest id."""
    ids = (FABRIKAM, WOODGROVE)
    done = import_text(
        empty,
        _portfolio(
            *(
                f"{tenant},t{n},640001,{mark},{count},{health}"
                for n, (tenant, mark, count, health) in enumerate(
                    zip(ids, marks, users, ("Red", "Green"), strict=True)
                )
            ),
            columns=",Health",
        ),
    )
    assert [facts_of(empty, tenant).winner for tenant in ids] == [
        place == winner for place in range(2)
    ]
    assert facts_of(empty, FABRIKAM).health == ("red", "green")[winner]
    problems = [w for w in done.warnings if w.column == "WinnerTenant"]
    assert [w.rule for w in problems] == ["ES-02"]


def test_a_tenant_moves_to_another_customer_with_what_hangs_on_it(stocked: Context) -> None:
    new = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0004"
    import_text(stocked, _portfolio(f"{new},third,640001,N,5"))
    import_text(
        stocked, f"TenantId,Workload,Status,Note\n{new},EXO,blocked,Blocked by the audit.\n"
    )
    done = import_text(stocked, _portfolio(f"{new},third,640002,N,5"))
    assert any("640002" in message for message in warned(done))
    assert facts_of(stocked, new).customer_id == facts_of(stocked, WOODGROVE).customer_id
    with by_hand(stocked.store) as connection:
        owners = connection.execute(
            "SELECT c.tpid FROM note n JOIN customer c ON c.id = n.customer_id "
            "WHERE n.tenant_id = ?", (new,),
        ).fetchall()  # fmt: skip
    assert owners == [("640002",)]
    assert (
        facts_of(stocked, FABRIKAM).enterprise == facts_of(on(stocked, TODAY), FABRIKAM).enterprise
    )


def test_a_tpid_that_is_corrected_keeps_what_is_known_of_the_customer(stocked: Context) -> None:
    """All tenants go to a TPID that is new: the customer is the same, its number is another."""
    before = facts_of(stocked, WOODGROVE)
    import_text(
        stocked, f"TenantId,TenantName,TPID\n{WOODGROVE},woodgrove.onmicrosoft.com,640077\n"
    )
    after = facts_of(stocked, WOODGROVE)
    assert after.tpid == "640077"
    assert after._replace(tpid=None, customer_id="") == before._replace(tpid=None, customer_id="")
    assert len({r.facts.customer_id for r in portfolio.load(stocked).ranked}) == 2
    tenants.edit(stocked, FABRIKAM_LAB, {"TPID": "640088"})
    assert facts_of(stocked, FABRIKAM_LAB).health is None, "it never was the winner's"
    tenants.edit(stocked, FABRIKAM, {"TPID": "640088"})
    assert not facts_of(stocked, FABRIKAM_LAB).winner
    assert facts_of(stocked, FABRIKAM_LAB).health == "red"
    assert facts_of(stocked, FABRIKAM).enterprise == TODAY.replace(month=10, day=28).toordinal()


@pytest.mark.parametrize(
    ("day", "last", "made"),
    [("2026-10-28", "2026-10-28", 0), ("2026-10-01", "2026-10-28", 0),
     ("2026-11-20", "2026-11-20", 1), ("2026-11-21", "2026-11-21", 1)],
)  # fmt: skip
def test_the_last_enterprise_note_only_moves_forward(
    day: str, last: str, made: int, stocked: Context
) -> None:
    line = f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640001,Y,12000,{day}"
    done = import_text(stocked, _portfolio(line, columns=",LastEnterpriseNote"))
    assert counted(done)["created"] == ({"records": 1} if made else {})
    told = portfolio.load(stocked).today.fromisoformat(last).toordinal()
    assert facts_of(stocked, FABRIKAM).enterprise == told


def test_a_last_enterprise_note_to_come_is_rejected(stocked: Context) -> None:
    line = f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640001,Y,12000,2026-11-22"
    with pytest.raises(RefusedError) as refused:
        import_text(stocked, _portfolio(line, columns=",LastEnterpriseNote"))
    assert "LastEnterpriseNote" in refused.value.details[0]


def test_an_imported_next_update_does_not_bring_an_answered_one_back(stocked: Context) -> None:
    assert facts_of(stocked, FABRIKAM).next_update == TODAY.replace(day=11).toordinal()
    draft = notes.new_draft(stocked, NoteKind.ENTERPRISE, FABRIKAM)
    saved = notes.save_draft(stocked, draft)
    notes.post(stocked, saved.id, anyway="it stands in FTOP")
    answered = facts_of(stocked, FABRIKAM).next_update
    assert answered == TODAY.replace(month=12, day=5).toordinal()
    import_samples(stocked)
    assert facts_of(stocked, FABRIKAM).next_update == answered
    line = f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640001,Y,12000,2026-12-01"
    import_text(stocked, _portfolio(line, columns=",NextUpdate"))
    assert facts_of(stocked, FABRIKAM).next_update == TODAY.replace(month=12, day=1).toordinal()


def _manager(name: str) -> str:
    return f"TenantId,Workload,PrimaryRM\n{FABRIKAM},TEAMS,{name}\n"


def test_a_partner_is_not_dropped_unasked(stocked: Context) -> None:
    """FR-02; an empty cell drops nobody either."""
    for name in ("Ana Bauer", "FTP Adatum", "FTPeters"):
        done = import_text(stocked, _manager(name))
        assert "Northwind Services" in warned(done, "FR-02")[0]
        assert not done.changes_something
    assert facts_of(stocked, FABRIKAM).has_frp
    assert import_text(stocked, _manager("")).changes_something is False
    done = import_text(stocked, _manager("Ana Bauer"), accept_removals=True)
    assert warned(done, "FR-02") == []
    assert counted(done)["updated"] == {"workloads": 1}
    assert not facts_of(stocked, FABRIKAM).has_frp
    with by_hand(stocked.store) as connection:
        query = "SELECT primary_rm, partner FROM workload WHERE tag = 'TEAMS'"
        assert connection.execute(query).fetchone() == ("Ana Bauer", None)


def _health(colour: str, tenant: str = WOODGROVE) -> str:
    return f"TenantId,TenantName,Health\n{tenant},woodgrove.onmicrosoft.com,{colour}\n"


_PARTNER = f"TenantId,Workload,PrimaryRM\n{WOODGROVE},SPO,FTP Northwind\n"


def test_on_the_day_of_the_first_import_no_clock_becomes_stricter(stocked: Context) -> None:
    """FR-06: its files may come one after the other."""
    import_text(stocked, _health("Red"))
    import_text(stocked, _PARTNER)
    assert facts_of(stocked, WOODGROVE).stricter is None


@pytest.mark.parametrize(("table", "why"), [(_health("Red"), "health"), (_PARTNER, "frp")])
def test_later_a_stricter_clock_counts_from_that_day(
    table: str, why: str, stocked: Context
) -> None:
    later = on(stocked, "2026-12-01")
    import_text(later, table)
    found = facts_of(later, WOODGROVE)
    day = later.today().toordinal()
    assert (found.stricter, found.stricter_why) == (day, why)
    assert found.colour_stricter == (day if why == "health" else None)
    third = on(stocked, "2026-12-03")
    import_text(third, table)
    assert facts_of(third, WOODGROVE).stricter == day, "the same again marks nothing anew"
    import_text(third, _health("Yellow") if why == "health" else _PARTNER)
    assert facts_of(third, WOODGROVE).stricter == day
    if why == "health":
        import_text(third, _health("Blue"))
        assert facts_of(third, WOODGROVE).stricter is None


def test_a_partner_on_another_tenant_makes_the_winners_clock_stricter(stocked: Context) -> None:
    import_text(stocked, _health("Green", FABRIKAM).replace("woodgrove", "fabrikamfoods"))
    import_text(stocked, _manager("Ana"), accept_removals=True)
    later = on(stocked, "2026-12-01")
    import_text(later, f"TenantId,Workload,PrimaryRM\n{FABRIKAM_LAB},EXO,FTP Northwind\n")
    assert facts_of(later, FABRIKAM).stricter == later.today().toordinal()
    assert facts_of(later, FABRIKAM_LAB).stricter is None


def _note(text: str, tenant: str = FABRIKAM, tag: str = "EXO") -> str:
    return f'TenantId,Workload,Note\n{tenant},{tag},"{text}"\n'


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
        assert counted(import_text(later, _note(same)))["unchanged"]["notes"] == 1
    clock = facts_of(later, FABRIKAM).enterprise
    done = import_text(later, _note("Migration is done."))
    assert counted(done)["created"] == {"notes": 1}
    assert _posted(later) == [("Migration is done.", "2026-11-25"), *first]
    assert facts_of(later, FABRIKAM).enterprise == clock
    third = on(stocked, "2026-11-26")
    import_text(third, _note(first[0][0]))
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
    import_text(third, _note("Migration is done."))
    assert _kept(third) == [second[0], *second]
    done = import_text(third, f"{columns},Note\n{FABRIKAM},EXO,,1200,Migration is done.\n")
    assert counted(done)["unchanged"] == {"notes": 1}
    assert _kept(third) == [second[0], *second]


def test_ftops_text_replaces_no_draft(stocked: Context) -> None:
    draft = notes.new_draft(stocked, NoteKind.ENTITLEMENT, FABRIKAM, "EXO")
    body = with_fields(draft.body, [("text", "My own words")], stocked.pack)
    saved = notes.save_draft(stocked, draft.with_body(body))
    import_text(stocked, _note("Another text of FTOP."))
    kept = notes.load(stocked, saved.id)
    assert (kept.state.value, kept.draft) == ("draft", saved)


def test_rows_of_unknown_tenants_are_rejected(stocked: Context) -> None:
    unknown = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0099"
    before = dump(stocked.store)
    table = _note("x", unknown) + f"{FABRIKAM},EXO,Something new.\n"
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
    table = _portfolio(f"{FABRIKAM},ok,640001,Y,5", "no-guid,bad,640001,N,x")
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
        assert len(warned(import_text(empty, _portfolio(row, columns=columns)), "FR-14")) == told


@pytest.mark.parametrize(
    ("users", "level", "told"),
    [(49999, 3, 0), (49999, 4, 1), (50000, 4, 0), (50000, 3, 1), ("", 3, 0), (5, "", 0)],
)
def test_a_level_that_does_not_fit_the_users_is_told(
    users: Any, level: Any, told: int, empty: Context
) -> None:
    table = _portfolio(f"{FABRIKAM},a,640001,Y,{users},{level}", columns=",EnterpriseLevel")
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


def test_tenants_that_part_each_keep_their_own(stocked: Context) -> None:
    """The lab first in the file: what is the customer's goes with the winner all the same."""
    tenants.edit(stocked, FABRIKAM, {"LastCustomerProgress": "2026-11-01"})
    import_text(stocked, _note("Text of the lab.", FABRIKAM_LAB, "SPO"))
    lab_line = f"{FABRIKAM_LAB},lab,640088,N,300"
    done = import_text(
        stocked, _portfolio(lab_line, f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640077,Y,12000")
    )
    assert counted(done)["created"]["customers"] == 2
    winner, lab = facts_of(stocked, FABRIKAM), facts_of(stocked, FABRIKAM_LAB)
    assert (winner.tpid, lab.tpid) == ("640077", "640088")
    assert (winner.health, lab.health) == ("red", None)
    assert winner.enterprise == TODAY.replace(month=10, day=28).toordinal()
    assert winner.progress == TODAY.replace(day=1).toordinal()
    assert (lab.enterprise, lab.progress) == (None, None)
    with by_hand(stocked.store) as connection:
        query = (
            "SELECT count(*) FROM note n JOIN tenant t ON t.id = n.tenant_id "
            "WHERE n.customer_id <> t.customer_id"
        )
        assert connection.execute(query).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM customer").fetchone() == (3,)


def test_a_clock_given_with_the_move_starts_for_each(stocked: Context) -> None:
    columns = ",LastEnterpriseNote"
    import_text(
        stocked,
        _portfolio(
            f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640077,Y,12000,2026-11-02",
            f"{FABRIKAM_LAB},lab,640088,Y,300,2026-10-02",
            columns=columns,
        ),
    )
    assert facts_of(stocked, FABRIKAM).enterprise == TODAY.replace(day=2).toordinal()
    assert facts_of(stocked, FABRIKAM_LAB).enterprise == TODAY.replace(month=10, day=2).toordinal()


def test_customers_that_become_one_may_share_a_partner(stocked: Context) -> None:
    with stocked.writer().unit("partner") as unit:
        unit.session.add(Partner(id="p", name="Northwind Services"))
        unit.session.flush()
        for tenant in (FABRIKAM, WOODGROVE):
            customer = facts_of(stocked, tenant).customer_id
            unit.session.add(Partnership(id=tenant, partner_id="p", customer_id=customer))
    before = dump(stocked.store, *DERIVED)
    tenants.edit(stocked, WOODGROVE, {"TPID": "640001"})
    assert facts_of(stocked, WOODGROVE).customer_id == facts_of(stocked, FABRIKAM).customer_id
    history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == before
