"""What the customers of a portfolio share: partners and review meetings."""

from datetime import date, timedelta

from ftop_tui.services.demo.data import DemoData
from ftop_tui.services.demo.rows import Batch, Dice
from ftop_tui.services.demo.scene import Shared
from ftop_tui.store import tables as t

WEEKS = range(-8, 4)
"""The meetings there are, counted from this week's."""


def add_shared(dice: Dice, batch: Batch, data: DemoData) -> Shared:
    """The partners with their PSMs (FR-03) and a meeting a week (RA-15)."""
    partners = {name: dice.id() for name in data.pool["partners"]}
    for name, partner_id in partners.items():
        batch.add(t.Partner, id=partner_id, name=name, psm=dice.pick(data.pool["psms"]))
    first = next_weekday(batch.today, data.texts["reviews"]["weekday"])
    meetings = {week: (dice.id(), first + timedelta(weeks=week)) for week in WEEKS}
    for review_id, day in meetings.values():
        region = dice.pick(data.pool["regions_of_reviews"])
        batch.add(t.Review, id=review_id, day=day, region=region, off_rhythm=False)
    return Shared(partners, meetings)


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday (0: Monday) on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
