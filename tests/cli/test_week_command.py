"""`week` and `plan` from outside: plain text, JSON, the verbs, and what they refuse."""

from datetime import date

import pytest

from ftop_tui.services.context import Context
from house import DERIVED, RunCli, dump

_KEYS = [
    "key", "tenant_id", "name", "customer", "rule", "sort", "what", "workload", "due", "planned",
    "days_left", "overdue", "band", "woken", "snoozed_until", "reason",
]  # fmt: skip


def test_an_absent_store_has_an_empty_week_and_is_not_made(
    context: Context, run_cli: RunCli
) -> None:
    assert run_cli("week", "--json").json == []
    assert run_cli("week").text == "Nothing is due within 7 days.\n"
    assert run_cli("plan", "Fabrikam").status == 2
    assert not context.store.exists()


def test_the_week_is_an_array_of_days(busy: Context, run_cli: RunCli) -> None:
    result = run_cli("week", "--json")
    assert (result.status, result.stderr) == (0, b"")
    days = [entry["date"] for entry in result.json]
    assert days == sorted(days)
    for entry in result.json:
        assert list(entry) == ["date", "weekday", "overdue", "notes", "items"]
        assert entry["weekday"] == date.fromisoformat(entry["date"]).strftime("%a")
        assert entry["overdue"] == (entry["date"] < "2026-11-21")
        for item in entry["items"]:
            assert list(item) == _KEYS
    wider = run_cli("week", "--json", "--days", "60").json
    assert len(wider) > len(result.json)
    assert sum(entry["notes"] for entry in wider) > 10
    quarter = run_cli("week", "--json", "--quarter").json
    assert quarter[-1]["date"] <= "2026-12-31"
    assert run_cli("week", "--days", "-1").status == 2


def test_the_plain_week_shows_overdue_first_and_the_notes_by_day(
    busy: Context, run_cli: RunCli
) -> None:
    text = run_cli("week").text
    assert text.startswith("OVERDUE (")
    assert text.index("OVERDUE") < text.index("Sat 21 Nov 2026") < text.index("NOTES DUE BY DAY")
    assert "1 snoozed" in text
    assert "at the workshop" in run_cli("week", "--snoozed").text
    assert "at the workshop" in run_cli("week", "--snoozed", "--json").text


def test_mine_needs_a_name(busy: Context, run_cli: RunCli) -> None:
    assert run_cli("week", "--mine").status == 2
    mine = run_cli("week", "--mine", "--json", FTOP_TUI_ME="Kim Lund").json
    assert {item["customer"] for entry in mine for item in entry["items"]} == {
        "Fabrikam",
        "Lucerne Publishing",
    }
    assert len(run_cli("week", "--all", "--json", FTOP_TUI_ME="Kim Lund").json) > len(mine)


def test_items_are_done_moved_and_snoozed_together_by_one_call(
    busy: Context, run_cli: RunCli
) -> None:
    before = dump(busy.store, *DERIVED)
    two = ("enterprise@Fabrikam", "contacts@fabrikam")
    for call, said in (
        (("done", *two), "Done: Enterprise note of fabrikam.onmicrosoft.com and 1 more"),
        (("move", *two, "--to", "2026-11-24"), "Moved to 2026-11-24: "),
        (("snooze", *two, "--until", "2026-11-30", "--reason", "leave"), "Snoozed until"),
    ):
        result = run_cli("week", *call)
        assert (result.status, result.stderr) == (0, b"")
        assert result.text.startswith(said)
        if call[0] == "snooze":
            assert run_cli("week", "wake", *two).status == 0
            run_cli("undo")
        run_cli("undo")
        assert dump(busy.store, *DERIVED) == before
    moved = run_cli("week", "move", "enterprise@Litware", "--to", "2026-11-25", "--json").json
    assert list(moved) == ["done", "items", "warnings"]
    assert "is due 2026-11-22" in moved["warnings"][0]


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (("done", "nothing@Fabrikam"), "no item is named"),
        (("done", "contacts"), "fits"),
        (("done", "contacts@Fabrikam", "--on", "2026-12-01"), "still to come"),
        (("move", "contacts@Fabrikam", "--to", "soon"), "is no date"),
        (("move", "contacts@Fabrikam", "--to", "2026-11-20"), "is past"),
        (("snooze", "contacts@Fabrikam", "--until", "2026-12-01", "--reason", " "), "a reason"),
        (("snooze", "contacts@Fabrikam", "--until", "2026-12-01"), "--reason"),
        (("wake", "contacts@Fabrikam"), "not snoozed"),
        (("done",), "ITEM"),
    ],
)
def test_a_wrong_call_is_told_and_changes_nothing(
    busy: Context, run_cli: RunCli, call: tuple[str, ...], what: str
) -> None:
    before = dump(busy.store)
    result = run_cli("week", *call)
    assert result.status == 2
    assert what in result.error
    assert result.error.count("\n") == 1
    assert dump(busy.store) == before


