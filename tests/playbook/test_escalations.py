"""Escalations as values: how long open, who is asked first, what is typed (RA-08)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.errors import InputError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.escalations import (
    Entry,
    Escalation,
    Told,
    in_order,
    read_time,
    read_told,
    told_text,
)
from ftop_tui.playbook.people import PeopleTerms

TODAY = date(2026, 11, 21)
TERMS = PeopleTerms.read(load_part("people"))


def escalation(
    name: str = "e1",
    raised: date = date(2026, 11, 4),
    resolved: date | None = None,
    *,
    partner: str | None = None,
    psm: str | None = None,
    tag: str | None = "EXO",
) -> Escalation:
    return Escalation(
        id=name, customer_id="c1", tenant_id=None, tenant_name="Contoso", tag=tag,
        partner=partner, psm=psm, title="Mail is slow", raised_by="IT director",
        raised_on=raised, internal=False, resolved_on=resolved,
        resolution="Rebuilt" if resolved else None,
        entries=(Entry("heard", raised, None, "IT director"), Entry("progress", raised, text="x")),
    )  # fmt: skip


def test_an_open_one_says_since_when_and_a_resolved_one_when_it_was() -> None:
    assert escalation().state(TODAY) == "open 17 days"
    assert escalation(raised=date(2026, 11, 20)).state(TODAY) == "open 1 day"
    assert escalation(raised=TODAY).state(TODAY) == "open, raised today"
    done = escalation(resolved=date(2026, 11, 9))
    assert done.state(TODAY) == "resolved 2026-11-09"
    assert (done.is_open, done.days(TODAY)) == (False, 5)


def test_the_psm_of_a_partner_is_the_first_contact() -> None:
    """FR-03: named wherever the partner is part of it, also where nobody knows who it is."""
    assert escalation().psm_text == ""
    with_psm = escalation(partner="Relecloud", psm="Kim Akers")
    assert with_psm.summary(TODAY) == "Mail is slow [EXO] · open 17 days · Relecloud, PSM Kim Akers"
    assert escalation(partner="Relecloud").psm_text == "PSM not known"
    assert escalation(tag=None).summary(TODAY) == "Mail is slow · open 17 days"


def test_open_ones_come_first_the_oldest_of_them_on_top() -> None:
    every = [
        escalation("done early", resolved=date(2026, 11, 5)),
        escalation("young", date(2026, 11, 20)),
        escalation("done late", resolved=date(2026, 11, 19)),
        escalation("old", date(2026, 10, 1)),
    ]
    assert [e.id for e in in_order(every)] == ["old", "young", "done late", "done early"]


def test_entries_of_a_sort_are_picked_out() -> None:
    assert [e.who for e in escalation().of_sort("heard")] == ["IT director"]
    assert escalation().of_sort("resource") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("PSM", Told("PSM")),
        (" PSM@9:05 ", Told("PSM", "09:05")),
        ("Kim Akers @ 23:59", Told("Kim Akers", "23:59")),
        ("kim@contoso.com", Told("kim@contoso.com")),
        ("kim@contoso.com@00:00", Told("kim@contoso.com", "00:00")),
    ],
)
def test_a_notified_party_is_read_with_its_time(typed: str, meant: Told) -> None:
    """FR-13: notified parties with times; an address of mail has an @ of its own."""
    assert read_told(typed) == meant
    assert read_told(told_text(meant)) == meant


@pytest.mark.parametrize("typed", ["", "  ", "@09:10", "PSM@25:00", "PSM@9:5", "PSM@0910", "PSM@"])
def test_a_notified_party_without_name_or_with_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        read_told(typed)


@given(st.times())
def test_every_time_of_day_is_read_as_it_is_written(time: object) -> None:
    text = str(time)[:5]
    assert read_time(text) == text


@given(st.text(max_size=8))
def test_what_is_no_time_is_refused_and_never_kept(text: str) -> None:
    try:
        time = read_time(text)
    except InputError:
        return
    assert time is None or (len(time) == 5 and time[2] == ":" and int(time[:2]) < 24)


def test_the_pack_names_sections_roles_and_sorts() -> None:
    """RA-09: CSM, PSM and PoC are among the roles; RA-08: the log has four sorts."""
    assert list(TERMS.sections) == ["microsoft", "customer", "partner"]
    assert {"csm", "psm", "poc"} <= TERMS.roles.keys()
    assert set(TERMS.sorts) == {"heard", "notified", "progress", "resource"}
    assert len({sort.key for sort in TERMS.sorts.values()}) == 4


def test_words_are_read_by_key_and_label_and_shown_where_they_are_unknown() -> None:
    assert TERMS.read_section("MICROSOFT") == "microsoft"
    assert TERMS.read_role("Success Owner") == "success_owner"
    assert TERMS.read_role(" ") is None
    assert TERMS.read_sort("Heard") == "heard"
    assert (TERMS.section("vendor"), TERMS.role("ceo"), TERMS.sort("odd")) == (
        "vendor", "ceo", "odd",
    )  # fmt: skip
    assert (TERMS.role(None), TERMS.role("poc"), TERMS.sort("heard")) == ("", "PoC", "heard")


@pytest.mark.parametrize("text", ["", "vendor"])
def test_an_unknown_section_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(InputError, match="there are: microsoft, customer, partner"):
        TERMS.read_section(text)
