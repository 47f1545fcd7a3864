"""Forecasts in a store: kept, judged, refused with nothing lost, and undone (RA-07)."""

from datetime import date

import pytest

from ftop_tui.errors import InputError, NotFoundError
from ftop_tui.playbook.projection import Fate
from ftop_tui.services import forecasts, history, portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.forecasts import GuidanceError
from ftop_tui.store.tables import Usage
from house import FABRIKAM, WOODGROVE, by_hand, dump, import_text, on

DEC, MAR = date(2026, 12, 1), date(2027, 3, 1)

T1 = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b1001"
T2 = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b1002"
WORKLOADS = f"""TenantId,TenantName,TPID,Health
{T1},contoso.onmicrosoft.com,1001,Red
{T2},lab.contoso.onmicrosoft.com,1001,
"""
PAID = f"""TenantId,Workload,PaidUnits,ActiveUsers
{T1},EXO,1000,300
{T1},SPO,,
{T2},EXO,100,5
"""


@pytest.fixture
def contoso(context: Context) -> Context:
    """A customer with two tenants and nothing forecast."""
    import_text(context, WORKLOADS, PAID)
    return context


def kinds(context: Context) -> list[str]:
    with by_hand(context.store) as store:
        return [kind for (kind,) in store.execute("SELECT kind FROM record ORDER BY created_at")]


def test_the_first_forecast_asks_for_the_guidance_and_keeps_nothing(contoso: Context) -> None:
    """RA-07."""
    before = dump(contoso.store)
    with pytest.raises(GuidanceError, match="guidance"):
        forecasts.save(contoso, T1, {("EXO", DEC): 400})
    assert dump(contoso.store) == before


def test_a_forecast_starts_the_clock_of_the_customer(contoso: Context) -> None:
    """RA-07: the confirmation is kept, and asked once for all tenants of the customer."""
    assert forecasts.overview(contoso, T2).guidance_needed
    done = forecasts.save(contoso, T1, {("exo", DEC): 400, ("EXO", MAR): 450}, guidance_read=True)
    assert done.rank
    assert done.sentence == "Saved for contoso.onmicrosoft.com: forecast of EXO to 2027-03"
    assert kinds(contoso) == ["guidance", "forecast"]
    facts = portfolio.find(portfolio.load(contoso), T1).facts
    assert facts.forecast == contoso.today().toordinal()
    assert not forecasts.overview(contoso, T2).guidance_needed
    forecasts.save(contoso, T2, {("EXO", DEC): 9})
    assert kinds(contoso) == ["guidance", "forecast", "forecast"]


def test_the_same_day_replaces_and_another_day_adds(contoso: Context) -> None:
    forecasts.save(contoso, T1, {("EXO", DEC): 400}, guidance_read=True)
    forecasts.save(contoso, T1, {("EXO", DEC): 410})
    assert [each.active_users for each in forecasts.read(contoso, T1)] == [410]
    later = on(contoso, "2026-12-02")
    forecasts.save(later, T1, {("EXO", DEC): 500})
    assert [each.active_users for each in forecasts.read(later, T1)] == [410, 500]
    found = forecasts.overview(later, T1).workloads[0]
    assert [each.active_users for each in found.forecasts] == [500]


def test_what_cannot_stand_is_refused_in_whole(contoso: Context) -> None:
    """RA-07: a usage above the paid units, a month that is over, no such workload."""
    before = dump(contoso.store)
    wrong = {("EXO", DEC): 1001, ("EXO", date(2026, 10, 1)): 5, ("SPO", DEC): 3}
    with pytest.raises(InputError, match="that month is over") as caught:
        forecasts.save(contoso, T1, wrong, guidance_read=True)
    assert "1,001 active users are more than the 1,000 paid units" in caught.value.details[1]
    with pytest.raises(InputError, match="TEAMS: the tenant has no such workload"):
        forecasts.save(contoso, T1, {("TEAMS", DEC): 1}, guidance_read=True)
    with pytest.raises(InputError, match="no forecast"):
        forecasts.save(contoso, T1, {}, guidance_read=True)
    with pytest.raises(NotFoundError):
        forecasts.save(contoso, "nobody", {("EXO", DEC): 1}, guidance_read=True)
    assert dump(contoso.store) == before


def test_undo_takes_forecast_and_clock_back(contoso: Context) -> None:
    before = dump(contoso.store, "step", "facts_history")
    forecasts.save(contoso, T1, {("EXO", DEC): 400}, guidance_read=True)
    assert "forecast of EXO" in (history.undo(contoso) or "")
    assert dump(contoso.store, "step", "facts_history") == before


def test_what_was_forecast_is_held_against_what_came(contoso: Context) -> None:
    forecasts.save(contoso, T1, {("EXO", DEC): 400}, guidance_read=True)
    later = on(contoso, "2027-01-10")
    with later.writer().unit("test") as unit:
        for source, users in (("license-usage", 350), ("service-users", 1)):
            unit.session.add(
                Usage(tenant_id=T1, tag="EXO", month=DEC, source=source, paid_units=1000,
                      active_users=users)
            )  # fmt: skip
    found = forecasts.judge(later)
    assert [(o.forecast, o.actual, o.error) for o in found.outcomes] == [(400, 350, 5.0)]
    assert found.overall == found.workloads[T1, "EXO"] == (1, 5.0, 5.0)
    assert found.names == {T1: "contoso.onmicrosoft.com"}
    assert forecasts.overview(later, T1).accuracy == found.overall
    assert forecasts.judge(later, T2).overall is None


def test_the_overview_shows_history_and_projection(stocked: Context) -> None:
    """RA-04: one projection a milestone; without enough months it is unknown."""
    found = forecasts.overview(stocked, FABRIKAM)
    assert [month.isoformat()[:7] for month in found.quarters] == [
        "2026-12", "2027-03", "2027-06", "2027-09",
    ]  # fmt: skip
    assert found.workloads
    for each in found.workloads:
        assert [one.percent for one in each.projections] == [15, 40]
        if len(each.usage) < 5:
            assert {one.fate for one in each.projections} <= {Fate.UNKNOWN, Fate.REACHED}
    assert forecasts.overview(stocked, WOODGROVE).tenant_id == WOODGROVE


def test_an_absent_store_has_no_forecasts_and_is_not_made(context: Context) -> None:
    assert forecasts.read(context, T1) == []
    assert forecasts.judge(context).outcomes == ()
    assert not context.store.exists()
