"""Shared fixtures of the screens' tests: a context in a temporary folder, and small portfolios."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from ftop_tui.app import FtopApp
from ftop_tui.bootstrap import make_context
from ftop_tui.playbook.render import render
from ftop_tui.services import enterprise_forms
from ftop_tui.services.context import Context
from ftop_tui.store.tables import (
    Customer,
    Escalation,
    Note,
    Record,
    Subscription,
    Tenant,
    Usage,
    Workload,
)

from .enterprise import LAST, POSTED

TODAY = date(2026, 11, 21)

HOSTILE = (
    "[red]x[/]",
    "[/]",
    "[/EXO] [EXO] [b",
    "[@click=app.quit]x[/]",
    "\x1b]52;c;aGFjaw==\x07Contoso\x1b[31m",
    "abc\u202edef\u2066ghi",
    "nul\x00 c1\x9b tab\there\nline",
    "株式会社コントソ・ホールディングス" * 3,
    "Fabrikam " * 60,
    "👩‍👩‍👧‍👦 family & Ünïcødé e\u0301",
    "line one\r\nline two\x85",
    "$text-error {x} \\[y] :smile:",
)
"""Names that have ended an app, run an action, or turned a line around."""


@pytest.fixture(autouse=True)
def _answers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses its answer the moment that a dialog stands."""
    monkeypatch.setattr("ftop_tui.screens.conflict.GRACE_SECONDS", 0)


@pytest.fixture
def toasts_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said stays to be read, however slow the machine."""
    notify = FtopApp.notify

    def stay(app: FtopApp, message: str, **options: Any) -> None:
        notify(app, message, **{**options, "timeout": 600})

    monkeypatch.setattr(FtopApp, "notify", stay)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """A context without a store: nothing of the developer's own is read."""
    return _context(tmp_path)


def _context(folder: Path) -> Context:
    environment = {"FTOP_TUI_CONFIG_DIR": str(folder / "config")}
    return make_context(
        data_dir=str(folder / "data"), today=TODAY.isoformat(), environment=environment
    )


@pytest.fixture
def portfolio(context: Context) -> Context:
    """A context whose store holds twelve customers, one or more in each band."""
    build(context)
    return context


@pytest.fixture
def hostile(context: Context) -> Context:
    """The same portfolio with names that must be drawn letter by letter."""
    build(context, HOSTILE)
    return context


def mine(context: Context, *people: str) -> Context:
    """The context of a user who is written so in the portfolio."""
    return replace(context, settings=replace(context.settings, me=people))


NAMES = (
    "Fabrikam", "Tailspin Toys", "Proseware", "Contoso", "Northwind Traders", "Adventure Works",
    "Litware", "Wingtip Toys", "Coho Winery", "Woodgrove Bank", "Lucerne Publishing",
    "Trey Research",
)  # fmt: skip

# Of each customer: health, days since the Enterprise note, and what else it has.
_CUSTOMERS: tuple[tuple[str | None, int | None, dict[str, Any]], ...] = (
    ("red", 24, {"blocked": ("INTUNE", "EXO"), "renewal": 43, "fta": "Ada Byron", "s_rank": 120}),
    ("yellow", 16, {"renewal": 43, "partner": "FTP Wide World Importers", "fm": "Grace Lee"}),
    ("green", 40, {"event": "merger announced", "fm": "Grace Lee", "s_rank": 900}),
    ("yellow", 12, {"fm": "Ada Byron"}),
    (None, None, {}),
    ("red", 3, {"blocked": ("AADP",), "second": True}),
    ("blue", 30, {"renewal": 20}),
    ("green", 10, {"escalation": "Mail is slow"}),
    ("yellow", 2, {"request": "Grace Lee"}),
    ("green", 200, {}),
    ("blue", 5, {"second": True}),
    ("red", 11, {"draft": True}),
)


_DEPTH: dict[type, int] = {Customer: 0, Tenant: 1}
"""What others refer to is written first."""


def build(context: Context, names: Sequence[str] = NAMES, *, count: int | None = None) -> None:
    """Write customers into the context's store; more than twelve repeat the pattern."""
    if context.store.exists():
        _write(context, tuple(names), count)
        return
    context.paths.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    context.store.write_bytes(_stock(tuple(names), count))
    context.store.chmod(0o600)


@cache
def _stock(names: tuple[str, ...], count: int | None) -> bytes:
    """The file of a new store with such customers, made once: tables and all take a while."""
    with TemporaryDirectory() as folder:
        context = _context(Path(folder))
        _write(context, names, count)
        context.writer().close()  # or the last of it is in a file beside it
        return context.store.read_bytes()


