"""The grade of notes: the source's own, and situations written for this repository (EN-16)."""

import json
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from ftop_tui.exchange.pack_file import load_pack, shipped
from ftop_tui.playbook.lint import Linter, LintPack, NoteContext
from ftop_tui.playbook.templates import Templates
from ftop_tui.playbook.values import EntitlementStatus, Grade, Severity

LINTER = Linter(
    LintPack.read(shipped("lint")), Templates.read(shipped("templates")), load_pack().workloads
)
NOTES = Path(__file__).parent / "notes"
CORPORA = sorted(path.stem for path in NOTES.glob("*.toml"))
ORDER = [Grade.POOR, Grade.MARGINAL, Grade.GREAT]


class Situation(NamedTuple):
    """One situation, told in a great, a marginal and a poor note."""

    situation: str
    workload: str
    status: str
    great: str
    marginal: str
    poor: str

    @property
    def context(self) -> NoteContext:
        """What the linter is told beside the text."""
        return NoteContext(self.workload, EntitlementStatus(self.status))

    @property
    def notes(self) -> list[tuple[Grade, str]]:
        """The three notes, worst first, each with the grade it should get."""
        return list(zip(ORDER, (self.poor, self.marginal, self.great), strict=True))


def corpus(name: str) -> list[Situation]:
    entries = tomllib.loads((NOTES / f"{name}.toml").read_text("utf-8"))["note"]
    return [Situation(**entry) for entry in entries]


def grade(text: str, context: NoteContext) -> Grade:
    return LINTER.judge(text, context).grade


@pytest.mark.parametrize("situation", corpus("source"), ids=lambda s: s.situation)
def test_every_note_of_the_source_gets_the_grade_of_the_source(situation: Situation) -> None:
    for wanted, text in situation.notes:
        assert grade(text, situation.context) is wanted, text


@pytest.mark.parametrize("name", CORPORA)
def test_grades_agree_with_ninety_five_in_a_hundred_notes(name: str) -> None:
    judged = [
        (wanted, grade(text, situation.context), text)
        for situation in corpus(name)
        for wanted, text in situation.notes
    ]
    wrong = [entry for entry in judged if entry[0] is not entry[1]]
    assert len(wrong) <= 0.05 * len(judged), wrong


@pytest.mark.parametrize("name", CORPORA)
def test_the_three_notes_of_a_situation_come_out_in_order(name: str) -> None:
    unordered = []
    for situation in corpus(name):
        ranks = [ORDER.index(grade(text, situation.context)) for _, text in situation.notes]
        if not ranks[0] < ranks[1] < ranks[2]:
            unordered.append((situation, ranks))
    assert unordered == []


@pytest.mark.parametrize("name", CORPORA)
def test_a_great_note_raises_no_alarm_but_for_a_blurring_word(name: str) -> None:
    for situation in corpus(name):
        findings = LINTER.judge(situation.great, situation.context).findings
        alarms = [f for f in findings if f.severity is not Severity.INFO and f.rule != "EN-04"]
        assert alarms == [], situation.great


def test_single_notes_in_many_wordings_get_their_grade() -> None:
    lines = (NOTES / "single.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    wrong = [
        entry
        for entry in entries
        if grade(
            entry["text"], NoteContext(entry["workload"], EntitlementStatus(entry["status"]))
        ).value
        != entry["grade"]
    ]
    assert len(wrong) <= 0.02 * len(entries), wrong


