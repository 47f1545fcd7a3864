"""What stands beside the Entitlement form: the note that FTOP holds, and the record."""

from datetime import date

from textual.content import Content

from ftop_tui.playbook.detail import NoteSummary, WorkloadDetail
from ftop_tui.playbook.outdated import outdated_by
from ftop_tui.playbook.pack import Pack
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.workload_lines import usage_of


def posted_told(
    posted: NoteSummary | None, record: WorkloadDetail | None, today: date, pack: Pack
) -> Content:
    """The latest posted note, how old it is, and what has changed since."""
    if posted is None or posted.posted_on is None:
        return Content.assemble(
            _heading("LATEST POSTED NOTE"), Content.styled("none yet", looks.MUTED)
        )
    age = (today - posted.posted_on).days
    ago = "today" if age == 0 else f"{age} day{'' if age == 1 else 's'} ago"
    changes = outdated_by(posted.posted_on, record, pack, posted.own) if record else ()
    stale = f"outdated: {', '.join(changes)}\n" if changes else ""
    return Content.assemble(
        _heading("LATEST POSTED NOTE"),
        Content.styled(f"{posted.posted_on.isoformat()}, {ago}\n", looks.MUTED),
        Content.styled(stale, looks.MISSING),
        foreign(posted.text),
    )


def record_told(record: WorkloadDetail | None) -> Content:
    """What the entitlement record holds of the workload."""
    if record is None:
        return Content.assemble(_heading("RECORD"), Content.styled("none", looks.MUTED))
    current = record.current
    units = ""
    if current is not None:
        known = ["?" if n is None else f"{n:,}" for n in (current.active_users, current.paid_units)]
        units = f"  {known[0]} of {known[1]} used"
    since = f" since {record.status_since.isoformat()}" if record.status_since else ""
    return Content.assemble(
        _heading("RECORD"),
        looks.entitlement(record.status).full, Content.styled(f"{since}\n", looks.MUTED),
        usage_of(record), Content.styled(f"{units}\n", looks.MUTED),
        Content.styled("Partner  ", looks.MUTED), foreign_line(record.partner or "none"), "\n",
        Content.styled("Primary RM  ", looks.MUTED), foreign_line(record.primary_rm or "unknown"),
    )  # fmt: skip


def _heading(words: str) -> Content:
    return Content.styled(f"{words}\n", looks.MUTED)
