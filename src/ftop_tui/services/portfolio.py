"""The list and the panel: reads only, and without the ORM, for it is on the way to first paint."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from itertools import compress
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from ftop_tui.errors import AmbiguousError, NotFoundError
from ftop_tui.playbook import first, opening, query
from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.detail import NoteSummary, TenantDetail
from ftop_tui.playbook.factors import OddFactError, Weight
from ftop_tui.playbook.facts import TenantFacts, readable
from ftop_tui.playbook.opening import OpeningParts, OpeningSentence
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.stored import words
from ftop_tui.playbook.urgency import Ranked, rank
from ftop_tui.playbook.values import Band, Health
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import read_model
from ftop_tui.text import fold

if TYPE_CHECKING:
    from sqlite3 import Connection


class Whole(NamedTuple):
    """What all tenants come to, where only the first of them are at hand."""

    bands: Mapping[Band, int]
    customers: int


@dataclass(frozen=True)
class Portfolio:
    """All tenants, most urgent first, as they stand on a day.

    Where there is a `whole`, it is only the first of them, as `beginning` reads them.
    """

    today: date
    ranked: tuple[Ranked, ...]
    whole: Whole | None = None

    def size(self, shown: Sequence[Ranked] | None = None) -> int:
        """How many tenants there are; `shown` are some of them in their order."""
        return sum(self.counts(shown).values())

    def counts(self, shown: Sequence[Ranked] | None = None) -> Mapping[Band, int]:
        """How many tenants are in each band; `shown` are some of them in their order."""
        rows = self.ranked if shown is None else shown
        if self.whole is not None and rows is self.ranked:
            return self.whole.bands
        ends = [bisect_right(rows, band.order, key=_band_order) for band in Band]
        return {band: end - start for band, start, end in zip(Band, [0, *ends], ends, strict=False)}

    def customers(self, shown: Sequence[Ranked] | None = None) -> int:
        """How many customers there are."""
        rows = self.ranked if shown is None else shown
        if self.whole is not None and rows is self.ranked:
            return self.whole.customers
        return len(set(map(_CUSTOMER, rows)))

    def matching(self, text: str, me: Sequence[str] = ()) -> tuple[Ranked, ...]:
        """Those that a typed filter lets through, ranks kept."""
        asked = query.parse(text, me)
        found = self.ranked
        if asked.words:
            texts = self._haystacks
            for word in asked.words:
                hits = [word in text for text in texts]
                found, texts = tuple(compress(found, hits)), tuple(compress(texts, hits))
        for test in asked.tests:
            found = tuple(filter(test, found))
        return found

    def prepare(self) -> None:
        """Make ready for the first word that is typed; of ten thousand tenants it is felt."""
        _ = self._haystacks

    @cached_property
    def _haystacks(self) -> tuple[str, ...]:
        """What words are looked for in; made by `prepare`, or with the first of them."""
        return tuple([query.haystack(ranked.facts) for ranked in self.ranked])


_CUSTOMER = attrgetter("facts.customer_id")


def _band_order(ranked: Ranked) -> int:
    return ranked.assessment.band.order


def load(context: Context) -> Portfolio:
    """The portfolio as it stands today; empty where there is no store yet.

    Raises:
        StoreError: there is a store and it cannot be used.
    """
    today = context.today()
    if not context.store.exists():
        return Portfolio(today, ())
    with reading(context) as connection:
        facts = read_model.read_facts(connection, to_rank=True)
    return Portfolio(today, tuple(rank(facts, today.toordinal(), context.pack)))


def beginning(context: Context, number: int) -> Portfolio:
    """The first so many tenants of the portfolio, or more of them, and what all come to.

    Of a large portfolio that is much sooner there than the whole, and is the same as its first.

    Raises:
        StoreError: there is a store and it cannot be used.
    """
    today = context.today()
    if not context.store.exists():
        return Portfolio(today, ())
    with reading(context) as connection:
        read_model.go_through(connection)
        try:
            few = read_model.number_of_tenants(connection) <= max(_AT_ONCE, number)
            found = None if few else _first_places(connection, number, today, context.pack)
        except OddFactError:  # what comes first is found by facts as they are stored
            found = None
        if found is None:
            facts = read_model.read_facts(connection, to_rank=True)
            return Portfolio(today, tuple(rank(facts, today.toordinal(), context.pack)))
        bands, places = found
        batches = read_model.facts_of(connection, TenantFacts._fields, places)
        facts = [readable(row[1:]) for rows in batches for row in rows]
        whole = Whole(bands, read_model.number_of_customers(connection))
    return Portfolio(today, tuple(rank(facts, today.toordinal(), context.pack)), whole)


_AT_ONCE = 300
"""So many tenants are ranked at once as soon as their first few alone."""


def _first_places(
    connection: "Connection", number: int, today: date, pack: Pack
) -> tuple[Mapping[Band, int], list[int]]:
    """How many tenants are in each band, and where in the table the first of all stand."""
    found: dict[int, Weight] = {}
    weighing = first.DECIDING.asked(today.toordinal(), pack)
    for rows in read_model.facts_of(connection, first.DECIDING.reads):
        found.update(zip(map(_PLACE, rows), weighing.weights(rows), strict=True))
    orders = Counter(weight.order for weight in found.values())
    last = first.last_band(orders, number)
    chosen = (place for place, weight in found.items() if weight.order <= last)
    weighing = first.ORDERING.asked(today.toordinal(), pack)
    sortable: list[tuple[int, int, str, str, int]] = []
    for rows in read_model.facts_of(connection, (*first.ORDERING.reads, *_NAMED), chosen):
        for row, more in zip(rows, weighing.weights(rows), strict=True):
            place, name, tenant_id = row[0], row[-2], row[-1]
            order, points = found[place]
            name = (words(name) or "").casefold()
            sortable.append((order, -(points + more.points), name, tenant_id, place))
    bands = {band: orders[band.order] for band in Band}
    return bands, [row[-1] for row in nsmallest(number, sortable)]


_PLACE = itemgetter(0)
_NAMED = ("name", "tenant_id")


def detail(context: Context, tenant_id: str) -> TenantDetail:
    """What the panel shows of one tenant beside its facts."""
    with reading(context) as connection:
        return read_model.read_detail(connection, tenant_id, context.pack)


def notes(context: Context, tenant_id: str | None = None) -> list[NoteSummary]:
    """All notes and drafts, of one tenant or of all, newest first."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return read_model.list_notes(connection, tenant_id)


