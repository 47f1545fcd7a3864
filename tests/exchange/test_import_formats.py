"""The five formats of import, and how a file's format is found."""

from datetime import date
from pathlib import Path

import pytest
from import_helpers import (
    ONE,
    SAMPLES,
    TWO,
    messages,
    options,
    parse,
    portfolio,
    reasons,
    workbook,
)

from ftop_tui.errors import InputError
from ftop_tui.exchange.formats import parse_sources
from ftop_tui.exchange.parsed import Parsed, Source, rejected_rows
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, Health, Phase, Priority

USAGE_HEADER = "CustomerTenantId,CustomerTpid,WorkloadName,Month,PaidAvailableUnits,"
USAGE_HEADER += "MonthlyActiveUsers,PartnerName\n"


def sample(name: str) -> Parsed:
    return parse_sources([Source(str(SAMPLES / name))], options(tenant=ONE))


def usage(*rows: str) -> Parsed:
    return parse(USAGE_HEADER + "\n".join(rows))


def test_the_sample_portfolio_is_read_whole() -> None:
    parsed = sample("portfolio.csv")
    assert (parsed.format, parsed.rejects, parsed.warnings) == ("portfolio", (), ())
    first, second, third = parsed.tenants
    assert (first.tenant_id, first.tenant_name) == (ONE, "fabrikamfoods.onmicrosoft.com")
    assert (first.tpid, first.s_rank, first.users, first.enterprise_level) == (
        "640001",
        212,
        12000,
        3,
    )
    assert (first.health, first.group_2_health) == (Health.RED, Health.YELLOW)
    assert first.enterprise_status is EnterpriseStatus.YELLOW
    assert (first.forecast_month, first.last_enterprise_note) == (
        date(2027, 3, 1),
        date(2026, 10, 28),
    )
    assert (first.priority, first.phase) == (Priority.HIGH, Phase.REMEDIATE)
    assert (first.winner_tenant, second.winner_tenant) == (True, False)
    assert (second.health, second.phase, second.telemetry_blocked) == (None, None, None)
    assert third.fta is None


def test_the_sample_workloads_are_read_and_the_overage_is_told() -> None:
    parsed = sample("workloads.csv")
    assert [row.workload for row in parsed.workloads] == ["EXO", "TEAMS", "INTUNE", "SPO"]
    assert parsed.workloads[2].status is EntitlementStatus.BLOCKED
    assert parsed.workloads[1].primary_rm == "FTP Northwind Services"
    (warning,) = parsed.warnings
    assert (warning.row, warning.column, warning.rule) == (5, "ActiveUsers", "ES-15")
    assert (parsed.workloads[3].paid_units, parsed.workloads[3].active_users) == (60500, 66010)


def test_the_sample_licence_report_counts_each_use_once() -> None:
    parsed = sample("license_usage.csv")
    assert parsed.format == "license-usage"
    october = next(r for r in parsed.usage if r.tag == "EXO" and r.month == date(2026, 10, 1))
    assert (october.paid_units, october.active_users) == (12000, 4900)
    assert october.partners == ("Northwind Services", "Adatum Partners")
    assert [(row.tag, row.month.month) for row in parsed.usage] == [
        ("EXO", 9),
        ("EXO", 10),
        ("TEAMS", 10),
        ("SPO", 10),
    ]


def test_the_sample_subscriptions_give_renewals_and_no_revenue() -> None:
    parsed = sample("subscriptions.csv")
    assert parsed.warnings == ()
    first, second = parsed.subscriptions
    assert (first.end, first.start, first.seats) == (date(2027, 1, 14), date(2025, 1, 15), 12000)
    assert (first.auto_renew, second.auto_renew) == (True, False)
    assert not [name for name in first.__dataclass_fields__ if "revenue" in name or "acr" in name]


def test_the_sample_of_service_users_becomes_monthly_use() -> None:
    parsed = sample("service_users.csv")
    assert parsed.warnings == ()
    numbers = {row.tag: (row.active_users, row.paid_units) for row in parsed.usage}
    assert numbers == {
        "EXO": (4900, 12000),
        "OD": (3020, 12000),
        "SPO": (2510, 12000),
        "YAM": (410, 12000),
        "TEAMS": (8050, 12000),
    }
    assert {(row.month, row.as_of) for row in parsed.usage} == {
        (date(2026, 11, 1), date(2026, 11, 18))
    }


def test_headers_match_whatever_their_case_spaces_and_marks() -> None:
    parsed = parse(f"tenant_id;TENANT NAME;s-rank\n{ONE};Contoso;7\n".encode("utf-8-sig"))
    assert parsed.tenants[0].s_rank == 7
    assert parsed.warnings == ()


