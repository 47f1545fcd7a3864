"""What leaves the house for a partner or a customer, and the status slide (FR-10, FR-11)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from ftop_tui.errors import InputError, NotFoundError, PackError, RefusedError
from ftop_tui.exchange.atomic import write_file
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook import audience as playbook
from ftop_tui.playbook.audience import Audience, Sharing, View
from ftop_tui.playbook.shared_text import brief_text
from ftop_tui.playbook.status_slide import StatusSlide, status_slide
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.services import dossiers, next_actions, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.own_files import check_target
from ftop_tui.text import clean_line

FORMS = ("md", "txt", "pptx")
"""The forms of a brief."""

_READ = 0.8
_VIEWED = {"md": 0.8, "txt": 0.8, "pptx": 0.1}
"""The part of writing a brief after all is gathered, by its form."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What was written: the file, those beside it, and what the user should know of them."""

    path: Path
    warnings: tuple[str, ...] = ()
    others: tuple[Path, ...] = ()


def sharing(context: Context) -> Sharing:
    """The lists of the pack in force."""
    return _sharing(context.paths.pack)


@lru_cache(maxsize=4)
def _sharing(pack_file: Path | None) -> Sharing:
    try:
        return Sharing.read(load_part("sharing", pack_file))
    except PackError as error:
        where = "" if str(pack_file) in error.message else f"{pack_file}: "
        raise PackError(f"{where}{error.message}") from error


def partners(context: Context, customer_ids: Collection[str] | None = None) -> list[str]:
    """The partners that are registered on a workload (FR-01) of some customers or of all."""
    return sorted(
        (
            name
            for name, customers in dossiers.registered(context).items()
            if customer_ids is None or customers & set(customer_ids)
        ),
        key=str.casefold,
    )


def only_partner(context: Context) -> str:
    """The partner where there is but one.

    Raises:
        InputError: there is none, or there are several, named.
    """
    return _chosen(None, partners(context))


def view(
    context: Context,
    audience: Audience,
    partner: str | None,
    customer_ids: Collection[str] | None = None,
    progress: Progress = unheard,
) -> View:
    """What an audience may see of some customers, or of all (FR-10).

    Raises:
        InputError: it is for a partner and none is named where there are several, or one that is
            not there; those there are, are named. RefusedError: a text says what is internal.
    """
    if audience is Audience.PARTNER:
        known = dossiers.registered(context)
        partner = _chosen(partner, sorted(known, key=str.casefold))
        own = {c for name, ids in known.items() if playbook.same(name, partner) for c in ids}
        customer_ids = own if customer_ids is None else own & set(customer_ids)
    elif partner is not None:
        raise InputError("--partner goes with --audience partner")
    reading, viewing = between(progress, 0, _READ), between(progress, _READ, 1)
    months = sharing(context).usage_months
    found = dossiers.read(context, customer_ids, months=months, progress=reading)
    told = counted(found, len(found), viewing)
    return playbook.view(told, audience, partner, sharing(context))


def _chosen(partner: str | None, known: Sequence[str]) -> str:
    if not known:
        raise InputError("no partner is registered on any workload")
    if partner is None:
        if len(known) == 1:
            return known[0]
        raise InputError(
            f"there are several partners; say which with --partner: {', '.join(known)}"
        )
    for name in known:
        if playbook.same(name, partner):
            return name
    raise InputError(
        f"no partner {clean_line(partner)!r} is registered; there are: {', '.join(known)}"
    )


def customers_of(context: Context, tenant_ids: Sequence[str]) -> list[str]:
    """The ids of the tenants' customers, each once, in the tenants' order.

    Raises:
        NotFoundError: there is no such tenant.
    """
    of = {r.facts.tenant_id: r.facts.customer_id for r in portfolio.load(context).ranked}
    missing = next((tenant_id for tenant_id in tenant_ids if tenant_id not in of), None)
    if missing is not None:
        raise NotFoundError(f"there is no tenant {missing}")
    return list(dict.fromkeys(of[tenant_id] for tenant_id in tenant_ids))