def _write(context: Context, names: tuple[str, ...], count: int | None) -> None:
    with context.writer().unit("test") as unit:
        for place in range(count or len(_CUSTOMERS)):
            health, age, more = _CUSTOMERS[place % len(_CUSTOMERS)]
            turn = place // len(_CUSTOMERS)
            name = names[place % len(names)] + (f" {turn}" if turn else "")
            rows = _customer(place, name, health, age, more)
            rows.sort(key=lambda row: _DEPTH.get(type(row), 2))
            for row in rows:
                unit.session.add(row)
                if type(row) in _DEPTH:
                    unit.session.flush()


def _customer(
    place: int, name: str, health: str | None, age: int | None, more: dict[str, Any]
) -> list[Any]:
    customer, tenant = f"c{place:05}", f"t{place:05}"
    rows: list[Any] = [
        Customer(
            id=customer, tpid=f"{100000 + place}", name=name, health=health, group_1=health,
            group_2="yellow" if health else None, group_3=health, s_rank=more.get("s_rank"),
            forecast_health="green" if health in {"red", "yellow"} else None,
            forecast_month=date(2027, 6, 1) if health in {"red", "yellow"} else None,
            fm=more.get("fm"), fta=more.get("fta"), industry="Toys", created_on=date(2026, 1, 5),
        ),
        Tenant(
            id=tenant, customer_id=customer, name=name, winner_marked=True, users=1000 + place,
            level=3, assigned=True, created_on=date(2026, 1, 5),
        ),
    ]  # fmt: skip
    if "second" in more:
        rows.append(
            Tenant(
                id=f"{tenant}-b", customer_id=customer, name=f"{name} Labs", winner_marked=False,
                users=50, created_on=date(2026, 1, 5),
            )
        )  # fmt: skip
        rows.append(Workload(tenant_id=f"{tenant}-b", tag="SPO", status="blocked"))
    rows += _workloads(tenant, more)
    if age is not None:
        rows.append(_note(customer, tenant, "enterprise", posted=TODAY - timedelta(days=age)))
    if "draft" in more:
        rows.append(_note(customer, tenant, "overall"))
    rows += _rest(customer, tenant, more)
    return rows


def _workloads(tenant: str, more: dict[str, Any]) -> list[Any]:
    rows: list[Any] = []
    blocked = more.get("blocked", ())
    for place, tag in enumerate(("EXO", "SPO", "TEAMS", "INTUNE", "AADP")):
        status = "blocked" if tag in blocked else ("in_progress", "no_intent", None)[place % 3]
        rows.append(
            Workload(
                tenant_id=tenant, tag=tag, status=status, paid_units=500,
                active_users=100 + 40 * place, usage_as_of=TODAY,
                primary_rm=more.get("partner") if tag == "EXO" else None,
                partner="Wide World Importers" if tag == "EXO" and "partner" in more else None,
            )
        )  # fmt: skip
        rows += [
            Usage(
                tenant_id=tenant, tag=tag, month=date(2026, month, 1), source="license-usage",
                paid_units=500, active_users=20 * month + 30 * place,
            )
            for month in range(5, 11)
        ]  # fmt: skip
    return rows


def _rest(customer: str, tenant: str, more: dict[str, Any]) -> list[Any]:
    rows: list[Any] = []
    if "renewal" in more:
        ends = TODAY + timedelta(days=more["renewal"])
        rows.append(
            Subscription(id=f"s-{tenant}", tenant_id=tenant, product="M365 E3", ends_on=ends)
        )
    for kind in ("event", "request"):
        if kind in more:
            rows.append(
                Record(
                    id=f"r-{tenant}", kind="event" if kind == "event" else "exec-request",
                    customer_id=customer, day=TODAY, who=more[kind], text=more[kind],
                    source="app", created_at="2026-11-21T08:00:00+00:00",
                )
            )  # fmt: skip
    if "escalation" in more:
        rows.append(
            Escalation(
                id=f"e-{tenant}", customer_id=customer, tenant_id=tenant,
                title=more["escalation"], raised_on=TODAY - timedelta(days=4),
            )
        )  # fmt: skip
    return rows


def _note(customer: str, tenant: str, kind: str, posted: date | None = None) -> Note:
    return Note(
        id=f"n-{tenant}-{kind}", kind=kind, customer_id=customer, tenant_id=tenant,
        state="posted" if posted else "draft", body="{}", text="Rollout goes on.",
        created_at="2026-11-01T08:00:00+00:00", updated_at="2026-11-01T08:00:00+00:00",
        posted_on=posted, source="app", version=1,
    )  # fmt: skip


@pytest.fixture
def posted(portfolio: Context) -> Context:
    """Fabrikam, rank 120, with the last note's text in FTOP."""
    enterprise_forms.take_in(portfolio, "t00000", render(LAST, portfolio.pack), POSTED)
    return portfolio