def test_great_notes_in_many_styles_are_great_and_raise_no_alarm() -> None:
    wrong = []
    for line in (NOTES / "great.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        context = NoteContext(entry["workload"], EntitlementStatus(entry["status"]))
        judged = LINTER.judge(entry["text"], context)
        alarms = [f for f in judged.findings if f.severity is not Severity.INFO]
        if judged.grade is not Grade.GREAT or any(f.rule != "EN-04" for f in alarms):
            wrong.append((entry["text"], judged))
    assert wrong == []


EDGES = [
    # until-clause, alone and beside a why
    ("no_intent", "Customer will not deploy until the merger is complete.", "marginal"),
    ("blocked", "Customer blocked because of the Cisco proxy until it is replaced.", "great"),
    # general reasons with nothing more
    ("no_intent", "Customer sees no value.", "marginal"),
    ("no_intent", "No need for this workload.", "marginal"),
    ("blocked", "Customer will not deploy due to lack of features.", "marginal"),
    # the workload's own name is never specific, another's is
    ("blocked", "Customer is blocked due to Windows 10.", "marginal"),
    ("blocked", "Customer is blocked due to Windows 10 issues.", "marginal"),
    ("blocked", "Customer is blocked due to the SharePoint rollout.", "great"),
    ("blocked", "Customer is blocked due to Windows licensing.", "marginal"),
    # the customer's own name is never specific
    ("no_intent", "Contoso will not deploy because Contoso prefers another tool.", "marginal"),
    ("in_progress", "Contoso is moving forward.", "marginal"),
    # progress
    ("in_progress", "Pilot is underway.", "great"),
    ("in_progress", "Working on it.", "marginal"),
    ("no_intent", "Customer has no intent because they deploy with their own IT staff.", "poor"),
    # Blocked and No Intent without a why (EN-03) are never great, whatever else is told
    ("no_intent", "Customer uses Slack.", "marginal"),
    ("blocked", "Pilot of 200 users is in the remediation phase.", "marginal"),
    # an intent that is left open is one all the same
    ("in_progress", "Customer might deploy next year.", "marginal"),
    ("in_progress", "Customer could deploy after the merger.", "marginal"),
    ("unknown", "Customer unresponsive to 10+ attempts. Managed customer.", "great"),
    ("in_progress", "In progress.", "marginal"),
    ("in_progress", "L1 In Progress", "poor"),
    (
        "in_progress",
        "Customer is moving forward with deployment. They are in the adoption phase.",
        "great",
    ),
    (
        "in_progress",
        "Company will onboard to service after Intune is finished. 300 users.",
        "great",
    ),
    # nobody answers
    ("unknown", "Customer unresponsive.", "poor"),
    ("unknown", "Customer unresponsive to multiple contact attempts. Managed account.", "marginal"),
    ("unknown", "Customer unresponsive to 3 contact attempts.", "marginal"),
    ("unknown", "Customer unresponsive. Unmanaged account.", "marginal"),
    ("unknown", "Customer unresponsive to four contact attempts. Unmanaged account.", "great"),
    ("unknown", "Unable to gather intent from customer on this workload.", "marginal"),
    # blank, figures, labels, news, strings of nouns
    ("blocked", "", "poor"),
    ("blocked", " \n", "poor"),
    ("blocked", "-", "poor"),
    ("no_intent", "N/A", "poor"),
    ("no_intent", "Customer has no intent for this workload or usage 0.0%.", "poor"),
    ("in_progress", "Usage 12%", "poor"),
    ("unknown", "Scheduling kickoff meeting to gather intent of workload.", "poor"),
    ("blocked", "Cannot deploy because of licensing and network issues.", "poor"),
    ("no_intent", "Customer declined FastTrack assistance.", "poor"),
    ("in_progress", "The customer bought 500 licences in May.", "poor"),
    ("in_progress", "Sent the customer the guide and asked for a time to talk.", "poor"),
    ("no_intent", "Customer declined FastTrack because they have no time.", "poor"),
    ("no_intent", "Customer has no intent, and the service is of no value to them.", "marginal"),
    ("unknown", "Multiple attempts to reach the customer failed.", "marginal"),
    # a date alone is no why, and a clause no string of nouns
    ("blocked", "Deployment is blocked. The customer told us so again on Thursday.", "poor"),
    ("no_intent", "They use an application and have no mail. No need.", "marginal"),
    ("blocked", "Licensing issues stand in the way.", "marginal"),
    # what could not be done is no hedge
    ("blocked", "Customer could not complete the rollout because Slack was bought.", "great"),
    # hedges
    ("no_intent", "Customer may not deploy because of cost.", "marginal"),
    ("in_progress", "Customer might start the pilot with 50 users.", "marginal"),
    ("blocked", "Customer currently cannot deploy due to currency fields in SAP.", "great"),
    ("no_intent", "Not needed as yet another yeti tracker, Zendesk, was bought.", "great"),
]


@pytest.mark.parametrize(("status", "text", "wanted"), EDGES)
def test_the_edges_of_the_grading_page(status: str, text: str, wanted: str) -> None:
    assert grade(text, NoteContext("WIN10", EntitlementStatus(status))).value == wanted


def test_length_alone_turns_a_great_note_into_a_marginal_one() -> None:
    context = NoteContext("EXO", EntitlementStatus.BLOCKED)
    why = "Customer cannot deploy because the Cisco proxy drops the mail traffic."
    assert grade(why, context) is Grade.GREAT
    assert grade(f"{why} It was bought in 2019. It is leased.", context) is Grade.GREAT
    assert grade(f"{why} It is old. It is leased. It stays.", context) is Grade.MARGINAL
    assert grade(why[:-1] + " and the lease of it runs on" * 8 + ".", context) is Grade.MARGINAL


@pytest.mark.parametrize("status", ["in_progress", "blocked", "no_intent", "unknown"])
@pytest.mark.parametrize(
    "text",
    ["Customer has 200 users.", "12,000 users in 14 countries.", "Customer is in Germany."],
)
def test_a_number_or_a_place_that_states_nothing_is_poor(text: str, status: str) -> None:
    """EN-02: and its error says so."""
    judged = LINTER.judge(text, NoteContext("EXO", EntitlementStatus(status)))
    assert judged.grade is Grade.POOR
    assert ("EN-02", Severity.ERROR) in {(f.rule, f.severity) for f in judged.findings}
