"""The docs say what the code does, lead where they say, and name nothing that is not there."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from docs_generator import DOCS, GENERATOR
from ftop_tui.cli.commands import COMMANDS

ROOT = DOCS.parent
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])


@pytest.mark.parametrize("page", GENERATOR.PAGES)
def test_a_page_is_as_the_code_writes_it(page: str) -> None:
    written = (DOCS / page).read_text("utf-8")
    assert written == GENERATOR.PAGES[page](), "run `python dev.py docs`"


def test_every_key_of_a_screen_has_a_name_and_says_what_it_does() -> None:
    silent = [
        f"{cls.__name__}: {binding.key}"
        for cls in GENERATOR.screen_classes()
        for binding in cls.__dict__.get("BINDINGS", ())
        if not (getattr(binding, "id", None) and getattr(binding, "tooltip", None))
    ]
    assert silent == []


def _prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


def _anchors(page: Path) -> Iterator[str]:
    """What the headings of a page are called in links."""
    for heading in re.findall(r"^#+ (.*)$", _prose(page), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(page)):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        place = (page.parent / name) if name else page
        assert place.exists(), f"{page.name}: {target}"
        if anchor and place.suffix == ".md":
            assert anchor in set(_anchors(place)), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_is_one(page: Path) -> None:
    known = {command.name for command in COMMANDS} | {"COMMAND", "…"}
    named = re.findall(r"`ftop-tui ([a-z]+|COMMAND|…)[ `]", page.read_text("utf-8"))
    assert set(named) <= known


def test_readme_begins_with_the_two_commands_that_set_it_up() -> None:
    first = re.search(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert first is not None
    assert [line.split("#")[0].strip() for line in first[1].splitlines()] == [
        "python dev.py demo", "python dev.py test",
    ]  # fmt: skip


def test_the_recording_is_of_this_tour_and_fetches_nothing() -> None:
    recording = import_module("recording")  # beside the generator, on whose way it is
    moving = (DOCS / "pictures" / "tour.svg").read_text("utf-8")
    assert len(moving.encode()) < recording.MOST_BYTES
    assert "<script" not in moving
    assert "url(http" not in moving
    shown = moving.replace("&#160;", " ").replace("\N{NO-BREAK SPACE}", " ")
    for stop in recording.TOUR:
        assert stop.title in shown, "run `python dev.py recording`"
    two = recording.joined(["<svg a='1'>one</svg>", "<svg a='2'>two</svg>"], [1, 3])
    assert two.startswith("<svg a='1'>")
    assert '<g class="stop0">one</g>\n<g class="stop1">two</g>' in two
    assert "@keyframes stop1 { 0% {visibility: hidden} 25.00% {visibility: visible}" in two


def test_dev_py_tells_of_every_command_that_it_has() -> None:
    text = (ROOT / "dev.py").read_text("utf-8")
    told = set(re.findall(r"^    python dev\.py (\w+)", text, re.MULTILINE))
    assert told == set(re.findall(r'^        "(\w+)": \w+,$', text, re.MULTILINE))
