"""Values as a store's file holds them, read leniently."""

from typing import Any

import pytest

from ftop_tui.playbook.facts import TenantFacts, readable
from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.playbook.stored import LARGEST, flag, number, sure_number, words
from ftop_tui.playbook.urgency import rank

from .builders import PACK, TODAY, facts


@pytest.mark.parametrize(
    "stored", ["abc", "", b"\xff", 3.7, float("inf"), float("nan"), -1, LARGEST + 1, True, None]
)
def test_what_is_no_count_is_unknown(stored: object) -> None:
    assert number(stored) is None
    assert sure_number(stored) == 0


def test_what_is_a_count_is_that() -> None:
    assert [number(0), number(7), number(LARGEST)] == [0, 7, LARGEST]


def test_yes_is_1_no_is_0_and_all_else_is_unknown() -> None:
    assert [flag(1), flag(0), flag(7), flag("abc"), flag(b"\x01"), flag(0.5), flag(None)] == [
        True, False, None, None, None, None, None,
    ]  # fmt: skip


def test_bytes_in_the_place_of_a_text_are_seen_to_be_some() -> None:
    assert [words("Contoso"), words(None), words(b"\xc3\xa4")] == ["Contoso", None, "X'C3A4'"]


def test_a_winner_is_found_whatever_stands_for_its_users() -> None:
    """ES-02."""
    odd: Any = "abc"
    assert winner_of([WinnerCandidate("a", False, odd), WinnerCandidate("b", False, 1)]) == "b"


@pytest.mark.parametrize("name", ["s_rank", "users", "level", "enterprise", "event", "escalations"])
def test_a_fact_that_is_none_ranks_as_one_that_is_unknown(name: str) -> None:
    odd = facts(**{name: "abc"})
    unknown = readable(odd)
    assert getattr(unknown, name) in {None, 0}
    assert rank([odd], TODAY, PACK) == rank([unknown], TODAY, PACK)


def test_a_row_that_an_earlier_version_wrote_may_be_short() -> None:
    assert readable(facts()[:-4]) == facts(dated=None, peaks=None, awareness=None, aligned=None)
    assert len(readable(facts()[:-4])) == len(TenantFacts._fields)
