"""Portfolio rows: customers and tenants, winners, clocks and marks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from ftop_tui.exchange.rows import TenantRow
from ftop_tui.playbook.clocks import Stricter, became_stricter
from ftop_tui.playbook.roles import (
    WinnerCandidate,
    is_ranked,
    proposed_level,
    winner_of,
    winner_problem,
)
from ftop_tui.services.importing.draft import Draft
from ftop_tui.services.importing.state import Row

TENANT_COLUMNS: Mapping[str, tuple[str, str]] = {
    "tenant_name": ("name", "TenantName"),
    "winner_tenant": ("winner_marked", "WinnerTenant"),
    "users": ("users", "Users"),
    "enterprise_level": ("level", "EnterpriseLevel"),
    "assigned": ("assigned", "Assigned"),
    "telemetry_blocked": ("telemetry_blocked", "TelemetryBlocked"),
    "renewal_date": ("renewal_date", "RenewalDate"),
}
"""Fields of a row that are the tenant's own: stored as, and headed."""

CUSTOMER_COLUMNS: Mapping[str, tuple[str, str]] = {
    "customer_name": ("name", "CustomerName"),
    "brand_name": ("brand", "BrandName"),
    "s_rank": ("s_rank", "SRank"),
    "fm": ("fm", "FM"),
    "fta": ("fta", "FTA"),
    "priority": ("priority", "Priority"),
    "industry": ("industry", "Industry"),
    "health": ("health", "Health"),
    "group_1_health": ("group_1", "Group1Health"),
    "group_2_health": ("group_2", "Group2Health"),
    "group_3_health": ("group_3", "Group3Health"),
    "forecast_health": ("forecast_health", "ForecastHealth"),
    "forecast_month": ("forecast_month", "ForecastMonth"),
    "enterprise_status": ("status", "EnterpriseStatus"),
    "next_update": ("next_update", "NextUpdate"),
    "business_reason": ("business_reason", "BusinessReason"),
    "review_date": ("review_date", "ReviewDate"),
    "phase": ("phase", "Phase"),
}
"""Fields that are the customer's: taken from its winner's row."""

CLOCK_COLUMNS: Mapping[str, tuple[str, str]] = {
    "last_enterprise_note": ("enterprise", "LastEnterpriseNote"),
    "last_customer_progress": ("progress", "LastCustomerProgress"),
    "last_customer_perspective": ("perspective", "LastCustomerPerspective"),
}
"""Fields that start or move a clock of the customer."""


_STORED = frozenset({str, int, bool, date})
"""What is stored as it is; a choice is stored as its text."""


class _Columns(NamedTuple):
    """The fields of a row that go to one table, and what they are stored as."""

    values: Callable[[TenantRow], tuple[Any, ...]]
    stored: tuple[str, ...]
    fields: tuple[str, ...]

    def of(self, row: TenantRow, cleared: frozenset[str]) -> Row:
        """What the row gives: its cells that are not empty, and those emptied by hand."""
        found = zip(self.stored, self.values(row), strict=True)
        given = {
            name: value if type(value) in _STORED else str(value)
            for name, value in found
            if value is not None
        }
        for name, field in zip(self.stored, self.fields, strict=True) if cleared else ():
            if field in cleared:
                given.setdefault(name, None)
        return given


def _columns(columns: Mapping[str, tuple[str, str]]) -> _Columns:
    return _Columns(attrgetter(*columns), tuple(s for s, _ in columns.values()), tuple(columns))


_OF_TENANT = _columns(TENANT_COLUMNS)
_OF_CUSTOMER = _columns(CUSTOMER_COLUMNS)
_DAYS = attrgetter(*CLOCK_COLUMNS)


def plan_tenants(draft: Draft, rows: Sequence[TenantRow]) -> None:
    """Customers and tenants of the portfolio rows (ES-01, ES-02, RA-12, FR-14)."""
    by_customer: dict[str, list[TenantRow]] = defaultdict(list)
    left: set[str] = set()
    winners = {_winner(tenants)[0] for tenants in draft.state.members().values()}
    by_tpid = {c["tpid"]: c["id"] for c in draft.state.customers.values() if c["tpid"]}
    for row in draft.each(rows):
        customer_id = _customer_for(draft, row, left, by_tpid)
        by_customer[customer_id].append(row)
        _plan_tenant(draft, row, customer_id)
    draft.moved.sort(key=lambda move: move[0] not in winners)
    tenants_of = draft.state.members()
    heirs = {old_id: new_id for _, old_id, new_id in reversed(draft.moved)}
    for old_id, new_id in heirs.items():
        if old_id not in tenants_of:
            _inherit(draft, old_id, new_id)
    for customer_id, members in draft.each(by_customer.items()):
        _plan_customer(draft, customer_id, members, tenants_of[customer_id])


