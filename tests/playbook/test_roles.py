"""Who is accountable, which tenant speaks for the customer, who the partner is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.roles import (
    WinnerCandidate,
    accountable_role,
    is_ranked,
    partner_of,
    proposed_level,
    winner_of,
    winner_problem,
)
from ftop_tui.playbook.values import Role

from .builders import PACK


@pytest.mark.parametrize(
    ("rank", "role"),
    [
        (1, Role.FTA),
        (500, Role.FTA),
        (501, Role.FM),
        (1500, Role.FM),
        (1501, None),
        (0, None),
        (-1, None),
        (None, None),
    ],
)
def test_the_rank_says_who_is_accountable(rank: int | None, role: Role | None) -> None:
    """ES-01: FTA up to 500, FM up to 1500; ES-06 and FR-14 count the same 1500 as ranked."""
    assert accountable_role(rank, PACK) is role
    assert is_ranked(rank, PACK) is (role is not None)


@pytest.mark.parametrize(
    ("users", "level"),
    [(0, 3), (49_999, 3), (50_000, 4), (900_000, 4), (None, None)],
)
def test_the_user_count_proposes_the_flag_s_level(users: int | None, level: int | None) -> None:
    """RA-12."""
    assert proposed_level(users, PACK) == level


@pytest.mark.parametrize(
    ("primary_rm", "partner"),
    [
        ("FTP", "FTP"),
        ("ftp", "FTP"),
        (" FTP - ", "FTP"),
        ("FTP Northwind Services", "Northwind Services"),
        ("ftp - Northwind", "Northwind"),
        ("FTP-Northwind", "Northwind"),
        ("FTP: Northwind", "Northwind"),
        ("FTP_Contoso", "Contoso"),
        ("FTP Ürün", "Ürün"),
        ("FTP 7Hills", "7Hills"),
        ("FTP\tTailspin", "Tailspin"),
        ("FTPeters", None),
        ("FTPÜrün", None),
        ("FTP2", None),
        ("FT Peters", None),
        ("Ana FTP", None),
        ("", None),
        (None, None),
    ],
)
def test_a_partner_is_registered_when_the_primary_rm_starts_with_ftp(
    primary_rm: str | None, partner: str | None
) -> None:
    """FR-01: in any case, then the end or a character that is no letter and no digit."""
    assert partner_of(primary_rm, PACK) == partner


@given(st.text())
def test_any_name_is_read_and_a_partner_s_name_is_never_empty(name: str) -> None:
    """FR-01."""
    assert partner_of(name, PACK) is None or partner_of(name, PACK)


@given(st.text(alphabet=st.characters(categories=("L", "Nd"))), st.sampled_from(" -_:/."))
def test_the_rest_of_the_name_is_the_partner(name: str, between: str) -> None:
    """FR-01."""
    assert partner_of(f"FTP{between}{name}", PACK) == (name or "FTP")


def tenant(tenant_id: str, users: int | None = 0, *, marked: bool = False) -> WinnerCandidate:
    """A tenant of a customer."""
    return WinnerCandidate(tenant_id, marked, users)


@pytest.mark.parametrize(
    ("tenants", "winner", "problem"),
    [
        ([tenant("a")], "a", None),
        ([tenant("a", marked=True)], "a", None),
        ([tenant("a", 9), tenant("b", 5, marked=True)], "b", None),
        ([tenant("a", 5), tenant("b", 9)], "b", "none of its tenants is marked"),
        ([tenant("b", 9), tenant("a", 9)], "a", "none of its tenants is marked"),
        ([tenant("b", None), tenant("a", 0)], "a", "none of its tenants is marked"),
        (
            [tenant("a", 5, marked=True), tenant("b", 9, marked=True), tenant("c", 99)],
            "b",
            "2 of its tenants are marked",
        ),
    ],
)
def test_the_winner_is_the_marked_tenant_or_the_largest(
    tenants: list[WinnerCandidate], winner: str, problem: str | None
) -> None:
    """ES-02: with none or two marked, the most users, then the lowest id; and one says so."""
    assert winner_of(tenants) == winner
    said = winner_problem(tenants)
    assert (said is None) if problem is None else (said is not None and said.startswith(problem))


CANDIDATES = st.lists(
    st.builds(WinnerCandidate, st.sampled_from("abcdef"), st.booleans(), st.integers(0, 3)),
    min_size=1,
    unique_by=lambda candidate: candidate.tenant_id,
)


@given(CANDIDATES)
def test_the_winner_does_not_depend_on_the_order_of_the_tenants(
    tenants: list[WinnerCandidate],
) -> None:
    """ES-02."""
    assert winner_of(tenants) == winner_of(tenants[::-1])
    assert winner_problem(tenants) == winner_problem(tenants[::-1])
