"""A few pictures of stable screens; `pytest --snapshot-update` draws them anew."""

from typing import Any

import pytest

from ftop_tui.app import FtopApp
from ftop_tui.services.context import Context


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "narrow"])
def test_home(portfolio: Context, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(FtopApp(portfolio), press=["j"], terminal_size=size)


def test_import(context: Context, snap_compare: Any) -> None:
    assert snap_compare(FtopApp(context), press=["i"], terminal_size=(80, 24))
