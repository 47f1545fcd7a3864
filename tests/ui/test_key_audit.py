"""The keys of all screens side by side: named, told, and the same key with the same meaning."""

import importlib
import inspect
from collections import defaultdict
from collections.abc import Sequence
from pkgutil import iter_modules

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from docs_generator import GENERATOR
from ftop_tui import screens, widgets
from ftop_tui.app import FtopApp
from ftop_tui.exchange.pack_file import shipped
from ftop_tui.services.context import Context

from .conftest import mine
from .seeing import press, running, settle

PLACES = shipped("keys")["place"]
_TYPED = {
    "Enterprise", "Entitlement", "Exec summary", "Overall", "Note", "Import", "Paste",
    "Transfer", "Tenant form", "Ftop", "List",
}  # fmt: skip
"""Where one types throughout, or what others are made from: q is a letter there."""
_NEARER = {"filter", "dialog", "choice", "ticks"}
"""Widgets and bases whose key the thing that has the focus, or the class itself, takes over."""


def nodes() -> list[type[DOMNode]]:
    """All screens and widgets of ours."""
    found = set()
    for package in (screens, widgets):
        for info in iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            found |= {
                value for _, value in inspect.getmembers(module, inspect.isclass)
                if issubclass(value, DOMNode) and value.__module__ == module.__name__
            }  # fmt: skip
    return sorted({*found, FtopApp}, key=lambda cls: cls.__name__)


def test_every_key_has_a_name_to_remap_it_by_and_a_sentence() -> None:
    for cls in nodes():
        for binding in cls.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding), cls
            assert binding.id, (cls, binding.key)
            assert binding.tooltip, (cls, binding.key)
            assert binding.description, (cls, binding.key)


@pytest.mark.parametrize("key", GENERATOR.SAME)
def test_a_key_of_all_screens_means_the_same_on_each(key: str) -> None:
    endings = GENERATOR.SAME[key][1]
    for place, names in PLACES.items():
        for name, keys in names.items():
            if key in keys.split(","):
                assert name.partition(".")[2] in endings, (place, name)


def test_no_key_has_two_meanings_on_a_screen() -> None:
    for place, names in PLACES.items():
        owners = defaultdict(list)
        for name, keys in names.items():
            for key in keys.split(","):
                owners[key].append(name)
        for key, both in owners.items():
            apart = [name for name in both if name.partition(".")[0] not in _NEARER]
            endings = {name.partition(".")[2] for name in apart}
            assert len(apart) < 2 or endings <= GENERATOR.SAME[key][1], (place, key, both)


def test_the_way_back_and_undo_are_on_every_screen_that_has_a_use_for_them() -> None:
    for place, names in PLACES.items():
        endings = {name.partition(".")[2] for name in names}
        keys = {key for each in names.values() for key in each.split(",")}
        if "app.quit" in names and "leave" in endings and place not in _TYPED:
            assert {"escape", "q"} <= keys, place
        if "undo" in endings:
            assert {"u", "U"} <= keys, place


WAYS: dict[str, Sequence[str]] = {
    "week": ("w",), "reviews": ("b",), "presenter": ("b", "P"), "plan": ("d", "p"),
    "escalations": ("d", "e"), "contacts": ("d", "c"), "partners": ("d", "r"),
    "history": ("h", "s"), "search": ("f",), "moved": ("m",), "brief": ("d", "b"),
    "forecasts": ("d", "f"),
}  # fmt: skip


@pytest.mark.parametrize("tenant", ["t00004", "t00001"])
@pytest.mark.parametrize("screen", WAYS)
async def test_each_grey_key_says_why(portfolio: Context, screen: str, tenant: str) -> None:
    """Pressed, it says so in a sentence; t00004 has nothing, t00001 a little of each."""
    async with running(mine(portfolio, "Nobody Else")) as (app, pilot):
        await press(pilot, "o")
        app.screen.go_to(tenant)  # type: ignore[attr-defined]
        await press(pilot, *WAYS[screen])
        await settle(pilot)
        shown = app.screen
        grey = [each for each in shown.active_bindings.values() if not each.enabled]
        for each in grey:
            said = shown.why_not(each.binding.action)  # type: ignore[attr-defined]
            assert said.endswith("."), (each.binding.id, said)
        if grey:
            app.clear_notifications()
            await press(pilot, grey[0].binding.key)
            assert [notice.message for notice in app._notifications]