def _customer_for(draft: Draft, row: TenantRow, left: set[str], by_tpid: dict[str, str]) -> str:
    """The customer that a tenant belongs to: its TPID's, else its own."""
    state = draft.state
    tenant = state.tenants.get(row.tenant_id)
    present: str | None = tenant["customer_id"] if tenant else None
    if row.tpid is None:
        return present or _new_customer(draft, None)
    of_tpid = by_tpid.get(row.tpid)
    if of_tpid == present and present is not None:
        return present
    if of_tpid is None and present and state.customers[present]["tpid"] is None:
        state.customers[present]["tpid"] = row.tpid  # it had none: now it has
        draft.put("customer", present, {"id": present, "tpid": row.tpid})
        by_tpid[row.tpid] = present
        return present
    target = by_tpid[row.tpid] = of_tpid or _new_customer(draft, row.tpid)
    if present:
        draft.moved.append((row.tenant_id, present, target))
        left.add(present)
        draft.warn(row.file, row.row, "TPID", None, f"the tenant moves to the customer {row.tpid}")
    return target


_MARKS = frozenset({"stricter", "stricter_why", "colour_stricter", "created_on"})


def _inherit(draft: Draft, old_id: str, new_id: str) -> None:
    """What is known of a customer that all tenants leave fills the gaps where its winner goes.

    So a TPID that is corrected loses nothing. The marks go only to a customer that is new.
    """
    new = draft.state.customers[new_id]
    is_new = "created_on" in draft.rows.get("customer", {}).get(new_id, {})
    kept = {
        name: value
        for name, value in draft.state.customers[old_id].items()
        if value is not None
        and (is_new if name in _MARKS else name not in {"id", "tpid"} and new.get(name) is None)
    }
    if kept:
        new.update(kept)
        draft.put("customer", new_id, {"id": new_id, **kept})
    for (customer_id, kind), day in list(draft.state.days.items()):
        if customer_id == old_id:
            draft.state.days[new_id, kind] = max(day, draft.state.days.get((new_id, kind), day))


def _new_customer(draft: Draft, tpid: str | None) -> str:
    customer_id = draft.new_id()
    row: Row = {"id": customer_id, "tpid": tpid, "created_on": draft.today}
    draft.put("customer", customer_id, row)
    draft.state.customers[customer_id] = dict(row)
    return customer_id


def _plan_tenant(draft: Draft, row: TenantRow, customer_id: str) -> None:
    given = _OF_TENANT.of(row, draft.cleared)
    old = draft.state.tenants.get(row.tenant_id)
    if old is None:
        new = {"id": row.tenant_id, "created_on": draft.today, "customer_id": customer_id, **given}
        draft.put("tenant", row.tenant_id, new)
        draft.state.tenants[row.tenant_id] = {"users": None, "winner_marked": None, **new}
        draft.count("tenants", "created")
        return
    changes = {name: value for name, value in given.items() if old[name] != value}
    if old["customer_id"] != customer_id:
        changes["customer_id"] = customer_id
    draft.count("tenants", "updated" if changes else "unchanged")
    if changes:
        draft.put("tenant", row.tenant_id, {"id": row.tenant_id, **changes})
        old.update(changes)


def _winner(tenants: Sequence[Row]) -> tuple[str, str | None]:
    """A customer's winner tenant, and what is odd about how it was found (ES-02)."""
    if len(tenants) == 1:  # as most have, of thousands
        return tenants[0]["id"], None
    candidates = [
        WinnerCandidate(tenant["id"], bool(tenant["winner_marked"]), tenant["users"])
        for tenant in tenants
    ]
    return winner_of(candidates), winner_problem(candidates)


def _plan_customer(
    draft: Draft, customer_id: str, rows: Sequence[TenantRow], tenants: Sequence[Row]
) -> None:
    """The customer's columns, from the winner's row; other rows that differ are told of."""
    winner_id, problem = _winner(tenants)
    if problem and not draft.by_hand:
        name = draft.state.tenants[winner_id]["name"]
        where = rows[0]
        draft.warn(where.file, where.row, "WinnerTenant", "ES-02", f"{problem}: {name}")
    customer = draft.state.customers[customer_id]
    is_new = (
        customer_id in draft.rows.get("customer", {})
        and "created_on" in (draft.rows["customer"][customer_id])
    )
    changed: Row = {}
    for row in rows:
        if row.tenant_id == winner_id or draft.by_hand:
            changed |= _take(draft, customer, row)
    for row in rows:
        if row.tenant_id != winner_id and not draft.by_hand:
            _compare(draft, customer, row, draft.state.tenants[winner_id]["name"])
    if changed:
        draft.put("customer", customer_id, {"id": customer_id, **changed})
    told = customer_id in draft.rows.get("customer", {})
    draft.count("customers", "created" if is_new else "updated" if told else "unchanged")
    _check(draft, customer, tenants, rows)


