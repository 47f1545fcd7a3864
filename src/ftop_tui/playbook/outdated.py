"""Whether an entitlement note still says what is so (EN-18)."""

from datetime import date

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.usage import OwnFigures, UsagePoint


def outdated_by(
    posted_on: date, workload: WorkloadDetail, pack: Pack, kept: OwnFigures | None = None
) -> tuple[str, ...]:
    """What has changed on a workload since its note was posted, in words; empty when nothing has.

    A status that changed on a later day, and usage that moved by the pack's points since the month
    of the note, or since the first figures known where these are later. `kept` are FTOP's own
    figures as the note keeps them: unlike the months of reports they are replaced by later ones.
    """
    changes = []
    if workload.status_since is not None and workload.status_since > posted_on:
        changes.append(f"the status changed on {workload.status_since.isoformat()}")
    moved = _moved(posted_on, workload, kept)
    if moved is not None and abs(moved) >= pack.thresholds.outdated_usage_points:
        way = "rose" if moved > 0 else "fell"
        changes.append(f"usage {way} by {abs(moved)} points")
    return tuple(changes)


def _moved(posted_on: date, workload: WorkloadDetail, kept: OwnFigures | None) -> int | None:
    """Usage now less usage at the time of the note, in points; None where either is unknown."""
    now = [point for point in workload.usage if point.percent is not None]
    then = _at(posted_on, workload, kept)
    return round(_percent(now[-1]) - _percent(then)) if now and then else None


def _at(posted_on: date, workload: WorkloadDetail, kept: OwnFigures | None) -> UsagePoint | None:
    """The figures of a note's day, or the first later ones; of one month, those of the report."""
    own = kept or workload.own
    reported = workload.usage[:-1] if workload.own else workload.usage
    dated = [(own.usage_as_of, own.point)] if own else []
    dated += [(point.month, point) for point in reported]
    known = sorted((d for d in dated if d[1].percent is not None), key=lambda d: d[1].month)
    then = [point for day, point in known if day <= posted_on]
    return then[-1] if then else next((point for _, point in known), None)


def _percent(point: UsagePoint) -> float:
    percent = point.percent
    assert percent is not None  # noqa: S101 - only known ones are asked
    return percent
