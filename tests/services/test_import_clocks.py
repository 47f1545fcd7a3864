"""Imports move clocks forward only, and mark the day on which one became stricter."""

import pytest

from ftop_tui.errors import RefusedError
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import notes, portfolio
from ftop_tui.services.context import Context
from house import (
    FABRIKAM,
    FABRIKAM_LAB,
    TODAY,
    WOODGROVE,
    by_hand,
    counted,
    facts_of,
    import_samples,
    import_text,
    on,
    portfolio_table,
    warned,
)


@pytest.mark.parametrize(
    ("day", "last", "made"),
    [("2026-10-28", "2026-10-28", 0), ("2026-10-01", "2026-10-28", 0),
     ("2026-11-20", "2026-11-20", 1), ("2026-11-21", "2026-11-21", 1)],
)  # fmt: skip
def test_the_last_enterprise_note_only_moves_forward(
    day: str, last: str, made: int, stocked: Context
) -> None:
    line = f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640001,Y,12000,{day}"
    done = import_text(stocked, portfolio_table(line, columns=",LastEnterpriseNote"))
    assert counted(done)["created"] == ({"records": 1} if made else {})
    told = portfolio.load(stocked).today.fromisoformat(last).toordinal()
    assert facts_of(stocked, FABRIKAM).enterprise == told


def test_a_last_enterprise_note_to_come_is_rejected(stocked: Context) -> None:
    line = f"{FABRIKAM},fabrikamfoods.onmicrosoft.com,640001,Y,12000,2026-11-22"
    with pytest.raises(RefusedError) as refused:
        import_text(stocked, portfolio_table(line, columns=",LastEnterpriseNote"))
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
    import_text(stocked, portfolio_table(line, columns=",NextUpdate"))
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
