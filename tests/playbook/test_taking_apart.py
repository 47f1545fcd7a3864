"""FTOP's text of an Enterprise note, taken apart into its fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.notes import EnterpriseBody
from ftop_tui.playbook.render import enterprise_fields, render
from ftop_tui.playbook.taking_apart import parts_found, take_apart
from ftop_tui.playbook.values import EnterpriseStatus
from ftop_tui.text import clean, clean_line

from .builders import PACK

FROM_FTOP = """\
Reason (Required):
Major Brand
Status (R/Y/G; Required): Y

EXEC SUMMARY (Required):
High level topic: Mail is late
Brief Description: The pilot of 400 waits for the firewall team.
They meet on Friday.
Impact: two weeks
Actions: FastTrack walks the team through the endpoints
O365 Deployment Status Current Overview (Required)
Mail first, then files.

Office after that.
current ftc activities:
Exchange Online (EXO): pilot runs, next action 2026-12-04
[SPO] not in scope
TEAMS: a workshop is planned
RISKS: Escalated to the CIO.
Public / Brand name: Contoso
Next Update (Required): Fri, 4 Dec 2026
Awareness:
Status: merger is announced
"""


def test_ftops_own_text_finds_its_fields() -> None:
    assert take_apart(FROM_FTOP, PACK) == EnterpriseBody(
        reason=("Major Brand",),
        status=EnterpriseStatus.YELLOW,
        topic="Mail is late",
        description="The pilot of 400 waits for the firewall team.\nThey meet on Friday.",
        impact="two weeks",
        actions="FastTrack walks the team through the endpoints",
        overview="Mail first, then files.\n\nOffice after that.",
        ftc_exo="pilot runs, next action 2026-12-04",
        ftc_spo="not in scope",
        ftc_other="TEAMS: a workshop is planned",
        risks="Escalated to the CIO.",
        brand="Contoso",
        next_update=date(2026, 12, 4),
        awareness="Status: merger is announced",
    )


def test_lines_without_a_place_go_to_the_overview() -> None:
    found = take_apart("Hello\nStatus: on track\n\nNext Update: soon\nRisks: none", PACK)
    assert found == EnterpriseBody(
        overview="Hello\nStatus: on track\nNext Update: soon", risks="none"
    )


def test_what_follows_a_single_value_goes_to_the_overview_too() -> None:
    found = take_apart("Status: Green\nAll is well.\nOverview of it\nBrand", PACK)
    assert (found.status, found.overview) == (
        EnterpriseStatus.GREEN, "All is well.\nOverview of it\nBrand",
    )  # fmt: skip


def test_a_summary_without_its_labels_is_the_description() -> None:
    found = take_apart("Exec Summary: Mail waits.\nFiles wait.\nImpact: large", PACK)
    assert (found.description, found.impact) == ("Mail waits.\nFiles wait.", "large")


def test_parts_are_found_without_the_heading_above_them() -> None:
    found = take_apart("High Level Topic: Mail\nProgress: 40%", PACK)
    assert (found.topic, found.progress, found.overview) == ("Mail", "40%", "")


def test_a_heading_that_comes_twice_is_text_the_second_time() -> None:
    assert take_apart("Risks: one\nRisks: two", PACK).risks == "one\nRisks: two"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-04", date(2026, 12, 4)),
        ("12/24/2026", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("5/5/2026", date(2026, 5, 5)),
        ("December 4, 2026", date(2026, 12, 4)),
        ("2026-12-04T00:00:00", date(2026, 12, 4)),
        ("4/12/2026", None),
        ("31 Foo 2026", None),
        ("2026-02-30", None),
    ],
)
def test_a_day_is_read_where_it_reads_one_way_only(text: str, day: date | None) -> None:
    found = take_apart(f"Next Update: {text}", PACK)
    assert found.next_update == day
    assert found.overview == ("" if day else f"Next Update: {text}")


def test_the_fields_found_are_named_as_ftop_names_them() -> None:
    found = take_apart("Status: red\nAwareness: x", PACK)
    assert parts_found(found, PACK) == ("Status", "Awareness")


def test_commands_to_the_terminal_do_not_come_through() -> None:
    assert take_apart("Risks: \x1b]52;c;aGFjaw==\x07none\x1b[31m", PACK).risks == "none"


_LABELS = {
    clean_line(name).casefold()
    for name in (
        *(name for name, _ in enterprise_fields(EnterpriseBody(), PACK)),
        *(label.removesuffix(":") for label in PACK.enterprise.summary_labels),
    )
}
_line = (
    st.text(st.characters(exclude_characters=":[]()", codec="utf-8"), max_size=30)
    .map(clean_line)
    .filter(
        lambda line: line.casefold().replace(" ", "") not in {x.replace(" ", "") for x in _LABELS}
    )
)
_text = st.lists(_line, max_size=4).map("\n".join).map(str.strip)
_reasons = st.lists(st.sampled_from(PACK.enterprise.reasons), unique=True).map(tuple)
_bodies = st.builds(
    EnterpriseBody,
    reason=_reasons,
    status=st.sampled_from([None, *EnterpriseStatus]),
    topic=_text, description=_text, impact=_text, actions=_text, progress=_text,
    overview=_text, ftc_exo=_line, ftc_spo=_line, ftc_opp=_line, ftc_other=_text,
    risks=_text, brand=_line, next_update=st.none() | st.dates(), awareness=_text,
)  # fmt: skip


@given(_bodies)
def test_what_was_rendered_comes_back_as_it_was(body: EnterpriseBody) -> None:
    assert take_apart(render(body, PACK), PACK) == body


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalpha())


_HEADINGS = tuple(
    _letters(name.partition("(")[0])
    for name in (
        *(label for label, _ in enterprise_fields(EnterpriseBody(), PACK)),
        *PACK.enterprise.summary_labels,
    )
)


@given(st.text())
def test_no_word_is_lost(text: str) -> None:
    """Whatever is pasted, each of its words stands in one of the fields, headings aside."""
    said = render(take_apart(text, PACK), PACK)
    lines = [line for line in clean(text).split("\n") if not _letters(line).startswith(_HEADINGS)]
    assert all(word in said for line in lines for word in line.split())
