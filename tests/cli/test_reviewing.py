"""`review` and `brief`: the twins of the review screens, as text, JSON and files."""

from pathlib import Path

import pytest

from ftop_tui.services import briefs
from ftop_tui.services.context import Context
from house import FABRIKAM, FABRIKAM_LAB, RunCli

pytestmark = pytest.mark.usefixtures("stocked")
THURSDAY = "2026-11-26"


def test_nominating_says_what_there_is_to_say(run_cli: RunCli) -> None:
    """RA-15."""
    done = run_cli("review", "nominate", "fabrikam foods", "--date", THURSDAY)
    assert done.status == 0
    assert done.text.splitlines() == [
        "Nominated Fabrikam for the review of 2026-11-26",
        "  short notice: nominated 5 days ahead, the agenda is set 7 days ahead",
    ]
    early = run_cli("review", "nominate", "640002", "--date", THURSDAY, "--on", "2026-11-01")
    assert early.text == "Nominated Woodgrove Bank for the review of 2026-11-26\n"


def test_coming_back_too_soon_shows_the_earliest_usual_date(run_cli: RunCli) -> None:
    """RA-16: 42 days after the last presentation; allowed all the same."""
    run_cli("review", "nominate", "640001", "--date", THURSDAY)
    presented = run_cli("--today", THURSDAY, "review", "presented", "640001", "--date", THURSDAY)
    assert presented.text == "Marked Fabrikam as presented at the review of 2026-11-26\n"
    again = run_cli("review", "nominate", "640001", "--date", "2026-12-31")
    assert again.status == 0
    assert "the earliest usual date is 2027-01-07" in again.text
    meetings = run_cli("review", "list", "--json").json
    assert meetings[1]["nominations"][0]["earliest_usual"] == "2027-01-07"
    back = run_cli("--today", THURSDAY, "review", "presented", "640001", "--date", THURSDAY, "--no")
    assert "not presented" in back.text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nominate", "640001", "--date", "2026-11-20"), "2026-11-20 is past"),
        (("nominate", "640001", "--date", THURSDAY, "--on", "2026-11-22"), "still to come"),
        (("nominate", "640001", "--date", "soon"), "--date: 'soon' is no date"),
        (("nominate", "nobody", "--date", THURSDAY), "no tenant is named"),
        (("nominate", "640002", "--date", "2026-12-03"), "already"),
        (("withdraw", "640001", "--date", THURSDAY), "not nominated"),
        (("presented", "640002", "--date", "2026-12-03"), "still to come"),
        (("readiness", "--date", "x"), "is no date"),
        ((), "required"),
    ],
)
def test_what_is_refused_changes_nothing(
    run_cli: RunCli, arguments: tuple[str, ...], said: str
) -> None:
    run_cli("review", "nominate", "640002", "--date", "2026-12-03")
    before = run_cli("review", "list", "--json").stdout
    refused = run_cli("review", *arguments)
    assert refused.status == 2
    assert said in refused.error
    assert run_cli("review", "list", "--json").stdout == before


def test_the_list_tells_who_must_present_and_what_ftop_says(run_cli: RunCli) -> None:
    listed = run_cli("review", "list").text
    assert "2026-11-26  Fabrikam: not nominated, FTOP says 2026-11-26" in listed
    assert "Nobody" not in listed
    run_cli("review", "nominate", FABRIKAM_LAB, "--date", "2026-12-01", "--off-rhythm")
    line = run_cli("review", "list").text
    assert line.split("\n")[0] == "2026-12-01  off rhythm  Fabrikam  must present"
    (meeting,) = run_cli("review", "list", "--json").json
    assert list(meeting) == ["date", "region", "off_rhythm", "nominations"]
    assert meeting["off_rhythm"] is True
    assert meeting["nominations"][0] | {"id": ""} == {
        "id": "", "tenant_id": FABRIKAM, "customer": "Fabrikam", "nominated_on": "2026-11-21",
        "must_present": True, "presented": False, "short_notice": False, "earliest_usual": None,
    }  # fmt: skip


def test_a_nomination_moves_and_is_withdrawn(run_cli: RunCli) -> None:
    run_cli("review", "nominate", "640001", "--date", THURSDAY)
    moved = run_cli("review", "move", "640001", "--date", THURSDAY, "--to", "2026-12-03")
    assert moved.text == "Moved Fabrikam to the review of 2026-12-03\n"
    gone = run_cli("review", "withdraw", "640001", "--date", "2026-12-03")
    assert gone.text == "Withdrew Fabrikam from the review of 2026-12-03\n"
    assert "Undone: Withdrew Fabrikam" in run_cli("undo").text


def test_readiness_is_a_line_for_each_nominated_customer(run_cli: RunCli) -> None:
    """RA-24."""
    assert run_cli("review", "readiness").status == 1
    run_cli("review", "nominate", "640001", "--date", THURSDAY)
    ready = run_cli("review", "readiness")
    assert ready.status == 0
    assert ready.text.startswith("Fabrikam  complete; to do: usage forecast")
    run_cli("set", "640001", "BusinessReason=")
    ready = run_cli("review", "readiness", "--date", THURSDAY)
    assert ready.status == 1
    assert ready.text.startswith("Fabrikam  missing: business reason; to do:")
    (entry,) = run_cli("review", "readiness", "--json").json
    assert entry["missing"] == [
        {"key": "business_reason", "words": "business reason", "tenant_id": FABRIKAM,
         "workload": None}
    ]  # fmt: skip
    assert entry["line"].startswith("missing: business reason")


