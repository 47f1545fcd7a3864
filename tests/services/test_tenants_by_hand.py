"""Tenants by hand: every column set and cleared, errors that name the field, and finding them."""

import pytest

from ftop_tui.errors import AmbiguousError, FtopError, InputError, NotFoundError
from ftop_tui.services import history, portfolio, tenants
from ftop_tui.services.context import Context
from house import DERIVED, FABRIKAM, FABRIKAM_LAB, TODAY, WOODGROVE, dump, import_text, on

_NEW = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0009"

# Column, what is typed, what stands then.
_VALUES = {
    "TenantName": ("Eastern [EXO] Wind", "Eastern [EXO] Wind"),
    "TPID": ("640099", "640099"),
    "CustomerName": ("Sköld & Söner", "Sköld & Söner"),
    "BrandName": ("[/]", "[/]"),
    "WinnerTenant": ("no", "N"),
    "SRank": ("1500", "1500"),
    "Users": ("49999", "49999"),
    "EnterpriseLevel": ("4", "4"),
    "Assigned": ("False", "N"),
    "FM": ("Zoë  Łęcka", "Zoë Łęcka"),
    "FTA": ("Ömer", "Ömer"),
    "Priority": ("LOW", "low"),
    "Industry": ("R&D", "R&D"),
    "Health": ("Blue", "blue"),
    "Group1Health": ("GREEN", "green"),
    "Group2Health": ("red", "red"),
    "Group3Health": ("Yellow", "yellow"),
    "ForecastHealth": ("green", "green"),
    "ForecastMonth": ("2027-06", "2027-06"),
    "EnterpriseStatus": ("Red", "red"),
    "LastEnterpriseNote": ("2026-11-20", "2026-11-20"),
    "LastCustomerProgress": ("2026-11-19", "2026-11-19"),
    "LastCustomerPerspective": ("2026-11-18", "2026-11-18"),
    "NextUpdate": ("2026-12-04", "2026-12-04"),
    "RenewalDate": ("2027-02-01", "2027-02-01"),
    "TelemetryBlocked": ("1", "Y"),
    "BusinessReason": ("=1+1", "=1+1"),
    "ReviewDate": ("2027-01-14", "2027-01-14"),
    "Phase": ("drive value", "drive_value"),
}
_KEPT = ("TenantName", "TPID", "LastEnterpriseNote", "LastCustomerProgress",
         "LastCustomerPerspective")  # fmt: skip


def test_every_column_of_the_portfolio_can_be_set() -> None:
    assert ["TenantId", *_VALUES] == list(tenants.COLUMNS)


@pytest.mark.parametrize("column", _VALUES)
def test_a_column_is_set_read_back_cleared_and_taken_back(column: str, stocked: Context) -> None:
    typed, stands = _VALUES[column]
    tenant = WOODGROVE if column == "TPID" else FABRIKAM  # the only one of its customer
    before = tenants.current_values(stocked, tenant)
    done = tenants.edit(stocked, tenant, {column: typed})
    assert done.rank
    assert column in done.sentence
    after = tenants.current_values(stocked, tenant)
    assert after == {**before, column: stands}
    assert tenants.edit(stocked, tenant, {column: typed}).sentence == "Nothing changed"
    if column in _KEPT:
        with pytest.raises(InputError, match=column):
            tenants.edit(stocked, tenant, {column: ""})
    else:
        tenants.edit(stocked, tenant, {column: " "})
        assert tenants.current_values(stocked, tenant) == {**before, column: ""}
        history.undo(stocked)
    assert tenants.current_values(stocked, tenant) == after
    history.undo(stocked)
    assert tenants.current_values(stocked, tenant) == before


def test_a_form_may_hand_back_all_that_it_was_given(stocked: Context) -> None:
    """Also the empty columns that cannot be emptied."""
    tenants.add(stocked, _NEW, "Contoso", {})
    for tenant_id in (FABRIKAM, FABRIKAM_LAB, _NEW):
        values = tenants.current_values(stocked, tenant_id)
        del values["TenantId"]
        assert tenants.edit(stocked, tenant_id, values).sentence == "Nothing changed"
        values["Industry"] = f"Toys {tenant_id}"
        assert tenants.edit(stocked, tenant_id, values).sentence.startswith("Changed Industry of")


def test_column_names_are_read_as_in_a_file(stocked: Context) -> None:
    tenants.edit(stocked, FABRIKAM, {"enterprise_status": "green", "next-update": "2026-12-24"})
    values = tenants.current_values(stocked, FABRIKAM)
    assert (values["EnterpriseStatus"], values["NextUpdate"]) == ("green", "2026-12-24")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Health", "purple"), ("EnterpriseStatus", "blue"), ("SRank", "0"), ("SRank", "x"),
        ("Users", "-1"), ("EnterpriseLevel", "x"), ("Assigned", "maybe"), ("Priority", "urgent"),
        ("ForecastMonth", "soon"), ("NextUpdate", "31.02.2027"),
        ("LastEnterpriseNote", "2026-11-22"),
        ("LastCustomerProgress", "2027-01-01"), ("Phase", "dance"), ("TenantName", ""),
        ("RenewalDate", "01/02/2027"), ("Group1Health", "#N/A"), ("TPID", "1.2E+05"),
    ],
)  # fmt: skip
def test_a_value_that_is_none_names_its_column_and_changes_nothing(
    column: str, value: str, stocked: Context
) -> None:
    before = dump(stocked.store)
    with pytest.raises(InputError, match=column):
        tenants.edit(stocked, FABRIKAM, {"Industry": "Toys", column: value})
    assert dump(stocked.store) == before


