"""Units of work: whole or not at all, a step each, taken back and done again exactly."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel import select as select_model

from ftop_tui.errors import ConflictError, StoreError
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Contact, Customer, Record, Step, Tenant, Workload
from ftop_tui.store.unit_of_work import UnitOfWork
from house import DERIVED, FABRIKAM, TODAY, dump, import_samples, make_house, on

_BORN = date(2026, 1, 5)


def _add(unit: UnitOfWork, key: str = "a", **more: Any) -> None:
    unit.session.add(Customer(id=f"c-{key}", tpid=key, name="Contoso", created_on=_BORN, **more))
    unit.session.flush()
    unit.session.add(
        Tenant(id=f"t-{key}", customer_id=f"c-{key}", name="Contoso", created_on=_BORN)
    )


def _steps(context: Context) -> list[Step]:
    with context.writer().looking() as session:
        return list(session.exec(select_model(Step).order_by(col(Step.id))))


def _name(context: Context, key: str = "a") -> str | None:
    with context.writer().looking() as session:
        customer = session.get(Customer, f"c-{key}")
        return customer.name if customer else None


def _rename(context: Context, name: str, merge_key: str | None = None) -> None:
    with context.writer().unit("edit", f"Renamed to {name}", merge_key=merge_key) as unit:
        customer = unit.session.get(Customer, "c-a")
        assert customer
        customer.name = name
        unit.session.add(customer)


def test_an_exception_leaves_nothing_behind(empty: Context) -> None:
    def fail_late() -> None:
        with empty.writer().unit("add") as unit:
            _add(unit)
            unit.session.flush()
            unit.upsert(Customer, [{"id": "c-b", "created_on": _BORN}])
            raise RuntimeError

    before = dump(empty.store)
    with pytest.raises(RuntimeError):
        fail_late()
    assert dump(empty.store) == before


def test_a_row_that_does_not_fit_leaves_nothing_and_repeats_no_value(empty: Context) -> None:
    def refer_to_nobody() -> None:
        with empty.writer().unit("add") as unit:
            _add(unit)
            unit.session.add(Workload(tenant_id="nobody", tag="EXO", intent="secret plan"))

    before = dump(empty.store)
    with pytest.raises(StoreError) as refused:
        refer_to_nobody()
    assert "secret" not in str(refused.value)
    assert dump(empty.store) == before


def test_every_unit_is_one_step_with_its_sentence(empty: Context) -> None:
    with empty.writer().unit("add", "Added Contoso") as unit:
        _add(unit)
    _rename(empty, "Contoso Ltd")
    assert [(s.verb, s.sentence) for s in _steps(empty)] == [
        ("add", "Added Contoso"),
        ("edit", "Renamed to Contoso Ltd"),
    ]


def test_what_changes_nothing_is_no_step(empty: Context) -> None:
    with empty.writer().unit("add") as unit:
        _add(unit)
    _rename(empty, "Contoso")
    with empty.writer().unit("edit") as unit:
        customer = unit.session.get(Customer, "c-a")
        assert customer
        customer.name = "Fabrikam"
        unit.session.add(customer)
        unit.session.flush()
        customer.name = "Contoso"
        unit.session.add(customer)
    with empty.writer().unit("made and removed") as unit:
        _add(unit, "b")
        unit.session.flush()
        for model, key in ((Tenant, "t-b"), (Customer, "c-b")):
            unit.session.delete(unit.session.get(model, key))
            unit.session.flush()
    with empty.writer().unit("upsert") as unit:
        counts = unit.upsert(Customer, [{"id": "c-a", "name": "Contoso"}])
    assert counts == {"created": 0, "updated": 0, "unchanged": 1}
    assert len(_steps(empty)) == 1


def test_saves_with_one_key_are_one_step_until_something_else_is_done(empty: Context) -> None:
    with empty.writer().unit("add") as unit:
        _add(unit)
    for name in ("C", "Co", "Con"):
        _rename(empty, name, merge_key="typing")
    assert len(_steps(empty)) == 2
    with empty.writer().unit("add") as unit:
        _add(unit, "b")
    _rename(empty, "Cont", merge_key="typing")
    assert len(_steps(empty)) == 4
    assert empty.writer().undo() == "Renamed to Cont"
    assert _name(empty) == "Con"
    empty.writer().undo()
    assert empty.writer().undo() == "Renamed to Con"
    assert _name(empty) == "Contoso"
    empty.writer().redo()
    assert _name(empty) == "Con"


def test_many_rows_are_told_apart_as_created_updated_and_unchanged(empty: Context) -> None:
    with empty.writer().unit("add") as unit:
        rows = [{"id": f"c{n:04}", "name": "x", "created_on": _BORN} for n in range(1200)]
        assert unit.upsert(Customer, rows) == {"created": 1200, "updated": 0, "unchanged": 0}
    with empty.writer().unit("change") as unit:
        changed = [{"id": f"c{n:04}", "name": "y" if n < 7 else "x"} for n in range(1205)]
        for row in changed[1200:]:
            row["created_on"] = _BORN  # type: ignore[assignment]
        counts = unit.upsert(Customer, changed)
    assert counts == {"created": 5, "updated": 7, "unchanged": 1193}
    with empty.writer().looking() as session:
        count = select(func.count()).select_from(Customer)
        assert session.execute(count).scalar() == 1205
    empty.writer().undo()
    with empty.writer().looking() as session:
        assert session.execute(count.where(col(Customer.name) == "x")).scalar() == 1200


def _lively(context: Context) -> None:
    """A unit with rows made, changed, removed, and many at once."""
    with context.writer().unit("lively", "Did much") as unit:
        _add(unit, "new", health="green", forecast_month=date(2027, 3, 1))
        old = unit.session.get(Tenant, FABRIKAM)
        assert old
        old.users, old.renewal_date, old.assigned = 13, date(2027, 2, 2), False
        unit.session.add(old)
        for workload in unit.session.exec(
            select_model(Workload).where(Workload.tag == "INTUNE")
        ).all():
            unit.session.delete(workload)
        unit.session.flush()
        unit.upsert(
            Workload,
            [
                {"tenant_id": FABRIKAM, "tag": "EXO", "status": "blocked", "due_date": None},
                {"tenant_id": FABRIKAM, "tag": "AADP", "status_since": TODAY},
            ],
        )


def test_undo_and_redo_bring_every_row_back_exactly_also_after_a_restart(stocked: Context) -> None:
    before = dump(stocked.store, *DERIVED)
    _lively(stocked)
    after = dump(stocked.store, *DERIVED)
    assert after != before
    for _ in range(2):
        assert on(stocked, TODAY).writer().undo() == "Did much"
        assert dump(stocked.store, *DERIVED) == before
        assert on(stocked, TODAY).writer().redo() == "Did much"
        assert dump(stocked.store, *DERIVED) == after
    assert on(stocked, "2026-12-24").writer().undo() == "Did much"
    assert dump(stocked.store, *DERIVED) == before


def test_the_import_of_the_samples_is_taken_back_whole(empty: Context) -> None:
    before = dump(empty.store, *DERIVED)
    import_samples(empty)
    after = dump(empty.store, *DERIVED)
    assert len(after["tenant"]) == 3
    sentence = on(empty, TODAY).writer().undo()
    assert sentence
    assert sentence.startswith("Imported: created 2 customers, 3 tenants")
    assert dump(empty.store, *DERIVED) == before
    assert on(empty, TODAY).writer().redo() == sentence
    assert dump(empty.store, *DERIVED) == after


def test_what_was_undone_is_gone_once_something_else_is_done(empty: Context) -> None:
    with empty.writer().unit("add", "Added") as unit:
        _add(unit)
    _rename(empty, "One")
    _rename(empty, "Two")
    empty.writer().undo()
    empty.writer().undo()
    _rename(empty, "Three")
    assert empty.writer().redo() is None
    assert [step.sentence for step in _steps(empty)] == ["Added", "Renamed to Three"]
    assert empty.writer().undo() == "Renamed to Three"
    assert empty.writer().undo() == "Added"
    assert empty.writer().undo() is None
    assert empty.writer().redo() == "Added"
    assert empty.writer().redo() == "Renamed to Three"
    assert _name(empty) == "Three"


def test_reading_and_remembering_drop_no_redo(empty: Context) -> None:
    with empty.writer().unit("add", "Added") as unit:
        _add(unit)
    empty.writer().undo()
    empty.writer().remember("last_seen_day", "2026-11-21")
    with empty.writer().unit("nothing"):
        pass
    assert empty.writer().redo() == "Added"


def test_a_step_whose_rows_changed_since_is_not_taken_back(empty: Context) -> None:
    with empty.writer().unit("add", "Added") as unit:
        _add(unit)
    _rename(empty, "Contoso Ltd")
    with empty.writer().unit("unseen") as unit:
        unit.journalled = False
        customer = unit.session.get(Customer, "c-a")
        assert customer
        customer.name = "Changed behind the journal's back"
        unit.session.add(customer)
    before = dump(empty.store)
    with pytest.raises(ConflictError, match="Renamed to Contoso Ltd"):
        empty.writer().undo()
    assert dump(empty.store) == before


def test_rows_and_their_children_come_back_together(empty: Context) -> None:
    with empty.writer().unit("add") as unit:
        _add(unit)
        unit.session.flush()
        unit.session.add(
            Contact(id="k", customer_id="c-a", section="customer", name="Ana", created_on=_BORN)
        )
        unit.session.add(
            Record(id="r", kind="event", customer_id="c-a", tenant_id="t-a", day=TODAY,
                   source="app", created_at="2026-11-21T08:00:00+00:00")
        )  # fmt: skip
    before = dump(empty.store, *DERIVED)
    with empty.writer().unit("remove", "Removed all") as unit:
        for model, key in ((Record, "r"), (Contact, "k"), (Tenant, "t-a"), (Customer, "c-a")):
            unit.session.delete(unit.session.get(model, key))
            unit.session.flush()
    assert portfolio.load(empty).ranked == ()
    empty.writer().undo()
    assert dump(empty.store, *DERIVED) == before


_PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from house import make_house
from ftop_tui.store.tables import Tenant
context = make_house(Path(sys.argv[1]))
for _ in range(60):
    with context.writer().unit("count") as unit:
        tenant = unit.session.get(Tenant, "t-a")
        tenant.users = (tenant.users or 0) + 1
        unit.session.add(tenant)
"""