def _take(draft: Draft, customer: Row, row: TenantRow) -> Row:
    """Have the customer what the row says of it; what of it was something else."""
    given = _OF_CUSTOMER.of(row, draft.cleared)
    if "next_update" in given and _is_stale(draft, customer, given["next_update"]):
        del given["next_update"]
    changed = {name: value for name, value in given.items() if customer.get(name) != value}
    customer.update(changed)
    for (kind, _), day in zip(CLOCK_COLUMNS.values(), _DAYS(row), strict=True):
        if day is not None:
            _move_clock(draft, customer["id"], kind, day)
    return changed


def _is_stale(draft: Draft, customer: Row, day: date | None) -> bool:
    """Whether an imported Next Update is one that a later post has answered and replaced."""
    last = draft.state.days.get((customer["id"], "enterprise"))
    stored = customer.get("next_update")
    return not draft.by_hand and bool(day and last and stored and day <= last < stored)


def _move_clock(draft: Draft, customer_id: str, kind: str, day: date) -> None:
    """A day that is later than what is known counts as a post without text; others move nothing."""
    known = draft.state.days.get((customer_id, kind))
    if known is not None and day <= known:
        draft.count("records", "unchanged")
        return
    record_id = draft.new_id()
    draft.put(
        "record",
        record_id,
        {
            "id": record_id,
            "kind": kind,
            "customer_id": customer_id,
            "day": day,
            "source": "hand" if draft.by_hand else "import",
            "created_at": draft.instant,
        },
    )
    draft.state.days[customer_id, kind] = day
    draft.count("records", "created")


def _compare(draft: Draft, customer: Row, row: TenantRow, winner: str) -> None:
    for field, (stored, column) in CUSTOMER_COLUMNS.items():
        value = getattr(row, field)
        if value is not None and value != customer.get(stored):
            told = customer.get(stored)
            holds = "is empty there" if told is None else f"is {_shown(told)} there"
            draft.warn(
                row.file,
                row.row,
                column,
                "ES-02",
                f"{_shown(value)} was left out: a customer's columns come from its winner "
                f"tenant's row ({winner}), and {column} {holds}",
            )
    for field, (_, column) in CLOCK_COLUMNS.items():
        if getattr(row, field) is not None:
            message = f"left out: such notes live on the winner tenant ({winner})"
            draft.warn(row.file, row.row, column, "ES-02", message)


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _check(draft: Draft, customer: Row, tenants: Iterable[Row], rows: Sequence[TenantRow]) -> None:
    where = rows[0]
    if is_ranked(customer.get("s_rank"), draft.pack) and not (
        customer.get("fm") or customer.get("fta")
    ):
        message = f"rank {customer['s_rank']} and neither an FM nor an FTA is accountable"
        draft.warn(where.file, where.row, "FM", "FR-14", message)
    by_id = {tenant["id"]: tenant for tenant in tenants}
    for row in rows:
        tenant = by_id[row.tenant_id]
        level, proposed = tenant.get("level"), proposed_level(tenant.get("users"), draft.pack)
        if level is not None and proposed is not None and level != proposed:
            draft.warn(
                row.file,
                row.row,
                "EnterpriseLevel",
                "RA-12",
                f"Level {level}, but {tenant['users']:,} users ask for Level {proposed}",
            )


def plan_stricter(draft: Draft, before: Mapping[str, tuple[str | None, bool]]) -> None:
    """Mark clocks that became stricter after the customer was first imported (FR-06).

    `before` holds each customer's colour and whether it had a partner. On the day of the first
    import nothing is a change: its files may come one after the other.
    """
    present = draft.state.cadence()
    for customer_id, was in before.items():
        customer = draft.state.customers[customer_id]
        if customer["created_on"] >= draft.today:
            continue
        now = present[customer_id]
        if was == now:
            continue
        marks = Stricter(
            _ordinal(customer["stricter"]),
            customer["stricter_why"],
            _ordinal(customer["colour_stricter"]),
        )
        after = became_stricter(was, now, marks, draft.today.toordinal())
        changed = {
            "stricter": _day(after.enterprise),
            "stricter_why": after.why,
            "colour_stricter": _day(after.colour),
        }
        if any(customer[name] != value for name, value in changed.items()):
            customer.update(changed)
            draft.put("customer", customer_id, {"id": customer_id, **changed})


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