def test_unknown_columns_are_told_and_not_fatal() -> None:
    parsed = portfolio("Colour of the door", "red")
    assert len(parsed.tenants) == 1
    (warning,) = parsed.warnings
    assert (warning.row, warning.column) == (1, "Colour of the door")


def test_a_file_of_no_known_kind_names_the_nearest_and_what_it_lacks() -> None:
    with pytest.raises(InputError, match=r"a\.csv: .*portfolio format, but lacks .*TenantId"):
        parse("TenantName,TPID,Users\nContoso,1,2\n")
    with pytest.raises(InputError, match=r"a\.csv: none of the columns is known"):
        parse("Recipe,Flour\nBread,500\n")


def test_a_format_asked_for_must_have_its_columns() -> None:
    with pytest.raises(InputError, match="workloads format needs the column Workload"):
        portfolio("Users", "1", format="workloads")
    with pytest.raises(InputError, match="no format"):
        portfolio("Users", "1", format="horoscope")


def test_a_header_alone_is_no_row_and_a_warning() -> None:
    parsed = parse("TenantId,TenantName\n")
    assert (parsed.rows, parsed.rejects) == ((), ())
    assert messages(parsed) == ["there is nothing below the names of the columns"]


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.csv")
    with pytest.raises(InputError, match=r"none\.csv: cannot be read: No such file"):
        parse_sources([Source(missing)], options())


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("SRank", "0", "above 0"),
        ("SRank", "-4", "negative"),
        ("Users", "-1", "negative"),
        ("EnterpriseLevel", "3.5", "fraction"),
        ("EnterpriseLevel", "high", "no whole number"),
        ("Health", "purple", "accepted are red, yellow, green, blue"),
        ("EnterpriseStatus", "Blue", "accepted are red, yellow, green"),
        ("Priority", "urgent", "accepted are high, medium, low"),
        ("Phase", "done", "drive_value"),
        ("Assigned", "perhaps", "neither yes nor no"),
        ("TPID", "1.2E+05", "Excel"),
        ("CustomerName", "#N/A", "error of Excel"),
        ("Users", "#REF!", "error of Excel"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_rejected_with_its_place(
    column: str, value: str, says: str
) -> None:
    parsed = portfolio(column, value)
    assert parsed.rows == ()
    (reject,) = parsed.rejects
    assert (reject.file, reject.row, reject.column) == ("a.csv", 2, column)
    assert says in reject.reason
    assert value in reject.reason


def test_every_fault_of_a_row_is_told() -> None:
    parsed = parse("TenantId,TenantName,Users\nx,,y\n")
    assert [reject.column for reject in parsed.rejects] == ["TenantId", "Users", "TenantName"]
    assert rejected_rows(parsed.rejects) == 1


def test_a_row_longer_than_the_header_is_rejected() -> None:
    parsed = parse(f"TenantId,TenantName\n{ONE},Contoso,extra\n")
    assert [(reject.row, reject.column) for reject in parsed.rejects] == [(2, None)]


def test_an_empty_cell_and_an_absent_column_are_both_none() -> None:
    assert portfolio("Users", " ").tenants[0].users is None
    assert portfolio("Industry", "x").tenants[0].users is None


def test_foreign_text_is_cleaned_on_its_way_in() -> None:
    parsed = portfolio("CustomerName", "Con\x1b[31mtoso\u202e  Ltd\u200b")
    assert parsed.tenants[0].customer_name == "Contoso Ltd"


def test_the_same_tenant_again_is_left_out_and_another_one_is_rejected() -> None:
    header = "TenantId,TenantName,Users\n"
    parsed = parse(
        f"{header}{ONE},Contoso,5\n{ONE.upper()},Contoso,5\n", f"{header}{ONE},Contoso,6\n"
    )
    assert len(parsed.tenants) == 1
    assert [(w.row, "left out" in w.message) for w in parsed.warnings] == [(3, True)]
    (reject,) = parsed.rejects
    assert (reject.file, reject.row) == ("b.csv", 2)
    assert "row 2 of a.csv with other values (users)" in reject.reason


def test_the_same_workload_under_two_names_is_the_same() -> None:
    parsed = parse(
        f"TenantId,Workload,Status\n{ONE},Viva Engage,blocked\n{ONE},YAM,in progress\n"
        f"{TWO},Yammer,blocked\n"
    )
    assert [(row.tenant_id, row.workload) for row in parsed.workloads] == [
        (ONE, "YAM"),
        (TWO, "YAM"),
    ]
    assert "with other values (status)" in reasons(parsed)[0]


def test_an_unknown_workload_is_rejected_with_the_tags() -> None:
    parsed = parse(f"TenantId,Workload\n{ONE},Clippy\n")
    assert "'Clippy' is no workload" in reasons(parsed)[0]
    assert "EXO, OLM, SPO" in reasons(parsed)[0]


def test_a_note_keeps_its_lines() -> None:
    parsed = parse(f'TenantId,Workload,Note\n{ONE},EXO,"one\r\n\r\ntwo"\n')
    assert parsed.workloads[0].note == "one\n\ntwo"


def test_a_service_without_a_tag_is_left_out_with_one_warning() -> None:
    parsed = usage(
        f"{ONE},1,Power BI,2026-10,5,1,",
        f"{ONE},1,Power BI,2026-09,5,1,",
        f"{ONE},1,EXO,Oct-26,5,1,",
    )
    assert [row.tag for row in parsed.usage] == ["EXO"]
    assert [w.row for w in parsed.warnings] == [2]
    assert parsed.rejects == ()


def test_a_service_that_nobody_knows_is_rejected() -> None:
    assert "'Clippy' is no workload" in reasons(usage(f"{ONE},1,Clippy,2026-10,5,1,"))[0]


def test_partners_with_different_numbers_keep_the_first_and_name_both_rows() -> None:
    parsed = usage(f"{ONE},1,EXO,2026-10,50,10,Adatum", f"{ONE},1,EXO,2026-10,50,12,Northwind")
    (row,) = parsed.usage
    assert (row.active_users, row.partners) == (10, ("Adatum", "Northwind"))
    (warning,) = parsed.warnings
    assert warning.row == 3
    assert "row 2 of a.csv says 50 paid units and 10 active users" in warning.message


def test_negative_units_are_rejected() -> None:
    (reject,) = usage(f"{ONE},1,EXO,2026-10,-5,1,").rejects
    assert (reject.column, "negative" in reject.reason) == ("PaidAvailableUnits", True)


def test_use_without_numbers_is_left_out_and_a_future_month_is_told() -> None:
    parsed = usage(f"{ONE},1,EXO,2026-10,,,", f"{ONE},1,SPO,2027-10,5,1,")
    assert [row.tag for row in parsed.usage] == ["SPO"]
    assert [w.row for w in parsed.warnings] == [2, 3]


def test_a_report_of_service_users_needs_to_know_whose_it_is() -> None:
    with pytest.raises(InputError, match="--tenant"):
        parse_sources([Source(str(SAMPLES / "service_users.csv"))], options())


def test_a_report_of_another_period_is_rejected() -> None:
    parsed = parse(
        "Report Refresh Date,Exchange Active,Exchange Inactive,Report Period\n2026-11-18,1,2,7\n",
        tenant=ONE,
    )
    assert [(reject.column, "30 days" in reject.reason) for reject in parsed.rejects] == [
        ("Report Period", True)
    ]


def test_the_later_report_of_a_month_counts() -> None:
    header = "Report Refresh Date,Exchange Active,Exchange Inactive,Report Period\n"
    parsed = parse(f"{header}2026-11-18,5,5,30\n2026-11-11,4,5,30\n", tenant=ONE)
    (row,) = parsed.usage
    assert (row.as_of, row.active_users) == (date(2026, 11, 18), 5)
    assert [w.row for w in parsed.warnings] == [3]


def test_a_subscription_of_several_months_is_that_of_the_latest() -> None:
    header = "SubscriptionId,CustomerTenantId,SubscriptionEndDate,Month,AvailableSeats,RevenueUSD\n"
    parsed = parse(
        f"{header}s1,{ONE},2027-01-14,2026-09,5,9\ns1,{ONE},2027-02-14,2026-10,6,9\n"
        f"s1,{ONE},2027-02-14,2026-10,6,9\ns1,{ONE},2027-03-14,2026-10,6,9\n"
    )
    (row,) = parsed.subscriptions
    assert (row.end, row.seats) == (date(2027, 2, 14), 6)
    assert [w.row for w in parsed.warnings] == [5]
    assert parsed.rejects == ()


def test_a_workbook_may_hold_portfolio_and_workloads() -> None:
    data = workbook(
        Readme=[["Hello"]],
        Portfolio=[["TenantId", "TenantName", "LastEnterpriseNote"], [ONE, "A", date(2026, 11, 2)]],
        workloads=[["TenantId", "Workload", "PaidUnits"], [ONE, "EXO", 5], ["x", "SPO", 5]],
    )
    parsed = parse_sources([Source("b.xlsx", data)], options())
    assert parsed.format == "portfolio+workloads"
    assert parsed.tenants[0].last_enterprise_note == date(2026, 11, 2)
    assert parsed.workloads[0].paid_units == 5
    assert messages(parsed) == ["the sheet 'Readme' was left out"]
    (reject,) = parsed.rejects
    assert (reject.file, reject.row, reject.reason[:17]) == ("b.xlsx", 3, "sheet workloads: ")


def test_one_sheet_of_any_name_is_known_by_its_columns() -> None:
    data = workbook(Sheet1=[["TenantId", "TenantName"], [ONE, "A"]], Notes=[["x"]])
    parsed = parse_sources([Source("b.xlsx", data)], options())
    assert len(parsed.tenants) == 1
    assert messages(parsed) == ["the sheet 'Notes' was left out"]


def test_two_sheets_that_could_be_meant_are_asked_about() -> None:
    rows: list[list[object]] = [["TenantId", "TenantName"], [ONE, "A"]]
    data = workbook(new=rows, old=rows)
    with pytest.raises(InputError, match="'new', 'old'"):
        parse_sources([Source("b.xlsx", data)], options())


def test_a_workbook_without_any_known_sheet_is_refused() -> None:
    data = workbook(one=[["x"]], two=[["y"]])
    with pytest.raises(InputError, match="no sheet has the columns"):
        parse_sources([Source("b.xlsx", data)], options())


def test_a_format_asked_for_picks_its_sheet() -> None:
    data = workbook(
        portfolio=[["TenantId", "TenantName"], [ONE, "A"]],
        workloads=[["TenantId", "Workload"], [ONE, "EXO"]],
        use=[["CustomerTenantId", "WorkloadName", "Month", "PaidAvailableUnits",
              "MonthlyActiveUsers"], [ONE, "EXO", "2026-10", 5, 3]],
    )  # fmt: skip
    for wanted in ("portfolio", "workloads", "license-usage"):
        parsed = parse_sources([Source("b.xlsx", data)], options(format=wanted))
        assert (parsed.format, len(parsed.rows), len(parsed.warnings)) == (wanted, 1, 2)
    with pytest.raises(InputError, match="no sheet has the columns of the subscriptions format"):
        parse_sources([Source("b.xlsx", data)], options(format="subscriptions"))


def test_what_there_is_to_say_comes_in_the_order_of_files_and_rows() -> None:
    header = "TenantId,TenantName,Users\n"
    parsed = parse(f"{header}{ONE},A,1\n{ONE},A,2\n{TWO},B,x\n", f"{header}x,C,1\n")
    assert [(r.file, r.row) for r in parsed.rejects] == [("a.csv", 3), ("a.csv", 4), ("b.csv", 2)]


def test_overage_of_a_use_with_several_partners_is_told_once() -> None:
    parsed = usage(f"{ONE},1,EXO,2026-10,5,9,Adatum", f"{ONE},1,EXO,2026-10,5,9,Northwind")
    assert [(w.row, w.rule) for w in parsed.warnings] == [(2, "ES-15")]


def test_text_pasted_from_a_sheet_is_read_as_it_comes() -> None:
    parsed = parse(f'TenantId\tWorkload\tNote\r\n{ONE}\tEXO\t"two, lines;\nhere"\r\n')
    assert parsed.workloads[0].note == "two, lines;\nhere"


def test_a_file_whose_first_column_starts_like_a_zip_is_still_text() -> None:
    parsed = parse(f"PKey,TenantId,TenantName\n1,{ONE},Contoso\n")
    assert len(parsed.tenants) == 1


def test_a_sheet_that_is_no_table_matters_only_if_it_is_meant() -> None:
    good: list[list[object]] = [["TenantId", "TenantName"], [ONE, "A"]]
    loose: list[list[object]] = [[], ["x", "x"]]
    parsed = parse_sources(
        [Source("b.xlsx", workbook(Dashboard=loose, portfolio=good, Twice=[["x", "x"]]))],
        options(),
    )
    assert len(parsed.tenants) == 1
    assert len(parsed.warnings) == 2
    for data in (workbook(portfolio=loose, other=good), workbook(any=loose)):
        with pytest.raises(InputError, match="first row must hold the names"):
            parse_sources([Source("b.xlsx", data)], options())


def test_cells_that_compare_equal_and_differ_are_not_confused() -> None:
    header: list[object] = ["TenantId", "TenantName", "Users"]
    data = workbook(portfolio=[header, [ONE, "A", 1], [TWO, "B", True]])
    parsed = parse_sources([Source("b.xlsx", data)], options())
    assert [row.users for row in parsed.tenants] == [1]
    assert "no whole number" in reasons(parsed)[0]
