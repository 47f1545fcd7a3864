"""What a partner or a customer may see, by allow-list (FR-10); pure, the lists are the pack's.

A portfolio comes in as dossiers, one a customer: every kind of thing with all that is known of it.
What goes out is a view: the rows of that audience alone, with the fields that are allowed and no
other. Text that gives the categorisation away stops the whole of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Self

from ftop_tui.errors import PackError, RefusedError
from ftop_tui.text import fold

Value = str | int | float | date | bool | None
Row = Mapping[str, Value]


class Audience(StrEnum):
    """For whom a file is made."""

    INTERNAL = "internal"
    PARTNER = "partner"
    CUSTOMER = "customer"


KINDS = (
    "tenants", "workloads", "usage", "milestones", "actions", "escalations", "inputs", "contacts",
    "risks",
)  # fmt: skip
"""The kinds of thing in a dossier, in the order in which they are written."""

INTERNAL_FIELDS = frozenset(
    {"health", "enterprise_status", "enterprise_reason", "enterprise_level", "s_rank", "role"}
    | {"priority", "band", "urgency", "rank", "nominations", "note", "assigned"}
)
"""Fields that no list may name for those outside, whatever the user's own pack says (FR-10)."""

INTERNAL_KINDS = frozenset({"risks"})
"""Kinds that stay inside altogether: the Enterprise note's own words."""

