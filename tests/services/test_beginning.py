"""The beginning of the list, which a large portfolio's first screen is painted from."""

from pathlib import Path

import pytest

from ftop_tui.bootstrap import make_context
from ftop_tui.services import demo, portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.services.reading import reading
from ftop_tui.store import read_model


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Context:
    folder: Path = tmp_path_factory.mktemp("usual")
    context = make_context(
        data_dir=str(folder), today="2026-11-21", environment={"FTOP_TUI_CONFIG_DIR": str(folder)}
    )
    demo.build(context, 60, 1)
    return context


@pytest.mark.parametrize("number", [0, 1, 7, 20, 50, 1000])
def test_the_beginning_is_that_of_the_whole(
    usual: Context, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio, "_AT_ONCE", 0)
    begun, whole = portfolio.beginning(usual, number), portfolio.load(usual)
    assert begun.ranked == whole.ranked[: len(begun.ranked)]
    assert len(begun.ranked) == min(number, len(whole.ranked))
    assert begun.counts() == begun.counts(begun.ranked) == whole.counts()
    assert begun.customers() == whole.customers()
    assert begun.size() == whole.size() == len(whole.ranked)


def test_some_of_the_beginning_count_as_they_are(
    usual: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio, "_AT_ONCE", 0)
    begun = portfolio.beginning(usual, 20)
    assert begun.size(begun.ranked[:5]) == begun.customers(begun.ranked[:5]) == 5
    assert begun.whole is not None


def test_a_small_portfolio_is_there_as_a_whole(usual: Context) -> None:
    assert portfolio.beginning(usual, 3) == portfolio.load(usual)


def test_no_store_is_an_empty_portfolio(context: Context) -> None:
    assert portfolio.beginning(context, 3) == Portfolio(context.today(), ())


def test_of_all_tenants_little_is_held_at_a_time(usual: Context) -> None:
    """At the first paint of 10,000 four times as much of both took 2.6 MiB more."""
    with reading(usual) as connection:
        read_model.go_through(connection)
        assert connection.in_transaction
        assert -512 <= connection.execute("PRAGMA cache_size").fetchone()[0] < 0
    assert read_model._BATCH <= 250
