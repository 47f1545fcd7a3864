"""Our frozen dataclasses are to their users what the standard library's are."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from typing import cast

import pytest

from ftop_tui.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A value."""

    name: str
    days: int = 3
    tags: dict[str, int] = field(default_factory=dict)
    origin: str = field(default="", compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same value."""

    name: str
    days: int = 3
    tags: dict[str, int] = field(default_factory=dict)
    origin: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Hashable:
    """A value that can be a key."""

    name: str


_FILLED = [
    {"name": "Contoso"},
    {"name": "Contoso", "days": 4},
    {"name": "Contoso", "tags": {"EXO": 1}},
    {"name": "Contoso", "origin": "a file"},
]


@pytest.mark.parametrize("values", _FILLED)
def test_a_value_holds_shows_and_hands_on_the_same(values: dict[str, object]) -> None:
    ours, theirs = Ours(**values), Theirs(**values)  # type: ignore[arg-type]
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert Ours.__match_args__ == Theirs.__match_args__
    assert copy.deepcopy(ours) == ours == pickle.loads(pickle.dumps(ours))  # noqa: S301 - our own
    assert dataclasses.replace(ours, days=9) == Ours(**{**values, "days": 9})  # type: ignore[arg-type]


@pytest.mark.parametrize("first", _FILLED)
@pytest.mark.parametrize("second", _FILLED)
def test_values_are_equal_where_theirs_are(
    first: dict[str, object], second: dict[str, object]
) -> None:
    same = Theirs(**first) == Theirs(**second)  # type: ignore[arg-type]
    assert (Ours(**first) == Ours(**second)) is same  # type: ignore[arg-type]


def test_a_value_is_no_other_classs_and_its_defaults_are_its_own() -> None:
    assert Ours("Contoso") != cast("object", Theirs("Contoso"))
    assert Ours("Contoso") != cast("object", ("Contoso", 3, {}, ""))
    assert Ours("Contoso").tags is not Ours("Contoso").tags
    assert len({Hashable("Contoso"), Hashable("Contoso"), Hashable("Fabrikam")}) == 2


def test_nothing_of_a_value_can_be_changed() -> None:
    value = Ours("Contoso")
    with pytest.raises(FrozenInstanceError, match="'days'"):
        value.days = 4  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="'days'"):
        del value.days
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize("call", [{}, {"name": "Contoso", "odd": 1}])
def test_a_value_asks_for_its_fields(call: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Ours(**call)  # type: ignore[arg-type]


def test_what_changes_is_not_made_here() -> None:
    with pytest.raises(TypeError, match="changes"):
        dataclass(frozen=False)
