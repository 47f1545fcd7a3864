"""What the panel says of escalations and stale contacts (FR-03, RA-08, RA-09)."""

from datetime import date

from ftop_tui.services import contacts, escalations, people, portfolio
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Partner
from ftop_tui.widgets.tenant_text import tenant_blocks

CONTOSO = "t00003"


def _panel(context: Context, *, told: bool) -> str:
    ranked = portfolio.find(portfolio.load(context), CONTOSO)
    customer = ranked.facts.customer_id
    blocks = tenant_blocks(
        ranked,
        portfolio.detail(context, CONTOSO),
        portfolio.opening_of(ranked.facts, context.today(), context.pack),
        context.today(),
        context.pack,
        escalations=people.escalations_of(context, customer, open_only=True) if told else (),
        stale=people.stale_of(context, customer) if told else (),
    )
    return "\n".join(f"{block.lead.plain}|{block.content.plain}" for block in blocks)


def test_an_open_escalation_says_how_long_and_whom_to_ask_first(portfolio: Context) -> None:
    with portfolio.writer().unit("test") as unit:
        unit.session.add(Partner(id="p1", name="Relecloud", psm="Kim Akers"))
    escalations.add(
        portfolio, CONTOSO, "[/] slow", tag="EXO", partner="Relecloud", on=date(2026, 11, 18)
    )
    seen = _panel(portfolio, told=True)
    assert "Escalation|[/] slow [EXO] · open 3 days · Relecloud, PSM Kim Akers" in seen
    assert "Escalation|[/] slow" in _panel(portfolio, told=False).splitlines()


def test_stale_contacts_are_named_the_longest_forgotten_first(portfolio: Context) -> None:
    for number in range(1, 6):
        contacts.add(
            portfolio, CONTOSO, "customer", f"Person {number}", title="CIO",
            verified=date(2026, 1, 10 - number),
        )  # fmt: skip
    contacts.add(portfolio, CONTOSO, "customer", "Fresh")
    seen = _panel(portfolio, told=True)
    assert "Stale|Person 5, CIO: verified 2026-01-05\nStale|Person 4" in seen
    assert "|and 2 more contacts to verify" in seen
    assert "Fresh" not in seen
    assert "PEOPLE" not in _panel(portfolio, told=False)
