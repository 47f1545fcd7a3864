"""Who answers for a customer, which tenant speaks for it, and which level its flag should have."""

from collections.abc import Sequence
from typing import NamedTuple

from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.stored import sure_number
from ftop_tui.playbook.values import Role


def accountable_role(s_rank: int | None, pack: Pack) -> Role | None:
    """Who is accountable for the Enterprise Status, by rank (ES-01).

    Up to rank 500 the FTA, up to 1500 the FM; without a rank, or above, nobody is derived.
    """
    if s_rank is None or not 1 <= s_rank <= pack.thresholds.ranked_customers:
        return None
    return Role.FTA if s_rank <= pack.thresholds.architect_ranks else Role.FM


def is_ranked(s_rank: int | None, pack: Pack) -> bool:
    """Whether the customer is one of the S1500 (ES-06, FR-14)."""
    return accountable_role(s_rank, pack) is not None


def proposed_level(users: int | None, pack: Pack) -> int | None:
    """The Enterprise flag's level that the user count asks for (RA-12)."""
    if users is None:
        return None
    low, high = min(pack.enterprise.levels), max(pack.enterprise.levels)
    return high if users >= pack.thresholds.level_4_users else low


def partner_of(primary_rm: str | None, pack: Pack) -> str | None:
    """The FastTrack Ready Partner that a primary RM's name stands for, or None (FR-01).

    The name starts with the prefix in any case, then ends or goes on with a character that is no
    letter and no digit; the rest is the partner's name (the prefix alone where nothing follows).
    """
    name = (primary_rm or "").strip()
    prefix = pack.thresholds.partner_prefix
    if not name.casefold().startswith(prefix.casefold()):
        return None
    rest = name[len(prefix) :]
    if rest and rest[0].isalnum():
        return None
    first = next((i for i, c in enumerate(rest) if c.isalnum()), len(rest))
    return rest[first:].strip() or prefix


class WinnerCandidate(NamedTuple):
    """What decides which tenant of a customer is its winner."""

    tenant_id: str
    marked: bool
    users: int | None


def winner_of(tenants: Sequence[WinnerCandidate]) -> str:
    """The winner tenant of a customer (ES-02).

    The one that is marked. With none or several marked, the one with the most users, then the
    lowest id, stands in: among those marked, or among all where none is.
    """
    marked = [tenant for tenant in tenants if tenant.marked]
    return min(marked or tenants, key=lambda t: (-sure_number(t.users), t.tenant_id)).tenant_id


def winner_problem(tenants: Sequence[WinnerCandidate]) -> str | None:
    """Why a customer's winner had to be chosen, for import and doctor to say (ES-02)."""
    marked = sum(tenant.marked for tenant in tenants)
    if marked == 1 or len(tenants) == 1:
        return None
    how_many = "none of its tenants is" if marked == 0 else f"{marked} of its tenants are"
    return (
        f"{how_many} marked as winner; the one with the most users, then the lowest id, stands in"
    )
