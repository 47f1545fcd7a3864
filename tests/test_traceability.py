"""Every rule of the playbook can be traced to code and tests, or is said to be still to come."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ftop_tui.cli import about
from ftop_tui.exchange.pack_file import load_pack, load_part, shipped
from ftop_tui.playbook.lint import Linter, LintPack, NoteContext
from ftop_tui.playbook.rule_notes import RuleNotes
from ftop_tui.playbook.rules import read_rules
from ftop_tui.playbook.templates import Templates
from ftop_tui.playbook.values import EntitlementStatus
from house import RunCli

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "ftop_tui"
RULES = [rule.id for rule in read_rules(shipped("rules"))]
EXAMPLES, TO_COME = shipped("examples"), shipped("pending")
PENDING, PARTLY = TO_COME["pending"], TO_COME["partly"]
NOTES = {rule: RuleNotes.read(rule, EXAMPLES, TO_COME) for rule in RULES}
LINTED = [rule for rule, notes in NOTES.items() if notes.workload]

_ID = re.compile(r"\b(?:ES|OS|RA|EN|FR)-\d\d\b")
_TELLS_OF_ALL = {"rules.toml", "examples.toml", "shown.toml"}
_HOLDS_ONLY = ("store/tables.py", "services/demo/")
"""Where a rule is named for what is kept of it, or made up: nothing is carried out there."""


def _texts(root: Path, *endings: str) -> Iterator[tuple[str, str]]:
    for path in sorted(root.rglob("*")):
        if path.suffix in endings and path.name not in _TELLS_OF_ALL:
            yield path.relative_to(root).as_posix(), path.read_text("utf-8")


def _named(texts: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Where each id is named."""
    places: dict[str, list[str]] = {}
    for name, text in texts:
        for rule in set(_ID.findall(text)):
            places.setdefault(rule, []).append(name)
    return places


def _docstrings(texts: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The docstrings of functions and classes: there the code says what it carries out."""
    for name, text in texts:
        if name.startswith(_HOLDS_ONLY):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield f"{name}: {node.name}", ast.get_docstring(node) or ""


IN_SOURCE = _named(_texts(SOURCE, ".py", ".toml", ".tcss"))
CARRIED_OUT = _named(_docstrings(_texts(SOURCE, ".py")))
IN_TESTS = _named(
    (name, text) for name, text in _texts(TESTS, ".py", ".toml") if name != Path(__file__).name
)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_carried_out_and_tested_or_said_to_be_still_to_come(rule: str) -> None:
    assert rule in IN_SOURCE
    if rule in PENDING:
        where = CARRIED_OUT.get(rule)
        assert where is None, f"take {rule} out of pending.toml: {where} carries it out"
    else:
        assert rule in CARRIED_OUT, f"no docstring says that it carries {rule} out"
        assert rule in IN_TESTS, f"no test names {rule}"


@pytest.mark.parametrize("places", [IN_SOURCE, IN_TESTS], ids=["code", "tests"])
def test_no_rule_is_named_that_does_not_exist(places: Mapping[str, list[str]]) -> None:
    assert {rule: where for rule, where in places.items() if rule not in RULES} == {}


def test_what_is_still_to_come_is_told_once_and_in_words() -> None:
    assert not PENDING.keys() & PARTLY.keys()
    assert PENDING.keys() | PARTLY.keys() <= set(RULES)
    assert all(text.strip() for text in (*PENDING.values(), *PARTLY.values()))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_an_example(rule: str) -> None:
    """A bad one and a good one, or what one sees of it."""
    notes = NOTES[rule]
    assert set(EXAMPLES) == set(RULES)
    if rule.startswith(("EN", "ES", "OS")):
        assert notes.bad
        assert notes.good
        assert notes.sees is None
    else:
        assert notes.sees


@pytest.fixture(scope="module")
def linter() -> Linter:
    templates = Templates.read(load_part("templates"))
    return Linter(LintPack.read(load_part("lint")), templates, load_pack().workloads)


@pytest.mark.parametrize("rule", LINTED)
def test_the_linter_tells_the_bad_example_of_a_rule_from_the_good_one(
    rule: str, linter: Linter
) -> None:
    """EN-01 ff.: what `rules ID` shows is what the linter says."""
    notes = NOTES[rule]
    around = NoteContext(notes.workload or "", EntitlementStatus(notes.status or ""))
    bad, good = (
        {finding.rule for finding in linter.judge(text or "", around).findings}
        for text in (notes.bad, notes.good)
    )
    assert rule in bad
    assert rule not in good


def test_a_rule_is_shown_with_its_examples_and_its_state(run_cli: RunCli) -> None:
    shown = run_cli("rules", "EN-04").text
    assert f"bad:    {NOTES['EN-04'].bad}" in shown
    assert f"good:   {NOTES['EN-04'].good}" in shown
    assert "state:  carried out\n" in shown
    assert f"seen:   {NOTES['FR-01'].sees}" in run_cli("rules", "FR-01").text


def test_what_a_rule_still_lacks_is_shown(run_cli: RunCli, monkeypatch: pytest.MonkeyPatch) -> None:
    lacks = {"pending": {"EN-01": "counting the words"}, "partly": {"EN-02": "the empty note"}}
    monkeypatch.setattr(
        about, "shipped", lambda part: lacks if part == "pending" else shipped(part)
    )
    whole, part = (run_cli("rules", rule).text for rule in lacks["pending"] | lacks["partly"])
    assert "\nstate:  not carried out yet: counting the words\n" in whole
    assert "\nstate:  carried out, not yet: the empty note\n" in part


def test_the_rules_as_json_keep_the_shape_of_the_contract(run_cli: RunCli) -> None:
    for document in (run_cli("rules", "EN-04", "--json").json, run_cli("rules", "--json").json):
        assert {tuple(entry) for entry in document} == {("id", "doc", "area", "says", "does")}
