"""A long import tells how far it is, and what is called off leaves nothing behind."""

from itertools import pairwise
from uuid import UUID

import pytest

from ftop_tui.progress import CalledOffError, Progress
from ftop_tui.services import transfer
from ftop_tui.services.context import Context
from house import dump

_ROWS = 1_200


def _table(rows: int = _ROWS) -> str:
    lines = (
        f"{UUID(int=place + 1, version=4)},contoso{place}.onmicrosoft.com,{700_000 + place},Ana"
        for place in range(rows)
    )
    return "\n".join(["TenantId,TenantName,TPID,FM", *lines])


def _ends_at(part: float) -> Progress:
    """Calls the work off once that part of it is done."""

    def told(done: float) -> None:
        if done >= part:
            raise CalledOffError

    return told


def test_each_part_of_an_import_tells_how_far_it_is(empty: Context) -> None:
    read: list[float] = []
    written: list[float] = []
    planned = transfer.plan_text(empty, _table(), progress=read.append)
    transfer.apply_plan(empty, planned, progress=written.append)
    for told in (read, written):
        assert told == sorted(told)
        assert told[-1] == pytest.approx(1)
        assert max(later - earlier for earlier, later in pairwise(told)) < 0.35
        assert len(told) >= _ROWS / 200


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.7, 0.99])
def test_an_import_that_is_called_off_changes_nothing(stocked: Context, part: float) -> None:
    before = dump(stocked.store)
    planned = transfer.plan_text(stocked, _table())
    with pytest.raises(CalledOffError):
        transfer.apply_plan(stocked, planned, progress=_ends_at(part))
    assert dump(stocked.store) == before
    transfer.apply_plan(stocked, planned)
    assert dump(stocked.store) != before


@pytest.mark.parametrize("part", [0.0, 0.3, 0.8])
def test_a_plan_can_be_called_off(stocked: Context, part: float) -> None:
    with pytest.raises(CalledOffError):
        transfer.plan_text(stocked, _table(), progress=_ends_at(part))
