"""Who comes first of many tenants, without making a reason for each of them.

The rules are the same that `urgency` assesses with; they are only asked in two steps. Those that
can ask for more than `watch` are asked about every tenant, which gives the bands. The others order
within a band, so they are asked only about the bands that the first places are in.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ftop_tui.playbook.days import Day
from ftop_tui.playbook.factors import Questions, Row, Rules, Weight, columns, weigh
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.urgency import CUSTOMER_RULES, TENANT_RULES
from ftop_tui.playbook.values import Band


class Step(NamedTuple):
    """Some of the rules, and the facts to read for them, `winner` first."""

    of_customer: tuple[Rules, ...]
    of_tenant: tuple[Rules, ...]
    reads: tuple[str, ...]

    def asked(self, today: Day, pack: Pack) -> "Weighing":
        """The rules, to be asked on a day."""
        fields = ("place", *self.reads)
        return Weighing(Questions(self.of_customer, self.of_tenant, fields, today, pack))


class Weighing(NamedTuple):
    """Rules that are asked about rows of a place and a step's facts, a batch at a time."""

    questions: Questions

    def weights(self, rows: Sequence[Row]) -> Iterator[Weight]:
        """What the rules come to for each of the tenants."""
        return map(weigh, self.questions.parts(rows))


def _step(*, watch: bool) -> Step:
    of_customer, of_tenant = (
        tuple(rules for rules in every if rules.watch is watch)
        for every in (CUSTOMER_RULES, TENANT_RULES)
    )
    return Step(of_customer, of_tenant, ("winner", *columns(of_customer + of_tenant)))


_WATCH = Band.WATCH.order
DECIDING = _step(watch=False)
"""What decides the band."""
ORDERING = _step(watch=True)
"""What only adds points."""


def last_band(orders: Counter[int], number: int) -> int:
    """The order of the band in which so many first places end."""
    seen = 0
    for order in range(_WATCH):
        seen += orders[order]
        if seen >= number:
            return order
    return _WATCH
