"""Who comes first: the same bands and points, from the rules asked in two steps."""

from collections import Counter
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.factors import Weight
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.first import DECIDING, ORDERING, Step, last_band
from ftop_tui.playbook.urgency import assess
from ftop_tui.playbook.values import Band

from .builders import PACK, TODAY
from .test_urgency import any_facts


def _weights(step: Step, tenants: list[TenantFacts]) -> list[Weight]:
    facts_of = attrgetter(*step.reads)
    rows = [(place, *facts_of(tenant)) for place, tenant in enumerate(tenants)]
    weighing = step.asked(TODAY, PACK)
    half = len(rows) // 2
    return [*weighing.weights(rows[:half]), *weighing.weights(rows[half:])]


@given(st.lists(any_facts(), max_size=6))
def test_both_steps_together_are_the_assessment(tenants: list[TenantFacts]) -> None:
    """The first decides the band, for the second asks for no more than watch."""
    deciding, ordering = _weights(DECIDING, tenants), _weights(ORDERING, tenants)
    for tenant, decided, ordered in zip(tenants, deciding, ordering, strict=True):
        whole = assess(tenant, TODAY, PACK)
        assert decided.order == whole.band.order
        assert ordered.order == Band.WATCH.order
        assert decided.points + ordered.points == whole.urgency


@pytest.mark.parametrize(("number", "last"), [(1, 1), (3, 1), (4, 2), (5, 2), (6, 4), (99, 4)])
def test_the_first_places_end_in_the_band_that_holds_the_last_of_them(
    number: int, last: int
) -> None:
    assert last_band(Counter({1: 3, 2: 2, 4: 7}), number) == last
