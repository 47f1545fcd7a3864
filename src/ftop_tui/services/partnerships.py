"""Partnerships as they stand: what is registered, what was written, and what follows from both."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from ftop_tui.errors import AmbiguousError, NotFoundError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook import partnering
from ftop_tui.playbook.days import later
from ftop_tui.playbook.entries import milestones_in, shares_in
from ftop_tui.playbook.partnering import (
    AGREEMENT,
    Input,
    Meeting,
    PartneringTerms,
    PartnerMilestone,
    Partnership,
    Step,
    WorkloadData,
)
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store.partners import (
    DATA,
    INFORMED,
    REVIEW,
    CustomerRow,
    PartnerRows,
    PartnershipRow,
    RecordRow,
    RegisteredRow,
    read_partner_rows,
)
from ftop_tui.text import fold

_Row = TypeVar("_Row")


def terms(context: Context) -> PartneringTerms:
    """The checklist and the numbers of the pack in force."""
    return _terms(context.paths.pack)


@lru_cache(maxsize=4)
def _terms(pack_file: Path) -> PartneringTerms:
    return PartneringTerms.read(load_part("partners", pack_file))


def read(context: Context, customer_id: str | None = None) -> list[Partnership]:
    """The partnerships of a customer or of all, by partner and customer, former ones last.

    A partner that is registered on a workload is there before anything was written about it
    (FR-01); one that is registered no more stays while it has history.
    """
    if not context.store.exists():
        return []
    with reading(context) as connection:
        rows = read_partner_rows(connection, customer_id)
    found = _Assembly(context, rows).all()
    return sorted(found, key=lambda p: (p.former, fold(p.partner), fold(p.customer), p.tenant_id))


def choose(partnerships: Sequence[Partnership], partner: str | None, where: str) -> Partnership:
    """The partnership that a partner's name means; without a name the only one there is.

    Raises:
        NotFoundError: there is none, or none of that name. AmbiguousError: a name is needed; the
            message has them all.
    """
    names = ", ".join(p.partner for p in partnerships)
    if partner is None:
        some = [p for p in partnerships if not p.former] or partnerships
        if len(some) > 1:
            raise AmbiguousError(f"{where} has {len(some)} partners; say which one: {names}")
    else:
        some = [p for p in partnerships if fold(p.partner) == fold(partner)]
    if some:
        return some[0]
    if partner is not None and partnerships:
        raise NotFoundError(f"{partner!r} is no partner of {where}; there are: {names}")
    raise NotFoundError(
        f"{where} has no partner: none of its workloads has a primary RM who stands for one (FR-01)"
    )


@dataclass(slots=True)
class _Found:
    """What the rows hold of one partner at one customer."""

    name: str
    registered: list[RegisteredRow] = field(default_factory=list)
    stored: PartnershipRow | None = None


class _Assembly:
    """Puts the rows of partners together; names are compared without case and accents."""

    def __init__(self, context: Context, rows: PartnerRows) -> None:
        self.rows = rows
        self.terms = terms(context)
        self.today = context.today()
        self.percents = context.pack.thresholds.milestones
        self.cadence = context.pack.cadence
        self.partner_ids = {fold(name): ident for ident, (name, _) in rows.partners.items()}
        self.records = _grouped(rows.records, lambda row: row.customer_id)
        self.contacts = _grouped(rows.contacts, lambda row: row.customer_id)
        self.meetings = _grouped(rows.meetings, lambda row: row.partnership_id)
        self.inputs = _grouped(rows.inputs, lambda row: row.partnership_id)

    def all(self) -> Iterator[Partnership]:
        """Every partnership of the customers that there are."""
        found = self._found()
        for customer in self.rows.customers:
            here = found.get(customer.id, {})
            for key, each in here.items():
                yield self._partnership(customer, key, each, frozenset(here))

    def _found(self) -> dict[str, dict[str, _Found]]:
        found: dict[str, dict[str, _Found]] = defaultdict(dict)
        for stored in self.rows.partnerships:
            found[stored.customer_id][fold(stored.partner)] = _Found(stored.partner, stored=stored)
        for row in self.rows.registered:
            ident = self.partner_ids.get(fold(row.partner))
            name = self.rows.partners[ident][0] if ident else row.partner
            each = found[row.customer_id].setdefault(fold(row.partner), _Found(name))
            each.registered.append(row)
        return found

    def _partnership(
        self, customer: CustomerRow, key: str, found: _Found, others: frozenset[str]
    ) -> Partnership:
        partner_id = self.partner_ids.get(key)
        about = [r for r in self.records.get(customer.id, ()) if _is_about(r, key, others)]
        stored = found.stored
        base = Partnership(
            id=stored.id if stored else None,
            partner=found.name,
            psm=self.rows.partners[partner_id][1] if partner_id else None,
            customer_id=customer.id,
            tenant_id=customer.tenant_id,
            customer=customer.name,
            workloads=tuple((row.tenant_id, row.tag) for row in found.registered),
            poc=self._poc(customer.id, partner_id),
            agreed_on=stored.agreed_on if stored else None,
            access=stored.access if stored else None,
            meetings=tuple(self._meetings(stored)),
            inputs=tuple(self._inputs(stored)),
            steps=tuple(self._steps(stored)),
            informed=tuple(
                r.day for r in about if r.kind == INFORMED and r.who and fold(r.who) == key
            ),
            milestones=tuple(self._milestones(found.registered)),
            owners=tuple(name for name in (customer.fm, customer.fta) if name),
        )
        counted = self._counted(base, found.registered, about)
        return replace(counted, review_due=self._review_due(counted, customer.phase))

    def _review_due(self, here: Partnership, phase: str | None) -> date | None:
        """The last review and the interval of the customer's phase (FR-05)."""
        if here.former or not here.reviews:
            return None
        usual = self.cadence.frp_review.due
        days = self.cadence.frp_review_by_phase.get(phase or "", usual)
        return later(here.reviews[-1], days)

    def _counted(
        self, base: Partnership, registered: Sequence[RegisteredRow], about: Sequence[RecordRow]
    ) -> Partnership:
        """With what follows: reviews, data, and the misses of both (FR-05, FR-07, FR-12)."""
        reviews = partnering.reviews_held([r.day for r in about if r.kind == REVIEW], base.meetings)
        unheld = [m.day for m in base.meetings if m.held is False]
        # Of a former partner nothing is expected after what is on record.
        until = max([*reviews, *unheld], default=date.min) if base.former else self.today
        given = {row: _given(about, row) for row in registered}
        days = self.terms.missing_input_days
        return replace(
            base,
            reviews=reviews,
            missed_reviews=partnering.missed_reviews(
                base.agreed_on, reviews, unheld, until, self.terms.missed_review_days
            ),
            data=tuple(
                WorkloadData(r.tenant_id, r.tenant, r.tag, max(given[r], default=None))
                for r in registered
            ),
            missing_inputs=tuple(
                sorted(
                    missed
                    for row, name in _names(registered).items()
                    for missed in partnering.missing_data(name, given[row], self.today, days)
                )
            ),
            inform_psm_by=None
            if base.former
            else partnering.inform_psm_by(base.steps, base.informed, self.terms.psm_informed_days),
        )

    def _poc(self, customer_id: str, partner_id: str | None) -> str | None:
        """The partner's own point of contact, else one of whom no partner is said (FR-14)."""
        fitting = (
            c.name for c in self.contacts.get(customer_id, ()) if c.partner_id in {None, partner_id}
        )
        return next(fitting, None)

    def _steps(self, stored: PartnershipRow | None) -> Iterator[Step]:
        done = self.rows.steps.get(stored.id, {}) if stored else {}
        for step in self.terms.steps:
            day = done.get(step.key)
            if step.key == AGREEMENT and stored and stored.agreed_on:
                day = stored.agreed_on
            yield Step(step.key, step.title, step.talking_points, day, step.about)

    def _meetings(self, stored: PartnershipRow | None) -> Iterator[Meeting]:
        for row in self.meetings.get(stored.id, ()) if stored else ():
            yield Meeting(row.id, row.day, row.held, row.text)

    def _inputs(self, stored: PartnershipRow | None) -> Iterator[Input]:
        for row in self.inputs.get(stored.id, ()) if stored else ():
            yield Input(row.id, row.day, row.source, row.text, row.note_id)

    def _milestones(self, registered: Iterable[RegisteredRow]) -> Iterator[PartnerMilestone]:
        tags: dict[str, list[str]] = defaultdict(list)
        for row in registered:
            tags[row.tenant_id].append(row.tag)
        for tenant_id, its in tags.items():
            facts = self.rows.facts.get(tenant_id)
            if facts is None:
                continue
            yield from partnering.milestone_states(
                tenant_id,
                its,
                self.percents,
                dict(shares_in(facts.peaks)),
                set(shares_in(facts.dated)),
                {(t, p): date.fromordinal(day) for t, p, day in milestones_in(facts.missed)},
                self.today,
            )


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], str]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _is_about(record: RecordRow, key: str, partners: frozenset[str]) -> bool:
    """Whether a record counts for a partner: it names it, or none of the customer's partners."""
    named = fold(record.who or "")
    return named == key or named not in partners


def _given(about: Iterable[RecordRow], row: RegisteredRow) -> list[date]:
    """The days on which data of a workload came in; a record without a tag is about all (FR-07)."""
    return [
        r.day
        for r in about
        if r.kind == DATA and r.tenant_id == row.tenant_id and r.tag in {None, row.tag}
    ]


def _names(registered: Sequence[RegisteredRow]) -> dict[RegisteredRow, str]:
    """What each workload is called; with its tenant where the partner works on several."""
    several = len({row.tenant_id for row in registered}) > 1
    return {row: f"{row.tag} of {row.tenant}" if several else row.tag for row in registered}