def find(portfolio: Portfolio, name: str) -> Ranked:
    """The tenant that a tenant id, a TPID (then its winner) or a fitting name means.

    A name fits when it is the tenant's, customer's or brand's in whole; else when it is a part of
    one tenant's only. Of a customer's tenants that fit by the customer's name, the winner is meant.

    Raises:
        NotFoundError: nothing fits. AmbiguousError: several do; they are listed.
    """
    return choose(name, portfolio.ranked, lambda ranked: ranked.facts)


class Named(Protocol):
    """By what a tenant can be named; facts have it."""

    @property
    def tenant_id(self) -> str:
        """The tenant's id, in small letters."""

    @property
    def name(self) -> str:
        """The tenant's name."""

    @property
    def tpid(self) -> str | None:
        """Its customer's TPID."""

    @property
    def customer(self) -> str | None:
        """Its customer's name."""

    @property
    def brand(self) -> str | None:
        """Its customer's brand."""

    @property
    def winner(self) -> bool:
        """Whether it stands for its customer (ES-02)."""


_T = TypeVar("_T")


def choose(name: str, things: Sequence[_T], named: Callable[[_T], Named]) -> _T:
    """The one among some things whose tenant the name means, by the rules of `find`.

    Raises:
        NotFoundError: nothing fits. AmbiguousError: several do; they are listed.
    """
    wanted = fold(name)
    for of_level in (_by_id, _by_tpid, _by_tenant_name, _by_customer_name, _by_part):
        hits = [thing for thing in things if wanted and of_level(named(thing), wanted)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            names = sorted(f"{named(hit).name} ({named(hit).tenant_id})" for hit in hits)
            raise AmbiguousError(f"{name!r} fits {len(hits)} tenants", details=names)
    raise NotFoundError(f"no tenant is named {name!r}; `ftop-tui list` shows them all")


def _by_id(tenant: Named, wanted: str) -> bool:
    return tenant.tenant_id == wanted.strip("{}")


def _by_tpid(tenant: Named, wanted: str) -> bool:
    return bool(tenant.winner) and tenant.tpid is not None and fold(tenant.tpid) == wanted


def _by_tenant_name(tenant: Named, wanted: str) -> bool:
    return fold(tenant.name) == wanted


def _by_customer_name(tenant: Named, wanted: str) -> bool:
    return bool(tenant.winner) and wanted in {
        fold(tenant.customer or ""),
        fold(tenant.brand or ""),
    }


def _by_part(tenant: Named, wanted: str) -> bool:
    names = (tenant.name, *((tenant.customer, tenant.brand) if tenant.winner else ()))
    return any(wanted in fold(name) for name in names if name)


def opening_parts(facts: TenantFacts) -> OpeningParts:
    """What the opening sentence of a tenant's customer is made of (RA-17)."""
    return OpeningParts(
        name=opening.shown_name(facts.brand, facts.customer, facts.name),
        overall_health=Health.read(facts.health or ""),
        group_1=Health.read(facts.group_1 or ""),
        group_2=Health.read(facts.group_2 or ""),
        group_3=Health.read(facts.group_3 or ""),
        forecast_health=Health.read(facts.forecast_health or ""),
        forecast_month=iso_day(facts.forecast_month),
    )


def opening_of(facts: TenantFacts, today: date, pack: Pack) -> OpeningSentence:
    """The opening sentence of a tenant's customer."""
    return opening.opening_sentence(opening_parts(facts), today, pack)
