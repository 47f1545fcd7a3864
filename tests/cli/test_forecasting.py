"""`forecast` and `milestone`: plain and JSON, refused with nothing changed."""

from typing import Any

import pytest

from ftop_tui.services import demo, forecasts
from ftop_tui.services.context import Context
from house import WOODGROVE, RunCli


@pytest.fixture
def shop(context: Context) -> Context:
    """The demo's first two customers; the second tenant of forecasts is judged."""
    demo.build(context, 2, 1)
    return context


@pytest.mark.usefixtures("shop")
def test_a_forecast_is_set_and_shown(run_cli: RunCli) -> None:
    """RA-07."""
    done = run_cli("forecast", "set", "Fabrikam", "--workload", "teams", "2026-12=9000")
    assert done.status == 0
    assert "forecast of TEAMS to 2026-12" in done.text
    shown = run_cli("forecast", "show", "Fabrikam", "--workload", "TEAMS", "--json").json
    (workload,) = shown["workloads"]
    assert workload["workload"] == "TEAMS"
    assert workload["forecasts"] == [
        {"month": "2026-12-01", "active_users": 9000, "made_on": "2026-11-21"}
    ]
    assert len(workload["history"]) >= 18
    assert set(workload["projection"][0]) == {"month", "low", "likely", "upper", "high"}
    assert [mark["percent"] for mark in workload["milestones"]] == [15, 40]
    assert set(workload["milestones"][0]) == {
        "percent", "due_on", "given_by", "standing", "projected", "likely", "earliest", "latest",
        "reached_on", "reason",
    }  # fmt: skip


@pytest.mark.usefixtures("shop")
def test_the_plain_text_tells_each_workload(run_cli: RunCli) -> None:
    """RA-04: the projected days, and how good the forecasts were."""
    text = run_cli("forecast", "show", "Fabrikam").text
    assert "EXO  71% of 18,400 paid" in text
    assert "  15%: reached in " in text
    assert "(missed)" in text
    assert "Forecasts so far: off by " in text


@pytest.mark.usefixtures("shop")
def test_accuracy_lists_what_was_forecast_and_what_came(run_cli: RunCli) -> None:
    found = run_cli("forecast", "accuracy", "--json").json
    assert found["overall"]["judged"] == len(found["outcomes"]) == 12
    first = found["outcomes"][0]
    assert first["error"] == pytest.approx(
        100 * (first["forecast"] - first["actual"]) / first["paid_units"], abs=0.06
    )
    one = run_cli("forecast", "accuracy", "Fabrikam", "--json").json
    assert {outcome["name"] for outcome in one["outcomes"]} == {"fabrikam.onmicrosoft.com"}
    assert run_cli("forecast", "accuracy").text.splitlines()[-1].startswith("In all: off by ")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("set", "Fabrikam", "--workload", "EXO", "2026-12=18401"), "18,400 paid units"),
        (("set", "Fabrikam", "--workload", "EXO", "2026-10=5"), "October 2026: that month is over"),
        (("set", "Fabrikam", "--workload", "EXO", "soon=5"), "'soon=5' is no forecast"),
        (("set", "Fabrikam", "--workload", "EXO", "2026-12"), "'2026-12' is no forecast"),
        (("set", "Fabrikam", "--workload", "EXO", "2026-12=5", "2026-12-31=6"), "given twice"),
        (("set", "Fabrikam", "--workload", "NOPE", "2026-12=5"), "'NOPE' is no workload"),
        (("show", "Fabrikam", "--workload", "SDS"), "SDS: fabrikam.onmicrosoft.com has no such"),
    ],
)
def test_bad_forecasts_are_told_plainly_and_change_nothing(
    run_cli: RunCli, call: tuple[str, ...], said: str
) -> None:
    """RA-07: exit status 2, one line on stderr."""
    before = run_cli("forecast", "show", "Fabrikam", "--json").json
    done = run_cli("forecast", *call)
    assert done.status == 2
    assert said in done.error
    assert run_cli("forecast", "show", "Fabrikam", "--json").json == before


def test_the_first_forecast_needs_the_flag(run_cli: RunCli, stocked: Context) -> None:
    """RA-07: `--guidance-read` is the answer to the question."""
    tag = forecasts.overview(stocked, WOODGROVE).workloads[0].tag
    call = ("forecast", "set", "Woodgrove", "--workload", tag, "2026-12=0")
    asked = run_cli(*call)
    assert asked.status == 2
    assert "guidance" in asked.error
    assert run_cli(*call, "--guidance-read").status == 0


@pytest.mark.usefixtures("shop")
def test_milestones_are_set_reached_and_listed(run_cli: RunCli) -> None:
    """FR-08."""
    place = ("Fabrikam", "--workload", "OLM", "--percent", "40")
    dated = run_cli("milestone", "set", *place, "--due", "2027-05-31", "--by", "Ada, PoC")
    assert "OLM: 40% 2027-05-31" in dated.text
    listed = [m for m in run_cli("milestone", "list", "Fabrikam", "--json").json
              if m["tag"] == "OLM"]  # fmt: skip
    assert [(m["due_on"], m["given_by"], m["standing"]) for m in listed] == [
        ("2027-05-31", "Ada, PoC", "due")
    ]
    early = run_cli("milestone", "set", *place[:-1], "15", "--due", "2027-06-30")
    assert early.status == 2
    assert "40% on 2027-05-31 would come before 15% on 2027-06-30" in early.error
    assert run_cli("milestone", "reach", *place, "--on", "2026-11-20").status == 0
    assert run_cli("milestone", "set", *place, "--due", "none").status == 0
    assert run_cli("milestone", "reach", *place).status == 2
    assert run_cli("milestone", "set", *place, "--due", "soon").status == 2


@pytest.mark.usefixtures("shop")
def test_missed_and_missing_are_lists_of_their_own(run_cli: RunCli) -> None:
    """FR-08."""
    missed = run_cli("milestone", "list", "--missed", "--json").json
    assert {m["standing"] for m in missed} == {"missed"}
    assert "missed" in run_cli("milestone", "list", "--missed").text
    missing: list[dict[str, Any]] = run_cli("milestone", "list", "--missing", "--json").json
    assert all(set(gap) == {"tenant_id", "tag", "percent", "partner", "name"} for gap in missing)


@pytest.mark.parametrize("call", [("forecast", "accuracy"), ("milestone", "list")])
def test_an_absent_store_answers_and_is_not_made(
    run_cli: RunCli, context: Context, call: tuple[str, ...]
) -> None:
    assert run_cli(*call).status == 0
    found = run_cli(*call, "--json")
    assert found.status == 0
    assert found.json in ([], {"overall": None, "workloads": [], "outcomes": []})
    assert not context.store.exists()


@pytest.mark.usefixtures("shop")
def test_missing_and_missed_are_asked_for_one_at_a_time(run_cli: RunCli) -> None:
    """FR-08: together, the missed ones would be left out unsaid."""
    assert run_cli("milestone", "list", "--missing", "--missed").status == 2
