"""The opening sentence of a Customer Review (RA-17, RA-18)."""

from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.days import month_end, month_text
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.values import Health

NOT_HIGHER = "forecast_not_higher"
"""Mark: the forecast does not raise the colour (RA-18)."""

MONTH_PAST = "forecast_month_past"
"""Mark: the forecast's month is over (RA-18)."""

MARK_WORDS = {
    NOT_HIGHER: "the forecast does not raise the colour",
    MONTH_PAST: "the forecast's month is over",
}


class OpeningParts(NamedTuple):
    """What the sentence says; None where it is not known."""

    name: str | None
    overall_health: Health | None
    group_1: Health | None
    group_2: Health | None
    group_3: Health | None
    forecast_health: Health | None
    forecast_month: date | None


class OpeningSentence(NamedTuple):
    """The sentence with missing parts in brackets, what is missing, and what is odd about it."""

    sentence: str
    missing: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing; a mark does not make it incomplete."""
        return not self.missing


def shown_name(brand: str | None, customer: str | None, tenant: str | None) -> str | None:
    """How the customer is called in sentences, brief and slide (ES-13)."""
    return brand or customer or tenant or None


def opening_sentence(parts: OpeningParts, today: date, pack: Pack) -> OpeningSentence:
    """The sentence as the playbook words it (RA-17); Blue may keep its colour (RA-18)."""
    keeps = parts.overall_health is Health.BLUE and parts.forecast_health in {None, Health.BLUE}
    values = {
        "name": parts.name,
        "overall_health": _word(parts.overall_health),
        "group_1": _word(parts.group_1),
        "group_2": _word(parts.group_2),
        "group_3": _word(parts.group_3),
    }
    if not keeps:
        values["forecast_health"] = _word(parts.forecast_health)
        month = parts.forecast_month
        values["forecast_month"] = month_text(month) if month else None
    shown = {
        key: value if value else f"[{pack.opening.placeholders[key]}]"
        for key, value in values.items()
    }
    shown["health"] = shown["overall_health"]
    second = pack.opening.keep if keeps else pack.opening.change
    sentence = f"{pack.opening.health.format(**shown)} {second.format(**shown)}"
    missing = tuple(key for key, value in values.items() if not value)
    return OpeningSentence(sentence, missing, () if keeps else _marks(parts, today))


def _word(health: Health | None) -> str | None:
    return health.word if health else None


def _marks(parts: OpeningParts, today: date) -> tuple[str, ...]:
    marks = []
    now, then = parts.overall_health, parts.forecast_health
    if now and then and then.level <= now.level:
        marks.append(NOT_HIGHER)
    if parts.forecast_month and month_end(parts.forecast_month) < today:
        marks.append(MONTH_PAST)
    return tuple(marks)
