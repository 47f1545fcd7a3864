"""The list's filter and its counts over a whole portfolio, as the home screen asks for them."""

from collections import Counter
from datetime import date

import pytest

from ftop_tui.playbook.query import parse
from ftop_tui.playbook.urgency import rank
from ftop_tui.playbook.values import Band
from ftop_tui.services.portfolio import Portfolio

from .builders import PACK, TODAY, facts

_NAMES = ("Contoso", "Fabrikam", "Žižkov Größe", "Northwind  Traders", "Contoso Labs")


def _portfolio() -> Portfolio:
    tenants = [
        facts(
            tenant_id=f"t{place:02}", customer_id=f"c{place // 2}", name=_NAMES[place % 5],
            winner=place % 2 == 0, health=("red", "blue", None)[place % 3],
            enterprise=TODAY - 5 * place, fm=("Ana Bauer", None, "José Núñez")[place % 3],
            blocked="EXO" if place % 7 == 0 else None, drafts=place % 2,
        )
        for place in range(30)
    ]  # fmt: skip
    return Portfolio(date.fromordinal(TODAY), tuple(rank(tenants, TODAY, PACK)))


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "contoso", "con", "zizkov grosse", "northwind traders", "fm:jose", "fm:none",
        "health:red contoso", "band:b", "draft", "mine", "contoso fabrikam", "nobody",
    ],
)  # fmt: skip
def test_a_portfolio_lets_through_what_the_query_lets_through(text: str) -> None:
    """The words are folded once for all tenants; what is found is what each tenant alone gives."""
    portfolio, asked = _portfolio(), parse(text, ["Ana Bauer"])
    expected = tuple(ranked for ranked in portfolio.ranked if asked(ranked))
    assert portfolio.matching(text, ["Ana Bauer"]) == expected
    portfolio.prepare()
    assert portfolio.matching(text, ["Ana Bauer"]) == expected


@pytest.mark.parametrize("text", ["", "contoso", "health:red", "nobody"])
def test_the_counts_are_those_of_the_rows_shown(text: str) -> None:
    portfolio = _portfolio()
    shown = portfolio.matching(text)
    counted = Counter(ranked.assessment.band for ranked in shown)
    assert portfolio.counts(shown) == {band: counted[band] for band in Band}
    assert portfolio.customers(shown) == len({ranked.facts.customer_id for ranked in shown})
