"""What an export would hold, before it is written, and writing it: for the screen of exports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ftop_tui.playbook.audience import Audience
from ftop_tui.playbook.opening import shown_name
from ftop_tui.progress import Progress, unheard
from ftop_tui.services import calendars, exports, portfolio, sharing
from ftop_tui.services.context import Context
from ftop_tui.services.sharing import Shared

FORMS = {
    "portfolio": exports.FORMS,
    "slide": ("pptx",),
    "brief": ("md", "txt"),
    "calendar": ("ics",),
}
"""The forms in which each thing can be written."""

_NAMES = {"portfolio": "portfolio", "slide": "status", "brief": "status", "calendar": "ftop"}
NAMES = frozenset({"portfolio", "portfolio-partner", "portfolio-customer", "ftop"}) | {
    "status", "status-partner", "status-customer"
}  # fmt: skip
"""The names that are proposed; never made of a customer's text."""

_KINDS = {
    "usage": ("month of usage", "months of usage"),
    "actions": ("agreed action", "agreed actions"),
    "inputs": ("input of a partner", "inputs of partners"),
    "contacts": ("contact of a partner", "contacts of partners"),
}
"""Of each table with other words than its name: one of them, and several."""

_COUNTED = ("customer", "tenant", "workload", "note")
_NEVER = (
    "Never in it: rank, Enterprise status and reason, health, priority, urgency, nominations, "
    "internal notes, and escalations that do not name the partner (FR-10)."
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: the thing, its form, for whom, and of which tenant's customer."""

    what: str
    form: str
    audience: str
    partner: str | None
    tenant_id: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """How much of what will be in the file, and what never is."""

    counts: tuple[tuple[int, str], ...]
    never: tuple[str, ...] = ()


class Whose(NamedTuple):
    """The name of the one customer, empty for all of them, and the partners to choose from."""

    name: str
    partners: list[str]


def whose(context: Context, tenant_id: str | None) -> Whose:
    """Whom an export is about: all customers, or a tenant's."""
    if tenant_id is None:
        return Whose("", sharing.partners(context))
    known = portfolio.load(context).ranked
    facts = next((r.facts for r in known if r.facts.tenant_id == tenant_id), None)
    name = shown_name(facts.brand, facts.customer, facts.name) if facts else None
    chosen = set(sharing.customers_of(context, [tenant_id]))
    return Whose(name or "", sharing.partners(context, chosen))


def default_name(order: Order) -> str:
    """The name of a file for this."""
    tail = "" if order.audience == "internal" or order.what == "calendar" else f"-{order.audience}"
    return f"{_NAMES[order.what]}{tail}.{order.form}"


def preview(context: Context, order: Order, progress: Progress = unheard) -> Preview:
    """What the file would hold.

    Raises:
        FtopError: it could not be written as it is asked for; the message says why.
    """
    if order.what == "calendar":
        return Preview(_calendar_counts(context, order, progress))
    audience = Audience(order.audience)
    if order.what == "portfolio" and audience is Audience.INTERNAL:
        counts = exports.count_whole(context, _COUNTED, _customers(context, order))
        return Preview(tuple(_counted(counts[name], f"{name}s") for name in _COUNTED))
    partner = order.partner if audience is Audience.PARTNER else None
    found = sharing.view(context, audience, partner, _customers(context, order), progress)
    amounts = [_counted(len(found.customers), "customers")]
    amounts += [_counted(len(found.table(kind)), kind) for kind in found.columns]
    return Preview(tuple(amounts), () if audience is Audience.INTERNAL else (_NEVER,))


def _counted(number: int, kind: str) -> tuple[int, str]:
    one, several = _KINDS.get(kind, (kind.removesuffix("s"), kind))
    return number, one if number == 1 else several


def _customers(context: Context, order: Order) -> set[str] | None:
    if order.tenant_id is None:
        return None
    return set(sharing.customers_of(context, [order.tenant_id]))


def _calendar_counts(
    context: Context, order: Order, progress: Progress
) -> tuple[tuple[int, str], ...]:
    found = calendars.entries(context, progress, _customers(context, order))
    kinds = Counter(each.kind for each in found)
    return tuple((count, kind) for kind, count in sorted(kinds.items())) or ((0, "entries"),)


def write(context: Context, order: Order, path: Path, progress: Progress = unheard) -> Shared:
    """Write the file.

    Raises:
        FtopError: it cannot be written; nothing was.
    """
    if order.what == "calendar":
        return calendars.write_calendar(context, path, progress, _customers(context, order))[0]
    tenants: Sequence[str] | None = None if order.tenant_id is None else [order.tenant_id]
    partner = order.partner if order.audience == "partner" else None
    if order.what == "portfolio":
        return exports.export(
            context, path, form=order.form, audience=order.audience, partner=partner,
            tenant_ids=tenants, progress=progress,
        )  # fmt: skip
    every = [ranked.facts.tenant_id for ranked in portfolio.load(context).ranked]
    return sharing.write_brief(
        context, tenants or every, form=order.form, audience=order.audience, partner=partner,
        path=path, progress=progress,
    )  # fmt: skip
