"""Whether an entitlement note still says what is so (EN-18)."""

from datetime import date

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.usage import UsagePoint


def outdated_by(posted_on: date, workload: WorkloadDetail, pack: Pack) -> tuple[str, ...]:
    """What has changed on a workload since its note was posted, in words; empty when nothing has.

    A status that changed on a later day, and usage that moved by the pack's points since the month
    of the note, or since the first month known where that is later.
    """
    changes = []
    if workload.status_since is not None and workload.status_since > posted_on:
        changes.append(f"the status changed on {workload.status_since.isoformat()}")
    moved = _moved(posted_on, workload)
    if moved is not None and abs(moved) >= pack.thresholds.outdated_usage_points:
        way = "rose" if moved > 0 else "fell"
        changes.append(f"usage {way} by {abs(moved)} points")
    return tuple(changes)


def _moved(posted_on: date, workload: WorkloadDetail) -> int | None:
    """Usage now less usage at the time of the note, in points; None where either is unknown."""
    known = [point for point in workload.usage if point.percent is not None]
    if not known:
        return None
    then = [point for point in known if point.month <= posted_on]
    return round(_percent(known[-1]) - _percent(then[-1] if then else known[0]))


def _percent(point: UsagePoint) -> float:
    percent = point.percent
    assert percent is not None  # noqa: S101 - only known ones are asked
    return percent