_OUTSIDE = {
    Audience.PARTNER: frozenset(KINDS) - INTERNAL_KINDS,
    Audience.CUSTOMER: frozenset(KINDS) - INTERNAL_KINDS - {"escalations", "inputs"},
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """One customer with all that is known of it, by kind; `name` is its shown name (ES-13)."""

    customer_id: str
    name: str
    rows: Mapping[str, Sequence[Row]]

    def of(self, kind: str) -> Sequence[Row]:
        """The rows of a kind."""
        return self.rows.get(kind, ())


@dataclass(frozen=True, slots=True)
class Sharing:
    """The lists of the pack: columns by audience and kind, and the words that stop an export."""

    columns: Mapping[Audience, Mapping[str, tuple[str, ...]]]
    stops: tuple[str, ...]
    usage_months: int
    text_size: int
    smallest_size: int
    table_rows: int
    chart_workloads: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The lists from the pack's part `sharing`.

        Raises:
            PackError: a list for those outside names what is internal; kind and field are named.
        """
        columns = {
            audience: {kind: tuple(fields) for kind, fields in data[audience.value].items()}
            for audience in Audience
        }
        for audience, allowed in _OUTSIDE.items():
            for kind, fields in columns[audience].items():
                hidden = sorted(INTERNAL_FIELDS & set(fields))
                if kind not in allowed or hidden:
                    what = f"{kind}.{hidden[0]}" if hidden else kind
                    raise PackError(f"sharing.{audience.value}: {what} is internal (FR-10)")
        return cls(
            columns=columns,
            stops=tuple(data["stops"]),
            usage_months=data["usage_months"],
            **data["slide"],
        )


@dataclass(frozen=True, slots=True)
class View:
    """What an audience sees: its columns by kind, and its customers with nothing else in them."""

    audience: Audience
    partner: str | None
    columns: Mapping[str, tuple[str, ...]]
    customers: tuple[Dossier, ...]

    def table(self, kind: str) -> list[Row]:
        """The rows of one kind, of all customers."""
        return [row for customer in self.customers for row in customer.of(kind)]


def view(
    dossiers: Iterable[Dossier], audience: Audience, partner: str | None, sharing: Sharing
) -> View:
    """The part of the dossiers that an audience may see (FR-10).

    For a partner, only its own workloads, and only the customers where it is registered.

    Raises:
        RefusedError: an allowed field says what is internal; each place is named.
    """
    columns = sharing.columns[audience]
    scoped = (_scoped(dossier, audience, partner) for dossier in dossiers)
    customers = tuple(
        Dossier(
            dossier.customer_id,
            dossier.name,
            {
                kind: [{field: row.get(field) for field in fields} for row in dossier.of(kind)]
                for kind, fields in columns.items()
            },
        )
        for dossier in scoped
        if dossier is not None
    )
    found = View(audience, partner, columns, customers)
    if audience is not Audience.INTERNAL:
        _refuse_internal_words(found, sharing)
    return found


def _scoped(dossier: Dossier, audience: Audience, partner: str | None) -> Dossier | None:
    """The rows that are the audience's own; None where the customer is none of its business."""
    if audience is Audience.INTERNAL:
        return dossier
    if audience is Audience.CUSTOMER:
        rows = {k: r for k, r in dossier.rows.items() if k in _OUTSIDE[audience]}
        agreed = [row for row in dossier.of("actions") if row.get("agreed_with_customer")]
        return Dossier(dossier.customer_id, dossier.name, {**rows, "actions": agreed})
    own = [row for row in dossier.of("workloads") if same(row.get("partner"), partner)]
    if not own:
        return None
    places = {(row["tenant_id"], row["workload"]) for row in own}
    tenants = {tenant for tenant, _ in places}

    def kept(kind: str, row: Row) -> bool:
        if kind in {"workloads", "usage", "milestones"}:
            return (row["tenant_id"], row["workload"]) in places
        if kind == "tenants":
            return row["tenant_id"] in tenants
        if kind == "actions":
            return row["tenant_id"] in tenants and _names(row.get("agreed_with"), partner)
        if kind == "escalations":
            return same(row.get("partner"), partner) and not row.get("internal")
        return same(row.get("partner"), partner)  # inputs, contacts

    return Dossier(
        dossier.customer_id,
        dossier.name,
        {
            kind: [row for row in rows if kept(kind, row)]
            for kind, rows in dossier.rows.items()
            if kind in _OUTSIDE[audience]
        },
    )


def same(name: Value, partner: str | None) -> bool:
    """Whether two names mean the same partner: letter case and accents do not matter."""
    return isinstance(name, str) and partner is not None and fold(name) == fold(partner)


def _names(listed: Value, partner: str | None) -> bool:
    """Whether a partner is among names that stand a line each."""
    return isinstance(listed, str) and any(same(name, partner) for name in listed.split("\n"))


# The words that stop an export

_GAP = r"[\s_.,'’/\-‐-―−]{0,3}"
"""What may stand within a word of the categorisation without making it another."""


def pattern(stops: Sequence[str]) -> re.Pattern[str]:
    """Finds any of the words in folded text, as part of no longer number or word before it.

    `Contoso's 1500 users` is not meant: what follows an apostrophe is no word of its own.
    """
    words = (_GAP.join(map(re.escape, _bare(stop))) for stop in stops if _bare(stop))
    return re.compile(rf"(?<![\w'’])(?:{'|'.join(words)})(?!\d)")


def _bare(stop: str) -> str:
    return "".join(char for char in fold(stop) if char.isalnum())


def _refuse_internal_words(found: View, sharing: Sharing) -> None:
    internal = pattern(sharing.stops)
    places = list(dict.fromkeys(_places(found, internal)))
    if places:
        raise RefusedError(
            f"nothing was written: text for a {found.audience.value} holds what is internal to "
            "Microsoft; change it first",
            details=places,
        )


def _places(found: View, internal: re.Pattern[str]) -> Iterator[str]:
    @cache
    def said(text: str) -> str | None:
        hit = internal.search(fold(text))
        return hit.group() if hit else None

    for customer in found.customers:
        for kind in found.columns:
            for row in customer.of(kind):
                for field, value in row.items():
                    hit = said(value) if type(value) is str else None
                    if hit:
                        where = row.get("tenant") or customer.name
                        what = f"{row['workload']} " if row.get("workload") else ""
                        yield f"{where}: {what}{field} of {kind} says {hit!r}"
