"""The pages of the docs that come from the code say what the code does."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[1] / "docs"


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATOR = _generator()


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
