"""Every rule of the playbook is seen in the demo portfolio, where docs/playbook.md says it is."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.rules import read_rules
from ftop_tui.playbook.shown import Shown
from house import Result, RunCli, dump, run_in

PLACES = tuple(Shown.read(entry) for entry in shipped("shown")["shown"])
NAMES = [f"{place.rule} {' '.join(place.command)[:60]}" for place in PLACES]


class Demo:
    """The default demo, made once; what a command says of it is kept for those who ask again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.call = cache(self._call)
        made = self.call("demo", "--into", str(folder / "data"))
        assert made.status == 0, made.error
        self.rows = dump(folder / "data" / "ftop-tui.sqlite3")

    def _call(self, *arguments: str) -> Result:
        return run_in(self.folder, arguments)

    def output(self, place: Shown) -> str:
        """What the command of a place prints, complains of, and writes."""
        written, given = self.folder / "out", self.folder / "given.csv"
        written.unlink(missing_ok=True)

        def fill(kind: str, whose: str) -> str:
            if kind in {"out", "file"}:
                return str(written if kind == "out" else given)
            return {"note": self._note, "escalation": self._escalation, "tenant": self._tenant}[
                kind
            ](whose)

        command, content = place.filled(fill)
        if not content and str(written) not in command:
            told = self.call(*command)
            return told.text + told.error
        given.write_text(content, "utf-8")
        told = self._call(*command)
        return told.text + told.error + _text_of(written)

    def _note(self, whose: str) -> str:
        kind, state, name, *tag = whose.split(":")
        workload, _, day = (tag[0] if tag else "").partition("@")
        notes: list[dict[str, Any]] = self.call("note", "list", self._tenant(name), "--json").json
        return next(
            str(note["id"])
            for note in notes
            if (note["kind"], note["state"]) == (kind, state)
            and note["workload"] == (workload or None)
            and (not day or note["posted_on"] == day)
        )  # fmt: skip

    def _escalation(self, whose: str) -> str:
        found: str = self.call("escalation", "list", self._tenant(whose), "--json").json[0]["id"]
        return found

    def _tenant(self, whose: str) -> str:
        """The tenant of a name, or the winner of the customer that is called so."""
        every = self.call("list", "--json").json
        return next(
            str(each["tenant_id"])
            for each in every
            if (each["winner"] and each["customer"] == whose) or each["name"].startswith(whose)
        )


def _text_of(path: Path) -> str:
    """The text of a file that was written; of a workbook or slides that of their parts."""
    if not path.exists():
        return ""
    if not is_zipfile(path):
        return path.read_text("utf-8")
    with ZipFile(path) as packed:
        return "".join(
            packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")
        )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(tmp_path_factory.mktemp("shown"))


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_the_demo_shows_a_rule_where_the_page_says(place: Shown, demo: Demo) -> None:
    output = demo.output(place)
    assert place.says in output
    assert [text for text in place.lacks if text in output] == []


def test_showing_changed_nothing(demo: Demo) -> None:
    for place in PLACES:
        demo.output(place)
    assert dump(demo.folder / "data" / "ftop-tui.sqlite3") == demo.rows


def test_every_rule_is_shown_somewhere() -> None:
    shown = Counter(place.rule for place in PLACES)
    assert shown.keys() == {rule.id for rule in read_rules(shipped("rules"))}


def test_every_customer_named_is_one_of_the_demo(demo: Demo) -> None:
    customers = {each["customer"] for each in demo.call("list", "--json").json}
    assert {place.customer for place in PLACES} - {""} <= customers


def test_a_rule_says_where_the_demo_shows_it(run_cli: RunCli) -> None:
    said = run_cli("rules", "FR-12").text
    assert "demo:   Litware: Partners (d, r): MISSED\n" in said