def test_a_plan_is_shown_by_phase_and_as_json(busy: Context, run_cli: RunCli) -> None:
    """RA-02 to RA-04."""
    text = run_cli("plan", "Tailspin").text
    for part in ("Tailspin Toys  Enable  FY27", "INITIATE", "DRIVE VALUE", "PRIORITIES OF FY27"):
        assert part in text
    document = run_cli("plan", "Tailspin", "--json").json
    assert list(document) == [
        "tenant_id", "name", "phase", "year", "steps", "next", "priorities", "crossed",
    ]  # fmt: skip
    assert document["name"] == "tailspintoys.onmicrosoft.com"
    states = {step["key"]: step["state"] for step in document["steps"]}
    assert states["awareness"] == states["alignment"] == "done"
    assert states["enterprise"] == "recurs"
    assert [p["text"] is None for p in document["priorities"]] == [False, False, True, True, True]
    assert {each["workload"] for each in document["crossed"]} <= {"EXO", "SPO", "WIN10", "AADP"}


def test_completing_a_step_prints_what_comes_next(busy: Context, run_cli: RunCli) -> None:
    done = run_cli("plan", "done", "Fabrikam", "blockers")
    assert "completed Clear what blocks" in done.text
    assert "Next: Bring the focus workload to 15% of usage" in done.text
    aligned = run_cli("plan", "done", "Fabrikam", "alignment", "--json").json
    assert list(aligned) == ["done", "next", "warnings"]
    assert aligned["warnings"] == ["no awareness is linked to a priority of FY27 yet"]
    assert aligned["next"]["key"] == "next-colour"


def test_a_crossed_milestone_is_planned_for_or_set_aside(busy: Context, run_cli: RunCli) -> None:
    """RA-04: the call prints what the playbook suggests."""
    asked = run_cli("plan", "Woodgrove", "--json").json["crossed"]
    (crossed,) = asked
    assert (crossed["workload"], crossed["percent"]) == ("AADP", 40)
    assert crossed["suggestion"].startswith("Drive adoption")
    assert "plan add ... --after AADP:40" in run_cli("plan", "Woodgrove").text
    for call in (
        ("add", "Woodgrove", "Drive it", "--after", "aadp:40%"),
        ("drop", "Woodgrove", "AADP:40"),
    ):
        assert run_cli("plan", *call).status == 0
        assert run_cli("plan", "Woodgrove", "--json").json["crossed"] == []
        run_cli("undo")
        assert run_cli("plan", "Woodgrove", "--json").json["crossed"] == asked


def test_the_plan_s_verbs_and_what_they_refuse(busy: Context, run_cli: RunCli) -> None:
    calls: tuple[tuple[str, ...], ...] = (
        ("add", "Fabrikam", "Call the plants", "--due", "2026-12-01", "--phase", "enable"),
        ("move", "Fabrikam", "call the plants", "none"),
        ("link", "Fabrikam", "teamwork", "Chat only"),
        ("drop", "Fabrikam", "call the plants"),
        ("add", "Fabrikam", "adoption"),
    )
    for call in calls:
        result = run_cli("plan", *call)
        assert (result.status, result.stderr) == (0, b""), result.error
    steps = {s["key"]: s for s in run_cli("plan", "Fabrikam", "--json").json["steps"]}
    assert steps["adoption"]["planned"]
    before = dump(busy.store)
    refused: tuple[tuple[tuple[str, ...], str], ...] = (
        (("add", "Fabrikam", "x", "--phase", "later"), "is none of"),
        (("add", "Fabrikam", "x", "--after", "EXO:99"), "was not crossed"),
        (("move", "Fabrikam", "adoption", "soon"), "is no date"),
        (("done", "Fabrikam", "enterprise"), "recurs by its clock"),
        (("link", "Fabrikam", "nothing", "x"), "no priority"),
        (("done", "Nobody", "awareness"), "no tenant"),
    )
    for call, what in refused:
        result = run_cli("plan", *call)
        assert result.status == 2
        assert what in result.error
    assert dump(busy.store) == before


@pytest.mark.parametrize("days", ["36526", "4000000", "99999999999999"])
def test_more_days_than_a_century_are_refused(days: str, run_cli: RunCli) -> None:
    result = run_cli("week", "--days", days)
    assert result.status == 2
    assert result.error == f"ftop-tui: error: {days} is no number of days ahead\n"


def test_a_century_ahead_is_shown(busy: Context, run_cli: RunCli) -> None:
    assert busy.store.exists()
    assert run_cli("week", "--days", "36525").status == 0
