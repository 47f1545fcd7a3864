"""`glance`: the portfolio at a glance, the twin of its screen."""

from collections.abc import Sequence
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.playbook.glance import GlanceCell, GlanceRow
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.usage import whole
from ftop_tui.playbook.values import Health
from ftop_tui.services import glancing
from ftop_tui.services.glancing import Glance

_UNSET = "-"
_UNKNOWN = "."


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Print bands, colours, and a row a customer."""
    parser = subparser(command)
    parser.tell(
        "A month is the letter of the customer's colour then: - where none was set, . where\n"
        "it is not known."
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    glance = glancing.read(call.context())
    if options.json:
        say_json(_document(glance))
    elif glance.rows:
        _say(glance)
    return 0


def _document(glance: Glance) -> dict[str, Any]:
    return {
        "bands": {band.value: number for band, number in glance.bands.items()},
        "health": {
            (health.value if health else "unset"): number
            for health, number in glance.colours.items()
        },
        "customers": [_customer(glance, row) for row in glance.rows],
    }


def _customer(glance: Glance, row: GlanceRow) -> dict[str, Any]:
    return {
        "tenant_id": row.ranked.facts.tenant_id,
        "customer": _name(row),
        "tpid": row.winner.tpid,
        "band": row.band.value,
        "health": row.health.value if row.health else None,
        "months": [
            {
                "month": f"{each.month:%Y-%m}",
                "known": each.known,
                "health": each.health.value if each.health else None,
            }
            for each in glance.months(row)
        ],
        "workloads": [
            {
                "tag": cell.tag,
                "status": cell.status.value if cell.status else None,
                "percent": round(cell.percent, 1) if cell.percent is not None else None,
            }
            for cell in row.cells
            if cell is not None
        ],
    }


def _say(glance: Glance) -> None:
    for name, counts in (("bands", glance.bands), ("health", glance.colours)):
        told = [f"{number:,} {each.value if each else 'unset'}" for each, number in counts.items()]
        say(f"{name + ':':<8}{', '.join(told)}")
    say()
    months = glance.months(glance.rows[0])
    span = f"{months[0].month:%Y-%m} to {months[-1].month:%Y-%m}"
    say_table(
        (
            (_letter(row.health), _name(row), row.band.value, _months(glance, row), _cells(row))
            for row in glance.rows
        ),
        ("", "customer", "band", span, "workloads"),
    )


def _name(row: GlanceRow) -> str:
    facts = row.winner
    return shown_name(facts.brand, facts.customer, facts.name) or facts.name


def _letter(health: Health | None) -> str:
    return health.letter if health else _UNSET


def _months(glance: Glance, row: GlanceRow) -> str:
    return "".join(_letter(each.health) if each.known else _UNKNOWN for each in glance.months(row))


def _cells(row: GlanceRow) -> str:
    return "; ".join(_cell(cell) for cell in row.cells if cell is not None)


def _cell(cell: GlanceCell) -> str:
    status = cell.status.word if cell.status else "No status"
    share = f" {whole(cell.percent)}" if cell.percent is not None else ""
    return f"{cell.tag} {status}{share}"