def slides(
    context: Context,
    tenant_ids: Sequence[str],
    audience: Audience,
    partner: str | None,
    *,
    review_day: date | None = None,
    progress: Progress = unheard,
) -> tuple[View, list[StatusSlide], list[str]]:
    """What goes on the slides of some customers, in the order asked for, and what is missing.

    Raises:
        InputError, RefusedError: as `view`, or nothing is left to show.
    """
    wanted = customers_of(context, tenant_ids)
    if not wanted:
        raise InputError("no customer is named, so there is nothing to write")
    found = view(context, audience, partner, wanted, progress)
    seen = {dossier.customer_id: dossier for dossier in found.customers}
    if not seen:
        raise RefusedError(f"{found.partner} is registered on no workload of these customers")
    warnings = []
    if len(seen) < len(wanted):
        left = len(wanted) - len(seen)
        what = "customer was" if left == 1 else "customers were"
        warnings.append(f"{left} {what} left out: {found.partner} is not registered there")
    made = [
        status_slide(seen[customer_id], found, context.today(), review_day)
        for customer_id in wanted
        if customer_id in seen
    ]
    return found, made, warnings


def write_brief(
    context: Context,
    tenant_ids: Sequence[str],
    *,
    form: str,
    audience: str,
    partner: str | None,
    path: Path,
    template: Path | None = None,
    review_day: date | None = None,
    progress: Progress = unheard,
) -> Shared:
    """Write a status slide or a text for each customer of these tenants (FR-10, FR-11).

    Raises:
        InputError: the path, the template or the partner cannot be used. RefusedError: a text for
            those outside says what is internal. Nothing is written then.
    """
    if form not in FORMS:
        raise InputError(f"{form!r} is no form of a brief; there are {', '.join(FORMS)}")
    if template is not None and form != "pptx":
        raise InputError("a template goes with the form pptx")
    check_target(context, path)
    found, made, warnings = slides(
        context,
        tenant_ids,
        Audience(audience),
        partner,
        review_day=review_day,
        progress=between(progress, 0, _VIEWED[form]),
    )
    if len(made) > 1 and found.audience is Audience.CUSTOMER:
        warnings.append(f"this holds {len(made)} customers: give each only its own")
    if form != "pptx":
        told = counted(made, len(made), between(progress, _VIEWED[form], 1))
        write_file(path, brief_text(told, markdown=form == "md").encode())
        return Shared(path, tuple(warnings))
    # Deferred for start-up speed: only a slide needs python-pptx.
    from ftop_tui.exchange.slide import deck  # noqa: PLC0415

    drawing = between(progress, _VIEWED[form], 1)
    written = deck(made, sharing(context), now=context.now(), template=template, progress=drawing)
    write_file(path, written.data)
    return Shared(path, (*warnings, *written.warnings))


def agree(
    context: Context, note_id: str, *, partner: str | None = None, shared: bool = True
) -> Changes:
    """Mark the next action of a note as agreed with a partner, or with the customer; or unmark it.

    Only so marked may those outside see it (FR-10). Undo takes it back.

    Raises:
        NotFoundError: there is no such open action. InputError: there is no such partner.
        RefusedError: it is so already.
    """
    action = next((a for a in next_actions.open_actions(context) if a.note_id == note_id), None)
    if action is None:
        raise NotFoundError(f"no open action has the id {note_id!r}; `ftop-tui action list`")
    if partner is not None:
        partner = _chosen(partner, partners(context))
    # Deferred for start-up speed: only this write needs the ORM.
    from ftop_tui.store.agreeing import mark, unmark  # noqa: PLC0415

    whom = partner or "the customer"
    with context.stored().unit("agree") as unit:
        if shared:
            done = mark(unit.session, note_id, partner, context.new_id(), context.now(), unit.today)
            unit.sentence = f"Agreed with {whom}: {action.action}"
        else:
            done = unmark(unit.session, note_id, partner)
            unit.sentence = f"No longer shared with {whom}: {action.action}"
        if not done:
            state = "already" if shared else "not"
            raise RefusedError(f"this action is {state} shared with {whom}: {action.action}")
        return Changes(unit.sentence, notes=True, tenants=frozenset({action.tenant_id}))
