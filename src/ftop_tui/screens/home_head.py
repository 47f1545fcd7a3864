"""The head of the list's screen: the day, how many customers, how many tenants in which band."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from ftop_tui.playbook.days import fiscal_quarter, long_day
from ftop_tui.playbook.pack import Year
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.values import Band
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.widgets import looks


def head_variants(
    portfolio: Portfolio, rows: Sequence[Ranked], year: Year, *, whose: str, demo: bool
) -> list[Content]:
    """The head for these rows, the longest first; `whose` tenants they are where that is asked."""
    title = Content.styled("FTOP", "bold $ftop-key")
    if demo:
        title += Content.styled(" demo", "bold $ftop-late")
    told = [Content.styled(whose, looks.KEY)] if whose else []
    told += _numbers(portfolio, rows)
    heads = [[day] for day in _days(portfolio.today, year)]
    return [Content("  ").join([title, *map(Content, head), *told]) for head in [*heads, []]]


def _numbers(portfolio: Portfolio, rows: Sequence[Ranked]) -> list[Content]:
    number, counts = portfolio.customers(rows), portfolio.counts(rows)
    bands = [
        Content.styled(f"{counts[band]:,} {band.value}", looks.band(band).style)
        for band in Band
        if counts[band] and band is not Band.WATCH
    ]
    return [Content(f"{number:,} customer{'' if number == 1 else 's'}"), *bands]


def _days(today: date, year: Year) -> list[str]:
    """The day and its quarter in fewer and fewer words."""
    day = long_day(today.toordinal())
    quarter = fiscal_quarter(today.toordinal(), label=year.label, first_month=year.first_month)
    return [f"{day} · {quarter}", f"{day.partition(' ')[2]} · {quarter}", quarter]
