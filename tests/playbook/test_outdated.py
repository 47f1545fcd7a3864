"""EN-18: a note is outdated by a change of status, or of usage by ten points."""

from datetime import date

import pytest

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.outdated import outdated_by
from ftop_tui.playbook.usage import UsagePoint

from .builders import PACK

POSTED = date(2026, 8, 20)


def workload(*active: int | None, since: date | None = None) -> WorkloadDetail:
    """A hundred units paid; active users from June 2026 on, a month each."""
    usage = tuple(UsagePoint(date(2026, 6 + i, 1), 100, users) for i, users in enumerate(active))
    return WorkloadDetail("EXO", status_since=since, usage=usage)


@pytest.mark.parametrize(
    ("active", "said"),
    [
        ((), ()),
        ((None, None, None), ()),
        ((10, 10, 30, 39), ()),
        ((10, 10, 30, 40), ("usage rose by 10 points",)),
        ((10, 10, 30, 20), ("usage fell by 10 points",)),
        ((10, 10, 30, 55, 31), ()),
        ((50, None, None, 30), ("usage fell by 20 points",)),
        ((None, None, None, 30, 45), ("usage rose by 15 points",)),
    ],
)
def test_usage_is_compared_with_the_month_of_the_note(
    active: tuple[int | None, ...], said: tuple[str, ...]
) -> None:
    assert outdated_by(POSTED, workload(*active), PACK) == said


@pytest.mark.parametrize(("since", "changed"), [(19, False), (20, False), (21, True)])
def test_a_status_that_changed_on_a_later_day_counts(since: int, changed: bool) -> None:
    detail = workload(since=date(2026, 8, since))
    assert bool(outdated_by(POSTED, detail, PACK)) is changed
