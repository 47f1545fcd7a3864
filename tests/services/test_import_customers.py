"""Imports: which customer a tenant is of, whose columns count, and what moves with a tenant."""

from typing import Any

import pytest

from ftop_tui.services import history, portfolio, tenants, transfer
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Partner, Partnership
from house import (
    DERIVED,
    FABRIKAM,
    FABRIKAM_LAB,
    TODAY,
    WOODGROVE,
    by_hand,
    counted,
    dump,
    facts_of,
    import_text,
    note_table,
    on,
    portfolio_table,
    warned,
)


def test_a_customers_columns_come_from_its_winners_row(stocked: Context) -> None:
    done = import_text(
        stocked,
        portfolio_table(
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
    done = import_text(stocked, portfolio_table(f"{new},third,640001,N,5"))
    assert counted(done)["created"] == {"tenants": 1}
    assert transfer.amount(1, "tenants") == "1 tenant"
    assert facts_of(stocked, new).customer_id == facts_of(stocked, FABRIKAM).customer_id
    assert facts_of(stocked, new).enterprise is None
    assert not facts_of(stocked, new).winner


def test_a_tenant_without_tpid_is_a_customer_of_its_own(empty: Context) -> None:
    one, two = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0005", "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0006"
    done = import_text(empty, portfolio_table(f"{one},Contoso,,,5", f"{two},Contoso,,,5"))
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
        portfolio_table(
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
    import_text(stocked, portfolio_table(f"{new},third,640001,N,5"))
    import_text(
        stocked, f"TenantId,Workload,Status,Note\n{new},EXO,blocked,Blocked by the audit.\n"
    )
    done = import_text(stocked, portfolio_table(f"{new},third,640002,N,5"))
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


def test_tenants_that_part_each_keep_their_own(stocked: Context) -> None:
    """The lab first in the file: what is the customer's goes with the winner all the same."""
    tenants.edit(stocked, FABRIKAM, {"LastCustomerProgress": "2026-11-01"})
    import_text(stocked, note_table("Text of the lab.", FABRIKAM_LAB, "SPO"))
    lab_line = f"{FABRIKAM_LAB},lab,640088,N,300"
    done = import_text(
        stocked,
        portfolio_table(lab_line, f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640077,Y,12000"),
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
        portfolio_table(
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
