"""Whatever a screen can do is found in the palette by what the screen calls it."""

from collections.abc import Sequence

import pytest
from textual.command import Hit

from ftop_tui.app import FtopApp
from ftop_tui.screens.palette import _MOVES, Commands
from ftop_tui.services.context import Context

from .seeing import press, running, settle

WAYS: tuple[Sequence[str], ...] = (
    (), ("w",), ("b",), ("y",), ("m",), ("h", "s"), ("d", "b"), ("d", "p"), ("d", "e"), ("d", "c"),
    ("d", "f"), ("d", "r"), ("d", "x"), ("e",), ("s",), ("x",), ("l",), ("t",), ("f",), ("i",),
)  # fmt: skip
"""The keys that lead from the list to each screen."""


async def found(app: FtopApp, words: str) -> list[Hit]:
    """What the palette finds, best first."""
    hits = [hit async for hit in Commands(app.screen).search(words) if isinstance(hit, Hit)]
    return sorted(hits, key=lambda hit: -hit.score)


@pytest.mark.parametrize("keys", WAYS, ids="-".join)
async def test_each_action_of_a_screen_is_among_the_first_that_its_name_finds(
    portfolio: Context, keys: Sequence[str]
) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, *keys)
        asked = 0
        for node, binding, enabled, tooltip in app.screen.active_bindings.values():
            name = (binding.id or "").partition(".")[2]
            if not name or name in _MOVES or name in {"palette", "commands"} or node is app:
                continue
            asked += 1
            hits = [hit.text for hit in await found(app, binding.description)]
            assert tooltip in (hits[:12] if enabled else hits), (binding.description, hits[:12])
        assert asked


@pytest.mark.parametrize(
    ("words", "place"),
    [("verify", "Contacts"), ("nominate", "Reviews"), ("raise", "Escalations"), ("psm", "Partners"),
     ("pptx", "Export"), ("awareness", "Plan"), ("snooze", "This week"), ("excel", "Import")],
)  # fmt: skip
async def test_what_another_screen_does_leads_to_it(
    portfolio: Context, words: str, place: str
) -> None:
    async with running(portfolio) as (app, _):
        assert any((hit.text or "").startswith(f"Go to {place}") for hit in await found(app, words))


async def test_what_the_list_does_can_be_done_from_any_screen(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "w")
        hit = next(
            hit for hit in await found(app, "event") if hit.text == "Flag a significant event on "
            "the customer"
        )  # fmt: skip
        await hit.command()
        await settle(pilot)
        assert [type(screen).__name__ for screen in app.screen_stack] == ["HomeScreen", "Prompt"]


async def test_what_cannot_be_done_now_says_why(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "w")
        (hit,) = [hit for hit in await found(app, "wake") if hit.text == "Show it again, or forget "
                  "its snooze"]  # fmt: skip
        hit.command()
        await settle(pilot)
        said = [notice.message for notice in app._notifications]
        assert said == ["It is not asleep: only what was snoozed can be woken."]


async def test_letters_far_apart_are_found_only_where_no_word_begins_so(
    portfolio: Context,
) -> None:
    async with running(portfolio) as (app, _):
        undo = [hit.text or "" for hit in await found(app, "undo")]
        assert undo[0] == "Take the last change back"
        assert not [said for said in undo if said.startswith("Go to")]
        far = [hit.text for hit in await found(app, "gtesc")]
        assert "Go to Escalations: who raised what" in far
        parts = [str(hit.text).partition(":")[0] for hit in await found(app, "eviews")]
        assert "Go to Reviews" in parts
        words = [hit.text for hit in await found(app, "files to")]
        assert "Go to Import: files" in words
