"""Whom one can nominate, by a part of the name, and how a nomination is told of."""

from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from functools import partial
from typing import Any

from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.reviews import Hint
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services import reviews
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.services.reviews import Nominated
from ftop_tui.text import fold, has_all
from ftop_tui.widgets.customer_choice import CustomerChoice, CustomerItem
from ftop_tui.widgets.dialogs import Confirm

Then = Callable[[date], object]
"""Told the day of the meeting, once somebody is nominated for it."""


def write_nomination(
    screen: FtopScreen[Any], call: Callable[[], Nominated], then: Callable[[], object]
) -> None:
    """Nominate in a worker, or move a nomination; tell every screen, say the warnings (RA-15)."""

    def done(nominated: Nominated) -> None:
        then()
        screen.announce(nominated.changes)
        for warning in nominated.warnings:
            screen.say(f"{warning[0].upper()}{warning[1:]}.")

    screen.run_service(call, done, group=WRITING)


def choose_and_nominate(
    screen: FtopScreen[Any],
    loaded: Portfolio | None,
    hints: Iterable[Hint],
    day: date,
    taken: Set[str],
    then: Then,
) -> None:
    """Have a customer chosen by a part of its name and nominated for the meeting of a day."""
    choice = CustomerChoice(
        "Nominate a customer",
        f"for the review of {long_day(day.toordinal())}",
        _matching(loaded, hints, taken),
    )

    def chosen(tenant_id: str | None) -> None:
        if tenant_id:
            call = partial(reviews.nominate, screen.context, tenant_id, day)
            write_nomination(screen, call, lambda: then(day))

    screen.app.push_screen(choice, chosen)


def ask_to_nominate(
    screen: FtopScreen[Any], tenant_id: str, name: str, wanted: date | None, then: Then
) -> None:
    """Offer to nominate a customer, for a day or for the next meeting: then it can be edited."""

    def ask(day: date) -> None:
        question = Confirm(
            f"{name} is not nominated",
            "A brief is edited for a review. Nominate the customer for "
            f"{long_day(day.toordinal())}?",
            yes="Nominate",
            no="Leave it",
        )
        call = partial(reviews.nominate, screen.context, tenant_id, day)

        def answered(yes: bool | None) -> None:
            if yes:
                write_nomination(screen, call, lambda: then(day))

        screen.app.push_screen(question, answered)

    def look() -> date:
        today = screen.context.today()
        if wanted is not None and wanted >= today:
            return wanted
        return next(m.day for m in reviews.calendar(screen.context) if m.day >= today)

    screen.run_service(look, ask)


def _matching(
    loaded: Portfolio | None, hints: Iterable[Hint], taken: Set[str]
) -> Callable[[str], Sequence[CustomerItem]]:
    """The customers whose names have the words, those first of whom FTOP names a review date."""
    hinted = {hint.customer_id: hint.words for hint in hints}
    every = []
    for ranked in loaded.ranked if loaded else ():
        facts = ranked.facts
        if not facts.winner or facts.customer_id in taken:
            continue
        called = shown_name(facts.brand, facts.customer, facts.name) or facts.name
        said = hinted.get(facts.customer_id, "")
        names = (facts.brand, facts.customer, facts.name, facts.tpid)
        # Folded once: a large portfolio is looked through at every key.
        folded = "\n".join(fold(name) for name in names if name)
        every.append((folded, CustomerItem(facts.tenant_id, called, facts.health, said)))
    every.sort(key=lambda entry: not entry[1].said)

    def matching(text: str) -> Sequence[CustomerItem]:
        words = fold(text).split()
        return [item for folded, item in every if has_all(words, folded)]

    return matching
