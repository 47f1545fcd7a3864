"""Values of a newer version, one in each column of a vocabulary or a day, hide nothing else."""

import json
import shutil
from pathlib import Path

import pytest

from ftop_tui.services import demo
from ftop_tui.services.context import Context
from ftop_tui.store import examining
from house import RunCli, by_hand, make_house
from ui.seeing import lines, press

from .killing import ROUNDS
from .tour import back, touring

FUTURE = "from-the-future"
COLUMNS = (
    "customer.health", "customer.group_1", "customer.group_2", "customer.group_3",
    "customer.forecast_health", "customer.status", "customer.priority", "customer.phase",
    "customer.stricter_why", "workload.status", "workload.tag", "usage.source", "usage.tag",
    "note.kind", "note.state", "note.tag", "record.kind", "contact.section", "contact.role",
    "escalation_entry.sort", "escalation.tag", "activity.sort", "activity.phase",
    "milestone.tag", "forecast.tag", "partner_step.step", "subscription.state", "snooze.what",
)  # fmt: skip
COMMANDS = (
    ("list",), ("show", "610000"), ("show", "610003"), ("week", "--days", "400"), ("moved",),
    ("why", "610000"), ("brief",), ("brief", "610000"), ("export", "-o", "{}/a.json"),
    ("export", "-o", "{}/a.csv"), ("export", "-o", "{}/a.xlsx"), ("calendar", "-o", "{}/a.ics"),
    ("brief", "610000", "-o", "{}/a.pptx"), ("plan", "610000"), ("contact", "list", "610000"),
    ("escalation", "list", "610000"), ("forecast", "show", "610000"), ("partner", "list"),
    ("milestone", "list", "610000"), ("review", "list"), ("note", "list", "610000"),
    ("search", "the"), ("doctor",), ("next",), ("glance",), ("opening", "610000"),
    ("note", "list"), ("escalation", "list"), ("contact", "list"), ("milestone", "list"),
    ("set", "610000", "Health=green"), ("record", "610000", "enterprise"), ("backup",),
    ("note", "add", "610000", "--kind", "overall"), ("contact", "verify", "--all", "610000"),
)  # fmt: skip


@pytest.fixture(scope="module")
def _later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, with one row of each vocabulary's column as a newer version might write it."""
    folder = tmp_path_factory.mktemp("later")
    house = make_house(folder)
    demo.build(house, 12, 1)
    with by_hand(house.store) as connection:
        for place, column in enumerate(COLUMNS):
            table, _, name = column.partition(".")
            rows = connection.execute(f"SELECT rowid FROM {table} WHERE {name} IS NOT NULL")  # noqa: S608
            found = rows.fetchall()
            row = found[place % len(found)]
            connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (FUTURE, *row))  # noqa: S608
        for place, (table, name) in enumerate(examining.columns_of(connection, "DATE")):
            rows = connection.execute(f"SELECT rowid FROM {table} WHERE {name} IS NOT NULL")  # noqa: S608
            found = rows.fetchall()
            if found:
                row = found[place * 7 % len(found)]
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (FUTURE, *row))  # noqa: S608
        for name in ("health", "status", "phase", "priority", "renewals", "forecast_month"):
            connection.execute(
                f"UPDATE tenant_facts SET {name} = ? WHERE tpid = '610003'",  # noqa: S608
                (FUTURE,),
            )
    return folder


@pytest.fixture
def later(context: Context, _later: Path) -> Context:
    """A store that a newer version wrote into."""
    shutil.copytree(_later / "data", context.paths.data_dir)
    return context


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_unknown_value_hides_nothing_else(
    later: Context, run_cli: RunCli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Promise 4: one row of a newer version costs no other row."""
    result = run_cli(*(word.format(tmp_path) for word in command))
    assert result.status in {0, 1}, result
    assert "unexpected" not in result.error


def test_every_tenant_is_in_the_list_and_in_the_export(
    later: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4."""
    assert len(run_cli("list", "--json").json) == 14
    assert run_cli("export", "-o", str(tmp_path / "a.json")).status == 0
    document = json.loads((tmp_path / "a.json").read_bytes())
    assert len(document["tenants"]) == 14


async def test_no_screen_stumbles_over_an_unknown_value(later: Context) -> None:
    """Promise 4."""
    async with touring(later, (120, 40)) as (app, pilot):
        ranked = app.screen_stack[0].portfolio.ranked
        assert len(ranked) == 14
        tpids = ("610000",) if ROUNDS == 4 else [each.facts.tpid for each in ranked]
        for keys in ("w", "b", "t", "db", "dp", "dc", "e", "x"):
            for tenant in (each.facts.tenant_id for each in ranked if each.facts.tpid in tpids):
                await back(app, pilot)
                app.screen.go_to(tenant)
                await press(pilot, *keys)
                assert app._exception is None, (keys, tenant)
                assert lines(app)
