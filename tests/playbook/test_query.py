"""The list's filter."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.query import KEYS, haystack, parse, unread
from ftop_tui.playbook.urgency import Ranked, rank

from .builders import PACK, TODAY, facts
from .test_urgency import any_facts


def ranked(**changes: Any) -> Ranked:
    """A tenant with its place in the list."""
    return rank([facts(**changes)], TODAY, PACK)[0]


TENANT = ranked(
    name="Žižkov Größe AG",
    brand="Contoso Café",
    tpid="640042",
    health="red",
    status="yellow",
    enterprise=TODAY - 30,
    fm="José Núñez",
    fta=None,
    priority="high",
    tags="EXO TEAMS",
    partners="Northwind",
    has_frp=True,
)


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "zizkov", "ŽIŽKOV", "grosse", "cafe", "640042", "teams", "northwind", "jose",
        "nunez", "zizkov cafe", "health:red", "HEALTH:R", "health:",
        "status:yellow", "status:y", "band:breach", "band:b", "fm:nunez", "FM:JOSÉ", "fta:",
        "fta:none", "priority:high", "priority:h", "frp", "contoso health:red band:breach frp",
        "mine",
    ],
)  # fmt: skip
def test_a_fitting_text_lets_the_tenant_through(text: str) -> None:
    """Words in any place, without case and accents; a key not typed to its end narrows nothing."""
    assert parse(text, ["jose nunez"])(TENANT)


@pytest.mark.parametrize(
    "text",
    [
        "fabrikam", "zizkov fabrikam", "health:green", "health:none", "status:red", "status:none",
        "band:late", "band:none", "fm:lee", "fm:none", "fta:lee", "priority:low", "priority:none",
        "draft", "contoso draft", "health:red band:watch", "colour:red",
    ],
)  # fmt: skip
def test_a_text_that_does_not_fit_keeps_it_out(text: str) -> None:
    assert not parse(text, ["jose nunez"])(TENANT)


@pytest.mark.parametrize("key", ["health", "status", "fm", "fta", "priority"])
@pytest.mark.parametrize("none", ["none", "unset", "-", "NONE"])
def test_what_is_not_set_can_be_asked_for(key: str, none: str) -> None:
    assert parse(f"{key}:{none}")(ranked(**{key: None}))


def test_mine_is_where_i_am_the_fm_or_the_fta() -> None:
    assert parse("mine", ["Ana Bauer"])(ranked(fm="Ana Bauer"))
    assert parse("mine", ["ana bauer"])(ranked(fm=None, fta="ANA BAUER"))
    assert not parse("mine", ["Ana"])(ranked(fm="Ana Bauer"))
    assert not parse("mine")(ranked(fm="Ana Bauer"))


def test_a_draft_can_be_asked_for() -> None:
    assert parse("draft")(ranked(drafts=1))


def test_words_are_looked_for_in_names_ids_tags_people_and_partners() -> None:
    found = haystack(TENANT.facts)
    for part in ("zizkov", "contoso group", "cafe", "640042", "exo", "northwind", "jose"):
        assert part in found


WORDS = st.sampled_from([*KEYS, *(f"{key}x" for key in KEYS), ":", "::", "[EXO]", "(", "\\", "*"])


@given(st.text() | st.lists(WORDS | st.text()).map(" ".join), any_facts())
def test_no_text_ends_in_an_error(text: str, tenant: Any) -> None:
    found = rank([tenant], TODAY, PACK)[0]
    assert parse(text, [text])(found) in {True, False}


@given(any_facts(), st.text(alphabet=" \t\n\u3000\u200b"))
def test_an_empty_text_lets_all_through(tenant: Any, text: str) -> None:
    assert parse(text)(rank([tenant], TODAY, PACK)[0])


@given(any_facts(), st.lists(WORDS, max_size=3), WORDS)
def test_one_more_word_never_lets_more_through(tenant: Any, words: list[str], more: str) -> None:
    found = rank([tenant], TODAY, PACK)[0]
    fewer = parse(" ".join([*words, more]))(found)
    assert not fewer or parse(" ".join(words))(found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("contoso health:purple", "health: is one of red, yellow, green, blue, none."),
        ("STATUS:blue", "status: is one of red, yellow, green, none."),
        ("band:none", "band: is one of breach, late, due, blocked, watch."),
        ("priority:urgent", "priority: is one of high, medium, low, none."),
    ],
)
def test_a_value_that_a_key_does_not_know_is_told(text: str, told: str) -> None:
    assert unread(text) == told


@pytest.mark.parametrize(
    "text", ["", "health:", "health:R", "HEALTH:none", "status:-", "band:b", "fm:purple", "a:b"]
)
def test_a_value_that_can_still_be_read_is_not_told_of(text: str) -> None:
    assert unread(text) == ""
