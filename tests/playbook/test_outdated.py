"""EN-18: a note is outdated by a change of status, or of usage by ten points."""

from datetime import date

import pytest

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.outdated import outdated_by
from ftop_tui.playbook.usage import OwnFigures, UsagePoint

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


def own(active: int | None, month: int, day: int = 1) -> OwnFigures:
    """FTOP's own figures of a day of 2026, of a hundred paid units."""
    return OwnFigures(100, active, date(2026, month, day))


@pytest.mark.parametrize(
    ("months", "now", "kept", "said"),
    [
        ((), own(60, 8, 20), own(20, 7), ("usage rose by 40 points",)),
        ((), own(60, 8, 25), own(20, 8, 20), ("usage rose by 40 points",)),
        ((), own(15, 10), own(60, 8), ("usage fell by 45 points",)),
        ((), own(29, 10), own(20, 8), ()),
        ((), own(60, 8), own(60, 8), ()),
        ((), own(60, 8), None, ()),
        ((), own(60, 9), None, ()),
        ((), own(60, 9), own(None, 8), ()),
        ((), own(None, 9), own(20, 8), ()),
        ((), own(60, 9), own(45, 8, 25), ("usage rose by 15 points",)),
        # a report of a month up to the note's that is no older than the kept figures counts more
        ((10, 20, 30), own(45, 9), own(90, 8), ("usage rose by 15 points",)),
        ((10, 20, 30), own(45, 9), own(90, 6), ("usage rose by 15 points",)),
        ((10, 20), own(45, 9), own(40, 8), ()),
        ((10, 20, None, 50), None, own(40, 8), ("usage rose by 10 points",)),
        # posted as of a day before the kept figures
        ((10, 20), own(45, 9), own(90, 8, 25), ("usage rose by 25 points",)),
        # figures that came after the note are none of its time
        ((10, 20), own(45, 8, 21), None, ("usage rose by 25 points",)),
        ((10, 20), own(45, 8, 20), None, ()),
    ],
)
def test_own_figures_are_compared_with_those_that_the_note_keeps(
    months: tuple[int | None, ...],
    now: OwnFigures | None,
    kept: OwnFigures | None,
    said: tuple[str, ...],
) -> None:
    """EN-18: months of reports are from June 2026 on, the note is of 20 August."""
    reported = workload(*months)
    usage = (*reported.usage, now.point) if now else reported.usage
    assert outdated_by(POSTED, reported._replace(usage=usage, own=now), PACK, kept) == said
