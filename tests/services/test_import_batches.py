"""Imports of very many rows go in batch by batch, and come to the same as in one go."""

from typing import Any

import pytest

from ftop_tui.errors import RefusedError
from ftop_tui.exchange import tables
from ftop_tui.services import history
from ftop_tui.services.context import Context
from ftop_tui.services.transfer import Plan
from ftop_tui.store.journal import MadeRows, Pages, RowChange, unpack_changes
from house import DERIVED, by_hand, dump, import_text, make_house

_HEAD = "TenantId,TenantName,TPID,WinnerTenant,Users,Health,LastEnterpriseNote\n"
_USE = "TenantId,Workload,PrimaryRM,Note\n"


def _id(number: int) -> str:
    return f"7f1c2c1e-6a0b-4c0e-9a53-{number:012d}"


def _row(number: int, tpid: str = "", more: str = "") -> str:
    return f"{_id(number)},Contoso {number},{tpid},,{number},{more or 'Green,2026-11-02'}\n"


FIRST = _HEAD + "".join(_row(n, str(640000 + n // 3)) for n in range(30))
FIRST += "".join(_row(n) for n in range(30, 40)) + _row(3, "640001")
USE = _USE + "".join(f"{_id(n)},EXO,FRP - Northwind,Work goes on.\n" for n in range(0, 40, 2))
MOVED = _HEAD + "".join(  # to another's TPID, to a new one, to a first one, and no TPID named
    _row(n, {0: "640005", 1: "650000", 2: ""}.get(n % 3, ""), "Red,2026-11-09") for n in range(34)
)
ODD = _HEAD + _row(1, "640000") + _row(1, "640001") + _row(50) + "x,Fabrikam,,,,,\n"
STRANGE = _USE + f"{_id(77)},EXO,,\n{_id(50)},TEAMS,,\n"


def _said(planned: Plan) -> tuple[Any, ...]:
    return (
        planned.created,
        planned.updated,
        planned.unchanged,
        sorted(planned.rejected, key=repr),
        sorted(planned.warnings, key=repr),
    )


def _content(context: Context) -> Any:
    """What the store holds, without the ids and instants that each import makes anew."""
    with by_hand(context.store) as connection:
        queries = (
            "SELECT tpid, name, health, created_on, stricter, stricter_why FROM customer",
            "SELECT t.*, c.tpid FROM tenant t JOIN customer c ON c.id = t.customer_id",
            "SELECT * FROM workload",
            "SELECT r.kind, r.day, c.tpid FROM record r JOIN customer c ON c.id = r.customer_id",
            "SELECT n.text, n.tenant_id, c.tpid FROM note n JOIN customer c ON c.id=n.customer_id",
            "SELECT * FROM tenant_facts",
        )
        found = []
        for query in queries:
            rows = connection.execute(query)
            hidden = [c[0] in {"customer_id"} for c in rows.description]
            kept = [[v for v, hide in zip(row, hidden, strict=True) if not hide] for row in rows]
            found.append(sorted(kept, key=repr))
        return found


def _in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "AT_ONCE", 1)


def test_what_goes_in_by_batches_is_what_goes_in_at_once(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New tenants, moved ones, repeated and unsound rows; the second file meets the first."""
    files: tuple[tuple[str, ...], ...] = (
        (FIRST, USE), (MOVED,), (ODD, STRANGE), (MOVED, USE),
    )  # fmt: skip
    whole, parted = make_house(tmp_path / "whole"), make_house(tmp_path / "parted")
    for texts in files:
        expected = import_text(whole, *texts, partial=True)
        with monkeypatch.context() as changed:
            _in_batches(changed)
            assert _said(import_text(parted, *texts, partial=True)) == _said(expected)
        assert _content(parted) == _content(whole)


def test_an_import_by_batches_is_undone_and_done_again_as_one(
    empty: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_batches(monkeypatch)
    import_text(empty, FIRST, USE)
    before = dump(empty.store, *DERIVED)
    import_text(empty, MOVED)
    after = dump(empty.store, *DERIVED)
    assert before != after
    history.undo(empty)
    assert dump(empty.store, *DERIVED) == before
    history.redo(empty)
    assert dump(empty.store, *DERIVED) == after


def test_a_row_refused_in_a_late_batch_takes_back_the_earlier_ones(
    empty: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the counts are still those of all that would have gone in."""
    _in_batches(monkeypatch)
    before = dump(empty.store)
    with pytest.raises(RefusedError) as refused:
        import_text(empty, FIRST, STRANGE)
    assert dump(empty.store) == before
    planned = refused.value.planned  # type: ignore[attr-defined]
    assert planned.created["tenants"] == 40
    assert [reject.row for reject in planned.rejected] == [2, 3]


def test_a_service_that_is_left_out_is_told_of_once_in_all_parts_of_a_file(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_batches(monkeypatch)
    months = ("2026-07", "2026-08", "2026-09")
    use = "CustomerTenantId,WorkloadName,Month,PaidAvailableUnits,MonthlyActiveUsers\n"
    use += "".join(
        f"{_id(1)},{name},{month},5,4\n" for month in months for name in ("EXO", "Planner")
    )
    done = import_text(context, _HEAD + _row(1), use)
    assert done.created["usage"] == 3
    assert [w.row for w in done.warnings if "Planner" in w.message] == [3]


def test_pages_hold_a_steps_changes_whichever_page_told_a_column_first() -> None:
    pages = Pages()
    pages.add([])
    changes = [RowChange("meta", {"name": "a"}, {"value": "1"}, {"value": "2"})]
    made = MadeRows("meta", ("name", "value"), ("name",), [["b", "b"], ["c", "c"]])
    pages.add(changes, [made])
    pages.add([])
    again = made._replace(rows=[["d", "d"], ["e", "e"]])
    pages.add([], [again])
    assert unpack_changes(pages.packed()) == [*changes, *made.changes(), *again.changes()]
