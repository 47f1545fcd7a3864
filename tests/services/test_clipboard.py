"""Copying a note: the first place that takes it, and a sentence that says which it was."""

import stat
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

import pyperclip
import pytest

from ftop_tui.bootstrap import make_context
from ftop_tui.exchange import clipboard as native
from ftop_tui.services.clipboard import copy
from ftop_tui.services.context import Context

TEXT = "EXEC SUMMARY\n   -  [EXO]  Exchange Online - Pilot of 10 users\n"
SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return make_context(
        data_dir=str(tmp_path / "data"),
        today="2026-11-21",
        environment={"FTOP_TUI_CONFIG_DIR": str(tmp_path)},
    )


@pytest.fixture
def sent() -> list[str]:
    """What was sent through the terminal."""
    return []


def no_clipboard(_: str) -> None:
    raise pyperclip.PyperclipException("no tool here")


def test_the_computers_own_clipboard_goes_first(
    context: Context, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", held.append)
    said = copy(context, TEXT, sent.append, environment=SSH)
    assert held == [TEXT]
    assert sent == []
    assert "clipboard" in said
    assert not context.store.parent.exists()


def test_over_ssh_without_one_the_terminal_is_asked(
    context: Context, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyperclip, "copy", no_clipboard)
    assert "terminal" in copy(context, TEXT, sent.append, environment={"SSH_TTY": "/dev/pts/1"})
    assert sent == [TEXT]
    assert not context.store.parent.exists()


def test_else_the_text_is_in_a_file_for_its_owner_alone(
    context: Context, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyperclip, "copy", no_clipboard)
    said = copy(context, TEXT, sent.append, environment={})
    (path,) = context.store.parent.iterdir()
    assert str(path) in said
    assert path.read_bytes().decode() == TEXT
    assert sent == []
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_tool_that_hangs_counts_as_none(
    context: Context, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Event()
    monkeypatch.setattr(pyperclip, "copy", lambda _: gone.wait(60))
    try:
        assert not native.copy_natively(TEXT, patience=0.05)
    finally:
        gone.set()
    assert native.PATIENCE_SECONDS == 2


def test_the_setting_says_where_it_goes(
    context: Context, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", asked.append)
    terminal = replace(context, settings=replace(context.settings, clipboard="osc52"))
    assert "OSC 52" in copy(terminal, TEXT, sent.append, {})
    assert (asked, sent) == ([], [TEXT])
    monkeypatch.setattr(pyperclip, "copy", no_clipboard)
    own = replace(context, settings=replace(context.settings, clipboard="native"))
    assert "the text is in" in copy(own, TEXT, sent.append, SSH)
    assert sent == [TEXT]