def test_two_programs_that_read_change_and_write_lose_nothing(
    empty: Context, tmp_path: Path
) -> None:
    with empty.writer().unit("add") as unit:
        _add(unit)
    tests = Path(__file__).parents[1]
    call = [sys.executable, "-c", _PROGRAM, str(tmp_path), str(tests)]
    running = [subprocess.Popen(call, env=dict(os.environ)) for _ in range(2)]  # noqa: S603
    assert [process.wait(120) for process in running] == [0, 0]
    house = make_house(tmp_path)
    with house.writer().looking() as session:
        tenant = session.get(Tenant, "t-a")
        assert tenant
        assert tenant.users == 120
    assert portfolio.load(house).ranked[0].facts.users == 120
    assert len(_steps(house)) == 121


def _rows(name: str) -> list[dict[str, Any]]:
    return [{"id": f"c-{key}", "name": name, "created_on": _BORN} for key in "bcd"]


def test_rows_made_together_and_then_changed_or_removed_are_one_change_each(
    empty: Context,
) -> None:
    before = dump(empty.store, *DERIVED)
    with empty.writer().unit("import", "Made three") as unit:
        unit.upsert(Customer, _rows("Contoso"))
        unit.upsert(Customer, [{"id": "c-b", "stricter": _BORN}, {**_rows("E")[0], "id": "c-e"}])
        unit.session.delete(unit.session.get_one(Customer, "c-c"))
        unit.session.flush()
        assert len(list(unit.changes)) == 3
    after = dump(empty.store, *DERIVED)
    assert empty.writer().undo() == "Made three"
    assert dump(empty.store, *DERIVED) == before
    empty.writer().redo()
    assert dump(empty.store, *DERIVED) == after


def test_rows_that_are_removed_and_made_again_are_changed_rows(empty: Context) -> None:
    with empty.writer().unit("import", "Made three") as unit:
        unit.upsert(Customer, _rows("Contoso"))
    before = dump(empty.store, *DERIVED)
    with empty.writer().unit("import", "Made anew") as unit:
        unit.session.delete(unit.session.get_one(Customer, "c-c"))
        unit.upsert(Customer, _rows("Fabrikam"))
    assert [_name(empty, key) for key in "bcd"] == ["Fabrikam"] * 3
    assert empty.writer().undo() == "Made anew"
    assert dump(empty.store, *DERIVED) == before