def test_an_unknown_column_is_named(stocked: Context) -> None:
    for name in ("Colour", "TenantId", "Workload"):
        with pytest.raises(InputError, match=name):
            tenants.edit(stocked, FABRIKAM, {name: "x"})
    with pytest.raises(NotFoundError):
        tenants.edit(stocked, _NEW, {"Health": "red"})


def test_health_and_status_are_never_copied_into_each_other(stocked: Context) -> None:
    """ES-08."""
    tenants.edit(stocked, FABRIKAM, {"Health": "blue"})
    assert tenants.current_values(stocked, FABRIKAM)["EnterpriseStatus"] == "yellow"
    tenants.edit(stocked, FABRIKAM, {"EnterpriseStatus": "red"})
    assert tenants.current_values(stocked, FABRIKAM)["Health"] == "blue"


def test_a_customers_column_set_on_another_tenant_counts_for_the_customer(
    stocked: Context,
) -> None:
    tenants.edit(stocked, FABRIKAM_LAB, {"Health": "green"})
    assert tenants.current_values(stocked, FABRIKAM)["Health"] == "green"


def test_the_colour_turned_red_by_hand_counts_from_that_day(stocked: Context) -> None:
    later = on(stocked, "2026-12-01")
    tenants.edit(later, WOODGROVE, {"Health": "red"})
    facts = portfolio.find(portfolio.load(later), WOODGROVE).facts
    assert facts.stricter == later.today().toordinal()


def test_a_tenant_is_added_with_its_customer(context: Context) -> None:
    done = tenants.add(context, _NEW.upper(), "Sköld & Söner", {"Health": "red", "TPID": "0042"})
    assert done.sentence == "Added Sköld & Söner"
    (ranked,) = portfolio.load(context).ranked
    assert (ranked.facts.tenant_id, ranked.facts.tpid) == (_NEW, "0042")
    assert ranked.assessment.band == "late"
    tenants.add(context, FABRIKAM, "Second", {"TPID": "0042"})
    assert len({r.facts.customer_id for r in portfolio.load(context).ranked}) == 1


def test_a_tenant_is_added_once(stocked: Context) -> None:
    before = dump(stocked.store)
    for tenant_id, name, values in (
        (FABRIKAM, "Again", {}),
        (FABRIKAM.upper(), "Again", {}),
        ("no-guid", "Contoso", {}),
        (_NEW, "", {}),
        (_NEW, "Contoso", {"Health": "purple"}),
    ):
        with pytest.raises(FtopError):
            tenants.add(stocked, tenant_id, name, values)
    assert dump(stocked.store) == before


def test_adding_is_taken_back_whole(stocked: Context) -> None:
    before = dump(stocked.store, *DERIVED)
    tenants.add(stocked, _NEW, "Contoso", {"TPID": "640099", "LastEnterpriseNote": "2026-11-01"})
    assert history.undo(stocked) == "Added Contoso"
    assert dump(stocked.store, *DERIVED) == before
    assert history.redo(stocked) == "Added Contoso"
    assert history.redo(stocked) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (FABRIKAM, FABRIKAM),
        (FABRIKAM_LAB.upper(), FABRIKAM_LAB),
        (f"{{{WOODGROVE}}}", WOODGROVE),
        ("640001", FABRIKAM),
        (" 640002 ", WOODGROVE),
        ("fabrikamlab.onmicrosoft.com", FABRIKAM_LAB),
        ("FABRIKAM FOODS", FABRIKAM),
        ("Fabrikam", FABRIKAM),
        ("woodgrove  bank", WOODGROVE),
        ("wood", WOODGROVE),
        ("lab", FABRIKAM_LAB),
    ],
)
def test_a_tenant_is_found_by_id_tpid_name_or_part(name: str, found: str, stocked: Context) -> None:
    assert portfolio.find(portfolio.load(stocked), name).facts.tenant_id == found


def test_a_name_that_fits_several_lists_them(stocked: Context) -> None:
    with pytest.raises(AmbiguousError) as refused:
        portfolio.find(portfolio.load(stocked), "onmicrosoft")
    assert [line.split()[-1] for line in refused.value.details] == [
        f"({FABRIKAM})", f"({FABRIKAM_LAB})", f"({WOODGROVE})",
    ]  # fmt: skip
    tenants.add(stocked, _NEW, "Woodgrove Bank", {})
    with pytest.raises(AmbiguousError) as refused:
        portfolio.find(portfolio.load(stocked), "woodgrove b")
    assert len(refused.value.details) == 2


@pytest.mark.parametrize("name", ["", "  ", "Nobody", "64000", "%"])
def test_what_fits_nobody_is_not_found(name: str, stocked: Context) -> None:
    with pytest.raises(NotFoundError):
        portfolio.find(portfolio.load(stocked), name)


@pytest.mark.parametrize(
    "name", ["Eastern [EXO] Wind", "Sköld & Söner", "[red]x[/]", "O'Brien; --"]
)
def test_any_name_is_kept_letter_by_letter_and_found(name: str, empty: Context) -> None:
    import_text(empty, f'TenantId,TenantName\n{_NEW},"{name}"\n')
    found = portfolio.find(portfolio.load(empty), name.upper())
    assert found.facts.name == name
    assert portfolio.detail(empty, _NEW).workloads == ()
    assert empty.today() == TODAY