def test_the_brief_goes_to_stdout_or_whole_into_a_file(run_cli: RunCli, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    printed = run_cli("brief", "640001")
    assert printed.status == 0
    assert printed.text.startswith("# Fabrikam\n\nCustomer Review, as of 2026-11-21\n")
    written = run_cli("brief", "640001", "-o", str(path))
    assert (written.status, written.text) == (0, f"Wrote {path}\n")
    assert path.read_text("utf-8") == printed.text
    text = run_cli("brief", "640001", FABRIKAM_LAB, "--format", "txt").text
    assert text.count("OPENING") == 0
    assert text.startswith("Fabrikam\n========\n")
    assert text.count("SUBSCRIPTION RENEWALS") == 1  # one customer, one brief
    by_name = tmp_path / "b.txt"
    run_cli("brief", "640001", "-o", str(by_name))
    assert by_name.read_text("utf-8") == text


def test_an_incomplete_brief_is_written_and_says_what_is_missing(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """RA-24: exit status 1."""
    run_cli("set", "640002", "Group2Health=", "BusinessReason=")
    path = tmp_path / "b.md"
    done = run_cli("brief", "640002", "-o", str(path))
    assert done.status == 1
    assert "missing: health of group 2, business reason" in done.error
    assert "**Missing: health of group 2, business reason**" in path.read_text("utf-8")
    (entry,) = run_cli("brief", "640002", "--json").json
    assert (entry["complete"], entry["missing"]) == (False, ["group_2", "business_reason"])


def test_without_a_tenant_those_nominated_are_briefed(run_cli: RunCli) -> None:
    nobody = run_cli("brief")
    assert (nobody.status, nobody.text) == (1, "")
    assert "no review meeting is coming" in nobody.error
    assert run_cli("brief", "--date", THURSDAY, "--json").json == []
    run_cli("review", "nominate", "640002", "--date", THURSDAY)
    run_cli("review", "nominate", "640001", "--date", THURSDAY)
    found = run_cli("brief", "--json").json
    assert [entry["name"] for entry in found] == [
        "fabrikamfoods.onmicrosoft.com", "woodgrove.onmicrosoft.com",
    ]  # fmt: skip
    first = found[0]
    assert list(first) == ["tenant_id", "name", "review_date", "complete", "missing", "parts"]
    assert (first["review_date"], first["complete"], first["missing"]) == (THURSDAY, True, [])
    assert list(first["parts"][0]) == ["key", "title", "text", "edited", "stale"]
    run_cli("review", "withdraw", "640001", "--date", THURSDAY)
    assert len(run_cli("brief", "--json").json) == 1
    other = run_cli("brief", "--date", "2026-12-03")
    assert other.status == 1
    assert "nobody is nominated for 2026-12-03" in other.error
    past = run_cli("brief", "--date", "2026-11-19").error
    assert past == "ftop-tui: error: nobody was nominated for 2026-11-19\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("640001", "-o", "{folder}/none/b.md"), "cannot be written"),
        (("nobody",), "no tenant is named"),
        (("640001", "--format", "pptx"), "-o PATH"),
        (("640001", "--audience", "customer"), "-o PATH"),
        (("640001", "--partner", "Northwind"), "--audience partner"),
        (("640001", "--template", "x.pptx"), "--format pptx"),
        (("640001", "--format", "doc"), "invalid choice"),
    ],
)
def test_a_wrong_call_is_told_plainly(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run_cli("brief", *(part.format(folder=tmp_path) for part in arguments))
    assert done.status == 2
    assert said in done.error


def test_an_edited_part_is_in_every_form(stocked: Context, run_cli: RunCli) -> None:
    """RA-22, RA-23."""
    run_cli("review", "nominate", "640001", "--date", THURSDAY)
    briefs.edit(stocked, FABRIKAM, "asks", "- A CxO sponsor")
    assert "- A CxO sponsor" in run_cli("brief").text
    (entry,) = run_cli("brief", "--json").json
    (part,) = [part for part in entry["parts"] if part["key"] == "asks"]
    assert part == {
        "key": "asks", "title": "Asks of FastTrack leadership", "text": "- A CxO sponsor",
        "edited": True, "stale": False,
    }  # fmt: skip


def test_without_a_store_lists_are_empty_and_nothing_is_made(
    run_cli: RunCli, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "nowhere")
    for command in (("review", "list"), ("brief",), ("review", "readiness")):
        found = run_cli("--data-dir", nowhere, *command, "--json")
        assert found.json == []
        assert found.status == (0 if "list" in command else 1)
    assert not Path(nowhere).exists()


def test_what_a_partner_gets_asks_nothing_of_customers_left_out(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """FR-10: nor is our own brief told beside it, however incomplete it is."""
    run_cli("set", "640001", "BusinessReason=")
    run_cli("set", "640002", "BusinessReason=")
    for tpid in ("640001", "640002"):
        run_cli("review", "nominate", tpid, "--date", THURSDAY)
    path = tmp_path / "b.md"
    outward = ("brief", "--audience", "partner", "-o", str(path))
    done = run_cli(*outward)
    assert (done.status, done.error) == (0, "")
    assert "1 customer was left out: Northwind Services is not registered there" in done.text
    told = run_cli(*outward, "--json").json
    assert (list(told), told["paths"]) == (["paths", "warnings"], [str(path)])
    assert run_cli("brief").status == 1


def test_of_a_meeting_that_is_over_the_list_says_who_was_not_marked(run_cli: RunCli) -> None:
    run_cli("review", "nominate", "640001", "--date", THURSDAY)
    line = run_cli("--today", "2026-11-27", "review", "list").text.split("\n")[0]
    assert "Fabrikam  not marked as presented" in line
