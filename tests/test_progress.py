"""Long work tells how far it is, and ends where it is called off."""

import pytest

from ftop_tui.errors import FtopError
from ftop_tui.progress import CalledOffError, Work, between, counted


def test_items_are_counted_to_the_end() -> None:
    told: list[float] = []
    assert list(counted("abcde", 5, told.append, every=2)) == list("abcde")
    assert told == [0.4, 0.8, 1.0]


def test_nothing_to_do_is_all_done() -> None:
    told: list[float] = []
    assert list(counted([], 0, told.append)) == []
    assert told == [1.0]


def test_a_stage_is_a_part_of_the_whole() -> None:
    told: list[float] = []
    stage = between(told.append, 0.5, 0.7)
    stage(0.0)
    stage(1.0)
    assert told == pytest.approx([0.5, 0.7])


def test_called_off_work_ends_at_its_next_word() -> None:
    work = Work()
    work(0.25)
    work.call_off()
    with pytest.raises(CalledOffError) as caught:
        work(0.5)
    assert isinstance(caught.value, FtopError)
    assert work.called_off
    assert work.part == 0.25
