"""EN-18: the figures that a posted note keeps, as the read model gives them."""

from datetime import date

import pytest

from ftop_tui.playbook.detail import NoteSummary, WorkloadDetail
from ftop_tui.playbook.usage import OwnFigures
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services.context import Context
from ftop_tui.store import read_model
from ftop_tui.store.schema import reading
from house import FABRIKAM, TODAY, by_hand


def _note(context: Context, tag: str) -> NoteSummary:
    with reading(context.store) as connection:
        notes = read_model.read_notes(connection, FABRIKAM)
    return next(n for n in notes if (n.kind, n.tag) == (NoteKind.ENTITLEMENT, tag))


def test_the_figures_of_a_note_are_read(stocked: Context) -> None:
    """EN-18."""
    assert _note(stocked, "EXO").own == OwnFigures(12000, 4900, TODAY)


@pytest.mark.parametrize(
    ("set_to", "read"),
    [
        ("paid_units = 'many'", OwnFigures(None, 4900, TODAY)),
        (
            "active_users = -1, usage_as_of = '2026-10-05'",
            OwnFigures(12000, None, date(2026, 10, 5)),
        ),
        ("paid_units = NULL, active_users = x'31'", None),
        ("usage_as_of = 'soon'", None),
        ("usage_as_of = NULL", None),
    ],
)
def test_figures_written_by_hand_are_unknown_where_they_are_none(
    stocked: Context, set_to: str, read: OwnFigures | None
) -> None:
    """EN-18: they hide no note."""
    with by_hand(stocked.store) as connection:
        connection.execute(f"UPDATE note SET {set_to} WHERE tag = 'EXO'")  # noqa: S608 - our own
    assert _note(stocked, "EXO").own == read


def _workload(context: Context) -> WorkloadDetail:
    with reading(context.store) as connection:
        found = read_model.read_detail(connection, FABRIKAM, context.pack).workloads
    return next(workload for workload in found if workload.tag == "EXO")


def test_own_figures_are_told_from_the_months_of_reports(stocked: Context) -> None:
    """EN-18: where a report of their month is there, it is the present."""
    assert _workload(stocked).own is None
    with by_hand(stocked.store) as connection:
        connection.execute("DELETE FROM usage WHERE month = '2026-11-01'")
    own = OwnFigures(12000, 4900, TODAY)
    assert (_workload(stocked).own, _workload(stocked).usage[-1]) == (own, own.point)
