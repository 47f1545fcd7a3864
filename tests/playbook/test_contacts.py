"""Contacts as values: stale ones, the same person twice, and what merging keeps (RA-09, RA-10)."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.contacts import (
    Contact,
    duplicates,
    email_problem,
    given_up,
    is_stale,
    merged,
    offered_titles,
    twins,
)

TODAY = date(2026, 11, 21)
STALE = 90


def contact(
    name: str = "Kim Akers",
    *,
    key: str = "k1",
    customer: str = "c1",
    title: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    verified: int | None = None,
) -> Contact:
    return Contact(
        id=key, customer_id=customer, section="customer", name=name, title=title, role=None,
        email=email, phone=phone, partner=None,
        verified_on=None if verified is None else TODAY - timedelta(days=verified),
        created_on=TODAY - timedelta(days=200),
    )  # fmt: skip


@pytest.mark.parametrize(("age", "stale"), [(0, False), (89, False), (90, True), (91, True)])
def test_a_contact_is_stale_ninety_days_after_it_was_verified(age: int, stale: bool) -> None:
    """RA-09: as its urgency counts them."""
    assert is_stale(contact(verified=age), TODAY, STALE) is stale


def test_one_that_nobody_verified_counts_from_the_day_it_was_added() -> None:
    assert is_stale(contact(), TODAY, STALE)
    assert not is_stale(contact(), TODAY - timedelta(days=150), STALE)


@pytest.mark.parametrize("good", ["", None, "kim@contoso.com", "k.a+x@mail.contoso.co.uk"])
def test_a_right_address_of_mail_is_not_odd(good: str | None) -> None:
    assert email_problem(good) is None


@pytest.mark.parametrize("bad", ["kim", "kim@", "@x.com", "kim@contoso", "k a@x.com", "a@b@c.com"])
def test_a_wrong_address_of_mail_is_said_to_be_odd(bad: str) -> None:
    assert bad in (email_problem(bad) or "")


def test_the_same_address_or_name_within_a_customer_is_the_same_person() -> None:
    """RA-09: and what is the same as a third is the same too."""
    every = [
        contact("Kim Akers", key="a"),
        contact("KIM ÁKERS", key="b", email="kim@contoso.com"),
        contact("K. Akers", key="c", email="Kim@Contoso.com"),
        contact("Lee Gu", key="d"),
        contact("Kim Akers", key="e", customer="c2"),
        contact("", key="f"),
        contact("", key="g"),
    ]
    assert [{c.id for c in group} for group in duplicates(every)] == [{"a", "b", "c"}]
    assert {key: {c.id for c in others} for key, others in twins(every).items()} == {
        "a": {"b", "c"}, "b": {"a", "c"}, "c": {"a", "b"},
    }  # fmt: skip


def test_two_groups_that_a_later_contact_joins_become_one() -> None:
    every = [
        contact("Kim", key="a"),
        contact("Kim", key="b"),
        contact("Ada", key="c", email="x@contoso.com"),
        contact("Ada", key="d"),
        contact("Kim", key="e", email="x@contoso.com"),
    ]
    assert [len(group) for group in duplicates(every)] == [5]


def test_merging_keeps_the_fuller_and_fills_what_it_lacks() -> None:
    """RA-09: and says what is dropped."""
    full = contact(key="full", title="IT director", email="kim@contoso.com", verified=100)
    fresh = contact("Kim Ákers", key="fresh", title="CIO", phone="+1 555 0100", verified=3)
    kept = merged([fresh, full])
    assert (kept.id, kept.title, kept.phone) == ("fresh", "CIO", "+1 555 0100")
    assert kept.email == "kim@contoso.com"
    assert kept.verified_on == fresh.verified_on
    assert given_up([fresh, full]) == ["title IT director, for CIO stays"]


def test_of_two_alike_the_fresher_is_kept() -> None:
    old, new = contact(key="a", verified=200), contact(key="b", verified=1)
    assert merged([old, new]).id == "b"
    assert given_up([old, new]) == []


NAMES = st.sampled_from(["Kim", "kim", "Lee", "Ada", ""])
PEOPLE = st.lists(
    st.builds(
        Contact,
        id=st.uuids().map(str),
        customer_id=st.sampled_from(["c1", "c2"]),
        section=st.just("customer"),
        name=NAMES,
        title=st.sampled_from([None, "CIO", "GTP"]),
        role=st.sampled_from([None, "csm"]),
        email=st.sampled_from([None, "a@x.com", "A@x.com", "b@x.com"]),
        phone=st.sampled_from([None, "1", "2"]),
        partner=st.none(),
        verified_on=st.none() | st.dates(date(2026, 1, 1), TODAY),
        created_on=st.dates(date(2026, 1, 1), TODAY),
    ),
    max_size=9,
)


@given(PEOPLE, st.randoms())
def test_groups_of_duplicates_do_not_hang_on_the_order(people: list[Contact], dice: object) -> None:
    def shape(every: Sequence[Contact]) -> set[frozenset[str]]:
        return {frozenset(c.id for c in group) for group in duplicates(every)}

    shuffled = list(people)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    groups = duplicates(people)
    assert shape(shuffled) == shape(people)
    assert sum(map(len, groups)) == len({c.id for group in groups for c in group})


@given(PEOPLE)
def test_after_merging_nobody_is_listed_twice_and_nothing_known_is_empty(
    people: list[Contact],
) -> None:
    groups = duplicates(people)
    gone = {c.id for group in groups for c in group}
    left = [c for c in people if c.id not in gone] + [merged(group) for group in groups]
    for group in groups:
        kept = merged(group)
        assert merged([*group, kept]) == kept == merged(list(reversed(group)))
        assert kept.id == group[0].id
        assert kept.fullness >= max(c.fullness for c in group)
        assert kept.last_seen >= max(c.verified_on or date.min for c in group)
    assert all(len(group) == 0 for group in duplicates(left))


def test_titles_are_offered_the_pack_s_first_then_those_typed_before() -> None:
    """RA-10: any other title may be typed."""
    offered = offered_titles(("Intune CAT", "GTP"), ["zebra", "gtp", " ", "Architect", "Zebra"])
    assert offered == ["Intune CAT", "GTP", "Architect", "zebra"]


def test_one_says_when_it_was_verified_or_that_it_never_was() -> None:
    assert contact(verified=3).seen_text == "verified 2026-11-18"
    assert contact().seen_text == "never verified, added 2026-05-05"
